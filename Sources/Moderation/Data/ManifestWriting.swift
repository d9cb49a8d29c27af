public import Foundation

extension Manifest {
    /// The manifest as JSON Lines in Moderato's own form: keys in a fixed order, one image a line.
    public func jsonLines() -> Data {
        Data(records.map { ManifestText.native($0) + "\n" }.joined().utf8)
    }

    /// The manifest as an Amazon Rekognition Custom Moderation training manifest.
    ///
    /// Only top-level labels are written, since the product reads no others, and images in which any of `labels` is
    /// unknown are left out, since that form cannot say so: what is not listed there is absent.
    /// - Parameter prefix: what stands before each path, such as `s3://bucket/folder/`.
    public func rekognitionJSONLines(prefix: String, labels: [Label]) -> Data {
        let known = records.filter { record in !labels.contains { record.annotation.truth(of: $0) == .unknown } }
        return Data(known.map { ManifestText.rekognition($0, prefix: prefix) + "\n" }.joined().utf8)
    }
}

/// Lines of a manifest as text; written by hand because the order of keys is part of the form.
private enum ManifestText {
    static func native(_ record: ImageRecord) -> String {
        let annotation = record.annotation
        var fields = ["\"image\":\(quoted(record.path))"]
        if let digest = record.digest { fields.append("\"sha256\":\"\(digest)\"") }
        fields.append("\"present\":\(list(annotation.present.map(\.description)))")
        switch annotation.absent {
        case .others: fields.append("\"absent\":\"others\"")
        case .only(let labels): fields.append("\"absent\":\(list(labels.map(\.description)))")
        }
        if !annotation.unknown.isEmpty { fields.append("\"unknown\":\(list(annotation.unknown.map(\.description)))") }
        fields.append("\"group\":\(quoted(record.group))")
        if let source = record.source { fields.append("\"source\":\(quoted(source))") }
        if !record.tags.isEmpty { fields.append("\"tags\":\(list(record.tags))") }
        return "{\(fields.joined(separator: ","))}"
    }

    static func rekognition(_ record: ImageRecord, prefix: String) -> String {
        var names: [String] = []
        for label in record.annotation.present where !names.contains(label.path[0]) { names.append(label.path[0]) }
        let labels = names.map { "{\"Name\":\(quoted($0))}" }.joined(separator: ",")
        let truth = "{\"ModerationLabels\":[\(labels)]}"
        return "{\"source-ref\":\(quoted(prefix + record.path)),\"content-moderation-groundtruth\":\(truth)}"
    }

    private static func list(_ values: [String]) -> String { "[\(values.map(quoted).joined(separator: ","))]" }

    private static func quoted(_ text: String) -> String {
        // Nearly every text is plain; the encoder, slow to make, is for the others.
        let isPlain = text.utf8.allSatisfy {
            (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain { return "\"\(text)\"" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
