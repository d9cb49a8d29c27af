public import Foundation

/// A list of annotated images, one JSON object a line.
///
/// Two kinds of line are read, and may be mixed: Moderato's own (`image`, `sha256`, `present`, `absent`, `unknown`,
/// `group`, `source`, `tags`) and the training manifest of Amazon Rekognition Custom Moderation (`source-ref`,
/// `content-moderation-groundtruth`).
public struct Manifest: Sendable, Equatable {
    /// The images, in the order of their lines.
    public let records: [ImageRecord]

    public init(records: [ImageRecord]) {
        self.records = records
    }

    /// Reads `text`, the content of `file`, whose labels are paths in `taxonomy`.
    ///
    /// - Returns: the manifest and the warnings about it.
    /// - Throws: every error of every line at once.
    public static func read(
        _ text: Data, file: String, taxonomy: Taxonomy
    ) throws(Findings) -> (manifest: Manifest, warnings: [Finding]) {
        var reader = ManifestReader(file: file, taxonomy: taxonomy)
        var number = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            reader.read(line, number: number)
        }
        reader.finish()
        let errors = reader.findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Findings(reader.findings) }
        return (Manifest(records: reader.records), reader.findings)
    }
}

/// Reads lines, collecting records and findings.
private struct ManifestReader {
    let file: String
    let taxonomy: Taxonomy
    private(set) var records: [ImageRecord] = []
    private(set) var findings: [Finding] = []
    private var seen: [String: ImageRecord] = [:]

    init(file: String, taxonomy: Taxonomy) {
        self.file = file
        self.taxonomy = taxonomy
    }

    mutating func read(_ bytes: Data.SubSequence, number: Int) {
        guard bytes.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else { return }
        var line = ManifestLine(bytes, place: Place(file: file, line: number), taxonomy: taxonomy)
        let record = line.record()
        findings += line.findings
        if let record { keep(record) }
    }

    /// An empty manifest is never what was meant.
    mutating func finish() {
        guard records.isEmpty, findings.isEmpty else { return }
        findings.append(
            Finding(
                "the manifest has no line", at: Place(file: file, line: 0),
                hint: "write one JSON object a line, such as {\"image\":\"images/1.png\",\"present\":[\"Alcohol\"]}"))
    }

    private mutating func keep(_ record: ImageRecord) {
        if let earlier = seen[record.path] {
            reportRepetition(
                of: record, earlier: earlier, what: "`\(record.path)` stands on line \(earlier.line) already")
            return
        }
        seen[record.path] = record
        records.append(record)
    }

    private mutating func reportRepetition(of record: ImageRecord, earlier: ImageRecord, what: String) {
        let place = Place(file: file, line: record.line)
        if record.annotation.agrees(with: earlier.annotation) {
            findings.append(
                Finding("\(what), with the same labels; the first one counts", at: place, severity: .warning))
        } else {
            findings.append(
                Finding(
                    "\(what), with other labels", at: place, hint: "keep the line that is right and remove the other"))
        }
    }
}
