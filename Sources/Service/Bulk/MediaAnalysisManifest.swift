internal import Foundation
internal import Harness
internal import ObjectStorage

/// The images of a job: a file of lines, each a JSON object with the image's `source-ref`.
struct MediaAnalysisManifest: Sendable {
    /// The largest file.
    static let maximumBytes = 50 * 1_048_576
    /// The most images.
    static let maximumLines = 10_000

    /// The lines that are not blank, in order.
    let lines: [Line]

    /// A line as it stands.
    struct Line: Sendable {
        /// From 1 on, blank lines counted.
        let number: Int
        fileprivate let bytes: Data
    }

    /// Why nothing can be moderated with a manifest. One sentence.
    struct Refusal: Error {
        let reason: String
    }

    /// - Throws: `Refusal` for one that is empty or longer than the limits.
    init(_ bytes: Data) throws(Refusal) {
        guard bytes.count <= Self.maximumBytes else {
            throw Refusal(reason: "it has \(bytes.count) bytes, and may have \(Self.maximumBytes)")
        }
        // Editors of some systems mark UTF-8 with three bytes.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        let all = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines = all.enumerated().filter { !$1.allSatisfy(Self.isBlank) }.map { Line(number: $0 + 1, bytes: Data($1)) }
        guard !lines.isEmpty else { throw Refusal(reason: "it is empty") }
        guard lines.count <= Self.maximumLines else {
            throw Refusal(reason: "it has \(lines.count) lines, and may have \(Self.maximumLines)")
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

extension MediaAnalysisManifest.Line {
    /// Where the image is.
    ///
    /// - Throws: `MediaAnalysisLineError` for a line that does not say.
    func image() throws(MediaAnalysisLineError) -> ObjectLocation {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: bytes), case .object(let members) = value
        else {
            throw error(nil, .invalidLine, "The JSON Line has an invalid format.")
        }
        guard let member = members["source-ref"] else {
            throw error(nil, .missingSource, "The source-ref key is missing.")
        }
        guard let text = member.text, let location = ObjectLocation(text) else {
            throw error(member.text, .invalidSource, "The source-ref value is not s3://BUCKET/KEY.")
        }
        return location
    }

    private func error(
        _ source: String?, _ code: MediaAnalysisLineError.Code, _ message: String
    ) -> MediaAnalysisLineError {
        MediaAnalysisLineError(lineNumber: number, sourceRef: source, code: code, message: message)
    }
}

/// Why a line of a manifest has no result.
struct MediaAnalysisLineError: Error, Codable, Sendable, Equatable {
    /// Of the manifest, from 1 on.
    let lineNumber: Int
    /// The image, where the line says one.
    let sourceRef: String?
    let code: Code
    /// One sentence.
    let message: String

    /// Codes that Amazon Rekognition documents for training manifests; for bulk jobs it documents none.
    enum Code: String, Codable {
        case invalidLine = "ERROR_INVALID_JSON_LINE"
        case missingSource = "ERROR_MISSING_SOURCE_REF"
        case invalidSource = "ERROR_INVALID_SOURCE_REF_FORMAT"
        case invalidImage = "ERROR_INVALID_IMAGE"
    }
}
