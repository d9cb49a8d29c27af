internal import Foundation
internal import Harness
internal import Moderation
internal import ObjectStorage

/// A training or test manifest: annotated images, one JSON object a line.
struct TrainingManifest: Sendable {
    /// Whether it is of test images.
    let isTest: Bool
    /// The lines, empty ones left out.
    private(set) var lines: [Line]
    private var noted: [Fault] = []

    /// What is to be said of the manifest as a whole.
    var faults: [Fault] { noted + (tooManyInvalid.map { [Fault(.tooManyInvalid, $0)] } ?? []) }

    /// What is wrong, in the words of the service's validation results.
    struct Fault: Codable, Sendable, Equatable {
        let code: String
        let message: String

        init(_ code: Code, _ message: String) {
            self.code = code.rawValue
            self.message = message
        }
    }

    /// The codes of Custom Labels' validation results, and those that adapters need besides.
    enum Code: String, Sendable {
        case emptyManifest = "ERROR_EMPTY_MANIFEST"
        case severalBuckets = "ERROR_IMAGES_IN_MULTIPLE_S3_BUCKETS"
        case tooManyInvalid = "ERROR_TOO_MANY_INVALID_ROWS_IN_MANIFEST"
        case notJSON = "ERROR_INVALID_JSON_LINE"
        case noSource = "ERROR_MISSING_SOURCE_REF"
        case badSource = "ERROR_INVALID_SOURCE_REF_FORMAT"
        case noLabels = "ERROR_NO_LABEL_ATTRIBUTES"
        case badLabels = "ERROR_INVALID_LABEL_ATTRIBUTE_FORMAT"
        case badImage = "ERROR_INVALID_IMAGE"
        case contradiction = "ERROR_CONTRADICTORY_LABELS"
        case knownFromTest = "WARNING_IMAGE_IN_TEST_MANIFEST"
        case repeated = "WARNING_REPEATED_IMAGE"
        case fewImages = "WARNING_INSUFFICIENT_IMAGES_PER_LABEL"
    }

    /// One line.
    struct Line: Sendable {
        /// From 1, empty lines counting.
        let number: Int
        let text: String
        /// What it says; `nil` where it is wrong.
        var image: Image?
        /// What is wrong with it, or why it is not used.
        var fault: Fault?
        /// Whether it is in order and not used all the same.
        var isIgnored = false

        /// Whether its image can be used.
        var isValid: Bool { fault == nil && !isIgnored }
    }

    /// An annotated image.
    struct Image: Sendable {
        /// The `source-ref` as it was written.
        let source: String
        let location: ObjectLocation
        /// The labels that are there.
        let labels: [Label]
    }

    /// The share of lines that may be wrong: Custom Labels' rule.
    static let allowedInvalid = 0.2

    /// Reads `bytes`, whose labels are named as in `taxonomy`.
    init(_ bytes: Data, isTest: Bool, taxonomy: Taxonomy) {
        self.isTest = isTest
        let texts = Self.withoutMark(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        lines = texts.enumerated().compactMap { index, bytes in
            let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            return text.isEmpty ? nil : Line(text, number: index + 1, taxonomy: taxonomy)
        }
        if lines.isEmpty { noted.append(Fault(.emptyManifest, "The manifest file is empty")) }
        let buckets = Set(lines.compactMap { $0.image?.location.bucket }).sorted()
        if buckets.count > 1 {
            noted.append(
                Fault(
                    .severalBuckets,
                    "The manifest file contains images from multiple S3 buckets: \(Self.shown(buckets))"))
        }
        markRepetitions()
    }

    /// Some of `buckets`, of which a client may name any number, of any length.
    private static func shown(_ buckets: [String]) -> String {
        let names = buckets.prefix(10).map { String($0.unicodeScalars.prefix(63)) }.joined(separator: ", ")
        return buckets.count > 10 ? "\(names) and \(buckets.count - 10) more" : names
    }

    /// Editors of some systems mark UTF-8 with three bytes.
    private static func withoutMark(_ bytes: Data) -> Data {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    }

    /// What a person calls it.
    var name: String { isTest ? "test manifest" : "training manifest" }

    /// The bucket of its images, where it has one.
    var bucket: String? { lines.lazy.compactMap { $0.image?.location.bucket }.first }

    /// The usable images as records whose paths are keys.
    var records: [ImageRecord] {
        lines.compactMap { line in
            guard line.isValid, let image = line.image else { return nil }
            let key = image.location.key
            return ImageRecord(
                path: key, digest: nil, annotation: Annotation(present: image.labels), group: key, source: nil,
                tags: [], line: line.number)
        }
    }

    /// Marks what the inspection of its images found.
    mutating func mark(_ inspection: ImageInspection) {
        let found = Dictionary(
            inspection.faults.filter { $0.isTest == isTest }.map { ($0.line, $0) }
        ) { first, _ in first }
        for index in lines.indices {
            guard let fault = found[lines[index].number] else { continue }
            lines[index].mark(fault)
        }
    }

    /// The places of its usable images, by line.
    var locations: [(line: Int, location: ObjectLocation)] {
        lines.compactMap { line in
            guard line.isValid, let image = line.image else { return nil }
            return (line.number, image.location)
        }
    }

    /// Marks the lines whose images could not be fetched, each with its reason.
    mutating func mark(unreachable: [Int: String]) {
        for index in lines.indices {
            guard let reason = unreachable[lines[index].number] else { continue }
            lines[index].fault = .unusable(reason)
        }
    }

    /// Adds what is to be said of the manifest as a whole.
    mutating func add(_ fault: Fault) { noted.append(fault) }

    /// Why the training cannot go on, in one sentence; `nil` where it can.
    var failure: String? {
        faults.first { !$0.code.hasPrefix("WARNING") }.map { "\($0.message) (\(name))" }
    }

    /// What is wrong where too few lines can be used.
    private var tooManyInvalid: String? {
        let invalid = lines.filter { $0.fault != nil && !$0.isIgnored }
        guard let first = invalid.first, let fault = first.fault else { return nil }
        guard Double(invalid.count) > Double(lines.count) * Self.allowedInvalid || invalid.count == lines.count else {
            return nil
        }
        return "The manifest file contains too many invalid rows: \(invalid.count) of \(lines.count), "
            + "the first is line \(first.number): \(fault.message)"
    }

    /// Of lines of one image, the first counts.
    private mutating func markRepetitions() {
        var seen: [String: Line] = [:]
        for index in lines.indices {
            guard let image = lines[index].image else { continue }
            guard let earlier = seen[image.location.key] else {
                seen[image.location.key] = lines[index]
                continue
            }
            if Set(earlier.image?.labels ?? []) == Set(image.labels) {
                lines[index].isIgnored = true
                lines[index].fault = Fault(.repeated, "Line \(earlier.number) has the same image")
            } else {
                lines[index].fault = Fault(
                    .contradiction, "Line \(earlier.number) has the same image, with other labels")
            }
        }
    }
}

extension TrainingManifest.Line {
    fileprivate init(_ text: String, number: Int, taxonomy: Taxonomy) {
        self.number = number
        self.text = text
        do throws(TrainingManifest.Wrong) {
            image = try TrainingManifest.Image(text, taxonomy: taxonomy)
        } catch {
            fault = error.fault
        }
    }

