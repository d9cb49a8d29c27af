extension Recipe: Codable {
    /// A recipe is written as in an experiment file, defaults written out: `{"kind": "ridge", "strength": [1, 3]}`.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static let kind = Key(stringValue: "kind")
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        var given: [String: [Double]] = [:]
        for key in container.allKeys where key.stringValue != Key.kind.stringValue {
            given[key.stringValue] = try Recipe.values(of: key, in: container, kind: kind)
        }
        do {
            self = try Recipe(kind, given)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        for (hyperparameter, description) in zip(hyperparameters, kind.description.hyperparameters) {
            let key = Key(stringValue: hyperparameter.name)
            if description.choices.isEmpty {
                try container.encode(hyperparameter.values, forKey: key)
            } else {
                try container.encode(hyperparameter.values.map(description.text), forKey: key)
            }
        }
    }

    /// The values of the hyperparameter `key`: numbers, or the words that stand for them.
    private static func values(
        of key: Key, in container: KeyedDecodingContainer<Key>, kind: Kind
    ) throws -> [Double] {
        let description = kind.description.hyperparameters.first { $0.name == key.stringValue }
        guard let description, !description.choices.isEmpty else {
            return try container.decode([Double].self, forKey: key)
        }
        return try container.decode([String].self, forKey: key).map { word in
            // A word that is none of them gets a value that is not allowed.
            Double(description.choices.firstIndex(of: word) ?? -1)
        }
    }
}
