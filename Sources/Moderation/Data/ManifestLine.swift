internal import Foundation

/// One line of a manifest on its way to a record.
struct ManifestLine {
    private(set) var findings: [Finding] = []
    private let place: Place
    private let taxonomy: Taxonomy
    private let text: String
    private var fields: [String: Any] = [:]

    static let nativeKeys = ["image", "sha256", "present", "absent", "unknown", "group", "source", "tags"]
    static let rekognitionKeys = ["source-ref", "content-moderation-groundtruth"]

    init(_ bytes: Data.SubSequence, place: Place, taxonomy: Taxonomy) {
        self.place = place
        self.taxonomy = taxonomy
        self.text = String(decoding: bytes, as: UTF8.self)
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)), let fields = object as? [String: Any]
        else {
            let hint = text.hasPrefix("\u{FEFF}") ? "save the file as UTF-8 without a byte order mark" : nil
            report("the line is not a JSON object", hint: hint)
            return
        }
        self.fields = fields
    }

    /// The record, or `nil` where the line is too wrong to make one.
    mutating func record() -> ImageRecord? {
        guard !fields.isEmpty || findings.isEmpty else { return nil }
        let before = findings.count
        let record = fields["source-ref"] != nil ? rekognitionRecord() : nativeRecord()
        return findings.count == before ? record : nil
    }

    // MARK: Moderato's own lines

    private mutating func nativeRecord() -> ImageRecord? {
        reportUnknownKeys(allowed: Self.nativeKeys)
        guard let path = imagePath() else { return nil }
        let annotation = Annotation(
            present: labels("present"), absent: absent(), unknown: labels("unknown"))
        for label in annotation.contradictions {
            report("`\(label)` is present and at the same time absent or unknown", key: "present")
        }
        return ImageRecord(
            path: path, digest: digest(), annotation: annotation, group: string("group") ?? path,
            source: string("source"), tags: strings("tags") ?? [], line: place.line)
    }

    private mutating func imagePath() -> String? {
        guard fields["image"] != nil else {
            report("the line has no `image`", hint: "name the file, as in \"image\": \"images/1.png\"")
            return nil
        }
        guard let path = string("image") else { return nil }
        return checked(path: path, key: "image")
    }

    private mutating func digest() -> Digest? {
        guard let text = string("sha256") else { return nil }
        guard let digest = Digest(hexadecimal: text) else {
            report("`sha256` is 64 hexadecimal digits, given \(text.count) characters", key: "sha256")
            return nil
        }
        return digest
    }

    private mutating func absent() -> Annotation.Absent {
        guard let value = fields["absent"] else { return .only([]) }
        if let word = value as? String {
            if word != "others" {
                report("`absent` is `\"others\"` or a list of labels, given `\(word)`", key: "absent")
            }
            return .others
        }
        return .only(labels("absent"))
    }

    private mutating func labels(_ key: String) -> [Label] {
        (strings(key) ?? []).compactMap { name in
            guard let label = Label(name), taxonomy.contains(label) else {
                reportUnknownLabel(name, key: key)
                return nil
            }
            return label
        }
    }

    private mutating func reportUnknownLabel(_ name: String, key: String) {
        report(taxonomy.objection(to: name), key: key, hint: taxonomy.hint(for: name))
    }

    // MARK: Rekognition's training manifest

    private mutating func rekognitionRecord() -> ImageRecord? {
        reportUnknownKeys(allowed: Self.rekognitionKeys)
        guard let reference = string("source-ref"), let path = rekognitionPath(reference) else { return nil }
        guard let truth = fields["content-moderation-groundtruth"] as? [String: Any],
            let entries = truth["ModerationLabels"] as? [[String: Any]]
        else {
            report(
                "the line has no `content-moderation-groundtruth` with a list of `ModerationLabels`",
                hint: "an empty list says that the image is safe")
            return nil
        }
        let present = entries.compactMap { rekognitionLabel($0) }
        return ImageRecord(
            path: path, digest: nil, annotation: Annotation(present: present), group: path, source: nil, tags: [],
            line: place.line)
    }

    /// The path below the manifest's folder: the key of an `s3://bucket/key` address, or the path as it stands.
    private mutating func rekognitionPath(_ reference: String) -> String? {
        guard reference.hasPrefix("s3://") else { return checked(path: reference, key: "source-ref") }
        let parts = reference.dropFirst(5).split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else {
            report("`source-ref` is `s3://BUCKET/KEY`, given `\(reference)`", key: "source-ref")
            return nil
        }
        return checked(path: String(parts[1]), key: "source-ref")
    }

    /// Ground truth names labels without their parents; a name that repeats means the top level, as the product says.
    private mutating func rekognitionLabel(_ entry: [String: Any]) -> Label? {
        guard let name = entry["Name"] as? String else {
            report("a label of `ModerationLabels` has no `Name`", key: "ModerationLabels")
            return nil
        }
        guard let label = taxonomy.labels(named: name).min(by: { $0.level < $1.level }) else {
            let names = taxonomy.labels.map(\.name)
            report(
                taxonomy.objection(to: name), key: "Name",
                hint: taxonomy.hintOfAnother(for: name) ?? Names.hint(for: name, among: names))
            return nil
        }
        return label
    }

    // MARK: Fields

    private mutating func string(_ key: String) -> String? {
        guard let value = fields[key] else { return nil }
        guard let text = value as? String, !text.isEmpty else {
            report("`\(key)` is text that is not empty", key: key)
            return nil
        }
        return text
    }

    private mutating func strings(_ key: String) -> [String]? {
        guard let value = fields[key] else { return nil }
        guard let list = value as? [String] else {
            report("`\(key)` is a list of text", key: key)
            return nil
        }
        return list
    }

    private mutating func checked(path: String, key: String) -> String? {
        // By scalars: a slash and an accent behind it are one character.
        let names = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.first != "", !names.contains(".."), !path.utf8.contains(0) else {
            report(
                "`\(path)` points outside the dataset", key: key,
                hint: "paths are relative to the dataset's folder and never contain `..`")
            return nil
        }
        let normal = names.filter { !$0.isEmpty && $0 != "." }.joined(separator: "/")
        if normal.isEmpty { report("`\(key)` names a file, given `\(path)`", key: key) }
        return normal
    }

    private mutating func reportUnknownKeys(allowed: [String]) {
        for key in fields.keys.sorted() where !allowed.contains(key) {
            report(
                "unknown key `\(key)`; allowed are \(Names.list(allowed))", key: key,
                hint: Names.hint(for: key, among: allowed))
        }
    }

    private mutating func report(_ message: String, key: String? = nil, hint: String? = nil) {
        let column = key.flatMap { text.range(of: "\"\($0)\"") }.map {
            text.distance(from: text.startIndex, to: $0.lowerBound) + 1
        }
        findings.append(
            Finding(message, at: Place(file: place.file, line: place.line, column: column ?? 1), hint: hint))
    }
}