    fileprivate mutating func mark(_ found: ImageInspection.Fault) {
        switch found.kind {
        case .unusable:
            fault = .unusable("\(image?.source ?? ""): \(found.reason)")
        case .contradicted:
            fault = .init(.contradiction, found.reason.prefix(1).uppercased() + found.reason.dropFirst())
        case .knownFromTest:
            fault = .init(.knownFromTest, "Left out of training, since \(found.reason)")
            isIgnored = true
        }
    }
}

extension TrainingManifest.Fault {
    fileprivate static func unusable(_ reason: String) -> Self {
        .init(.badImage, "The image is invalid. Check S3 path and/or image properties: \(reason)")
    }
}

extension TrainingManifest {
    /// A line that says no image.
    fileprivate struct Wrong: Error {
        let fault: Fault

        init(_ code: Code, _ message: String) { fault = Fault(code, message) }
    }
}

extension TrainingManifest.Image {
    private static let attribute = "content-moderation-groundtruth"
    private static let longestName = 255

    fileprivate init(_ text: String, taxonomy: Taxonomy) throws(TrainingManifest.Wrong) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)), case .object = value else {
            throw .init(.notJSON, "The JSON Line has an invalid format")
        }
        guard let reference = value["source-ref"] else { throw .init(.noSource, "The source-ref key is missing") }
        guard let source = reference.text, let location = ObjectLocation(source) else {
            throw .init(
                .badSource, "The source-ref value is not s3://BUCKET/KEY, given \(reference.text().prefix(200))")
        }
        guard Self.isPath(location.key) else {
            throw .init(
                .badSource,
                "The key of a source-ref is the path of a file, without empty parts, `.` and `..`, given "
                    + "\(reference.text().prefix(200))")
        }
        guard let truth = value[Self.attribute] else {
            throw .init(.noLabels, "No label attributes found: \(Self.attribute) is missing")
        }
        guard case .list(let entries) = truth["ModerationLabels"] else {
            throw .init(
                .badLabels, "\(Self.attribute) has a list ModerationLabels; an empty one says that the image is safe")
        }
        self.source = source
        self.location = location
        var labels: [Label] = []
        for entry in entries { labels.append(try Self.label(entry, taxonomy)) }
        self.labels = labels
    }

    /// Whether `key` can be the path of a file below its bucket.
    private static func isPath(_ key: String) -> Bool {
        key.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0")
        }
    }

    /// A name that repeats across levels means the top level, as the product says, unless its parent is named.
    private static func label(_ entry: JSONValue, _ taxonomy: Taxonomy) throws(TrainingManifest.Wrong) -> Label {
        guard let name = entry["Name"]?.text else {
            throw .init(.badLabels, "A label of ModerationLabels has no Name")
        }
        // What is near a name is looked for letter by letter, and the name is shown.
        guard name.unicodeScalars.count <= longestName else {
            throw .init(.badLabels, "A Name of ModerationLabels has more than \(longestName) characters")
        }
        let parent = entry["ParentName"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        let named = taxonomy.labels(named: name).filter { parent == nil || $0.parent?.name == parent }
        guard let label = named.min(by: { $0.level < $1.level }) else {
            let path = parent.map { "\($0)/\(name)" } ?? name
            let hint = taxonomy.hint(for: name).map { " (\($0))" } ?? ""
            throw .init(.badLabels, taxonomy.objection(to: path) + hint)
        }
        return label
    }
}
