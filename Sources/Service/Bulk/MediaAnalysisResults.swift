internal import Foundation
internal import Harness
internal import ObjectStorage

/// What a finished job writes to its bucket: a line for each image that was moderated.
enum MediaAnalysisResults {
    /// The object's name, behind the prefix and the job's id.
    static let name = "results.jsonl"

    /// The line of `image`, in the form of Amazon Rekognition's output manifests.
    static func line(_ image: ObjectLocation, _ detection: Detection) throws -> String {
        try Line(source: image.description, detection: detection).json()
    }

    private struct Line: Encodable {
        let source: String
        let detection: Detection

        enum CodingKeys: String, CodingKey {
            case source = "source-ref"
            case detection = "detect-moderation-labels"
        }
    }
}

/// The summary of a job's manifest: how many lines have a result, and why the others have none.
struct MediaAnalysisSummary: Encodable {
    /// The object's name, behind the prefix and the job's id.
    static let name = "manifest-summary.json"

    private let version = "1.0"
    private let statistics: Statistics
    private let errors: [LineError]

    init(_ entries: [MediaAnalysisProgress.Entry]) {
        let errors = entries.compactMap(\.error)
        self.errors = errors.map(LineError.init(error:))
        statistics = Statistics(
            total: entries.count, valid: entries.count - errors.count, invalid: errors.count)
    }

    private struct Statistics: Encodable {
        let total: Int
        let valid: Int
        let invalid: Int

        enum CodingKeys: String, CodingKey {
            case total = "total-json-lines"
            case valid = "valid-json-lines"
            case invalid = "invalid-json-lines"
        }
    }

    private struct LineError: Encodable {
        let error: MediaAnalysisLineError

        enum CodingKeys: String, CodingKey {
            case line = "line-number"
            /// So it is spelled in Amazon Rekognition's documentation; whoever reads by that finds it too.
            case documentedLine = "line-numer"
            case source = "source-ref"
            case code, message
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(error.lineNumber, forKey: .line)
            try container.encode(error.lineNumber, forKey: .documentedLine)
            try container.encodeIfPresent(error.sourceRef, forKey: .source)
            try container.encode(error.code, forKey: .code)
            try container.encode(error.message, forKey: .message)
        }
    }
}
