internal import Evaluation
internal import Foundation

extension Report {
    /// The version of `comparison.json`: it rises where a reader of the former one would go wrong.
    public static let schemaVersion = 2

    /// `comparison.json`: everything the other formats tell and all that they cut short, keys in alphabetical order.
    ///
    /// - Throws: `EncodingError` where a number is not finite, which no comparison holds.
    public static func json(_ input: ReportInput) throws -> String {
        try JSONLayout.text(of: Document(input: input))
    }

    /// The report that ``json(_:)`` wrote.
    ///
    /// - Throws: `DecodingError` where `text` is no such document, or one of another version.
    public static func input(fromJSON text: String) throws -> ReportInput {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Document.self, from: Data(text.utf8)).input
    }

    /// The input's own keys with the schema version beside them.
    private struct Document: Codable {
        let input: ReportInput

        private enum CodingKeys: CodingKey { case schemaVersion }

        init(input: ReportInput) { self.input = input }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let version = try container.decode(Int.self, forKey: .schemaVersion)
            guard version == Report.schemaVersion else {
                throw DecodingError.dataCorruptedError(
                    forKey: .schemaVersion, in: container,
                    debugDescription: "schema version \(version); this build reads \(Report.schemaVersion)")
            }
            input = try ReportInput(from: decoder)
            guard input.settings.allSatisfy(\.comparison.hasImagesOfTests) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .schemaVersion, in: container, debugDescription: "tests of images that are not listed")
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Report.schemaVersion, forKey: .schemaVersion)
            try input.encode(to: encoder)
        }
    }
}

extension Comparison {
    /// Whether all tests are of images that it lists.
    fileprivate var hasImagesOfTests: Bool {
        labels.flatMap(\.adapters).allSatisfy { row in
            ErrorKind.allCases.allSatisfy { kind in
                row.imageTests[kind].rows.allSatisfy { images.indices.contains($0.image) && $0.counts.images > 0 }
            }
        }
    }
}
