internal import Evaluation

extension Report {
    /// The version of what ``json(_:)`` writes of models: it rises where a reader of the former one would go wrong.
    public static let modelSchemaVersion = 1

    /// Everything the other formats tell of models, every pair with its cells and p values, keys in alphabetical order.
    ///
    /// - Throws: `EncodingError` where a number is not finite, which no comparison holds.
    public static func json(_ input: ModelReportInput) throws -> String {
        try JSONLayout.text(of: Document(schemaVersion: modelSchemaVersion, input: input))
    }

    private struct Document: Encodable {
        let schemaVersion: Int
        let input: ModelReportInput

        private enum CodingKeys: CodingKey { case schemaVersion }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(schemaVersion, forKey: .schemaVersion)
            try input.encode(to: encoder)
        }
    }
}
