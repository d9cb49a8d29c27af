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
        var given: [String: [Double]] = [:]
        for key in container.allKeys where key.stringValue != Key.kind.stringValue {
            given[key.stringValue] = try container.decode([Double].self, forKey: key)
        }
        do {
            self = try Recipe(container.decode(Kind.self, forKey: .kind), given)
        } catch let error as AdapterError {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        for hyperparameter in hyperparameters {
            try container.encode(hyperparameter.values, forKey: Key(stringValue: hyperparameter.name))
        }
    }
}
