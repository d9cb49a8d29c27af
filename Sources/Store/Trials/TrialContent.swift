internal import Evaluation
internal import LinearAlgebra
internal import Moderation

/// A trial's record in a file, `layout 2`: the one place that spells the names of its groups, datasets and attributes.
///
/// `docs/store-layout.md` describes it for readers in other languages.
enum TrialContent {
    static let layout = StoredArray("moderato-trial")
    static let version = StoredArray(2)

    /// What the file of `record` says, whose image table is the file `images`; `path` is for errors.
    static func encode(_ record: TrialRecord, images: Digest, path: String) throws(StoreError) -> FileContent {
        var content = FileContent()
        content["@layout"] = layout
        content["@layout_version"] = version
        content["@id"] = StoredArray(record.id.description)
        content["@adapter"] = StoredArray(record.adapter)
        content["@repetition"] = StoredArray(record.repetition)
        content["@threshold_confidence"] = StoredArray(record.thresholdConfidence)
        content["specification"] = StoredArray(record.specification)
        content["determinants/name"] = StoredArray(record.determinants.map(\.name))
        content["determinants/value"] = StoredArray(record.determinants.map(\.value))
        content["@images"] = StoredArray(images.description)
        content["parts"] = StoredArray(record.parts.map(\.rawValue))
        content["labels@count"] = StoredArray(record.labels.count)
        for (index, label) in record.labels.enumerated() {
            try encode(label, at: "labels/\(index)", into: &content, path: path)
        }
        return content
    }

    private static func encode(
        _ result: LabelResult, at group: String, into content: inout FileContent, path: String
    ) throws(StoreError) {
        content["\(group)@name"] = StoredArray(try LabelName.encode(result.label, path: path))
        content["\(group)/adapter_scores"] = StoredArray(result.adapterScores)
        content["\(group)/chosen/name"] = StoredArray(result.chosen.map(\.name))
        content["\(group)/chosen/value"] = StoredArray(result.chosen.map(\.value))
        if let choice = result.choice {
            content["\(group)@adapter"] = StoredArray(choice.adapter)
            content["\(group)@reason"] = StoredArray(choice.reason)
        }
        content["\(group)/head@order"] = StoredArray(result.head.map(\.name))
        for array in result.head {
            let key = "\(group)/head/\(array.name)"
            guard array.name.contains(/^[A-Za-z0-9_-]+$/), content[key] == nil else {
                throw .unstorable(
                    path: path, reason: "\"\(array.name)\" does not name an array: letters, digits, - and _, each once")
            }
            content[key] = StoredArray(array.values.storage, shape: [array.values.rows, array.values.columns])
        }
        if !result.calibration.isEmpty { content["\(group)/calibration"] = calibration(of: result) }
    }

    /// Which images set the threshold: 1 for those that did. A trial without such images has no array of them.
    private static func calibration(of result: LabelResult) -> StoredArray {
        var marks = [UInt8](repeating: 0, count: result.truth.count)
        for image in result.calibration { marks[image] = 1 }
        return StoredArray(marks)
    }

    /// The record that a file says, everything that a record promises being checked; `table` answers with the image table
    /// of a digest.
    static func decode(
        _ reader: ContentReader, table: (Digest) throws(StoreError) -> ImageTable
    ) throws(StoreError) -> TrialRecord {
        try reader.expect(reader.content["@layout"] == layout, "its layout is not moderato-trial")
        try reader.expect(reader.content["@layout_version"] == version, "its layout has another version")
        let table = try table(try reader.digest("@images"))
        let count = try reader.number("labels@count", .int64, as: Int64.self)
        try reader.expect(count == table.targets.count, "it has \(count) labels, its images \(table.targets.count)")
        var labels: [LabelResult] = []
        for (index, target) in table.targets.enumerated() {
            labels.append(try decodeLabel(reader, at: "labels/\(index)", of: target))
        }
        return TrialRecord(
            id: try reader.digest("@id"), specification: try reader.text("specification"),
            determinants: try decodeDeterminants(reader), adapter: try reader.text("@adapter"),
            repetition: Int(try reader.number("@repetition", .int64, as: Int64.self)),
            thresholdConfidence: try reader.number("@threshold_confidence", .float64, as: Double.self),
            images: table.images, parts: try decodeParts(reader, count: table.images.count), labels: labels)
    }

    private static func decodeDeterminants(_ reader: ContentReader) throws(StoreError) -> [TrialRecord.Determinant] {
        let names = try reader.texts("determinants/name")
        let values = try reader.texts("determinants/value", count: names.count)
        return zip(names, values).map { TrialRecord.Determinant(name: $0, value: $1) }
    }

    private static func decodeParts(
        _ reader: ContentReader, count: Int
    ) throws(StoreError) -> [TrialRecord.SplitPart] {
        let numbers = try reader.numbers("parts", .uint8, as: UInt8.self, count: count)
        let parts = numbers.compactMap(TrialRecord.SplitPart.init(rawValue:))
        try reader.expect(parts.count == count, "parts has values that are no part of a split")
        return parts
    }

    private static func decodeLabel(
        _ reader: ContentReader, at group: String, of target: ImageTable.Target
    ) throws(StoreError) -> LabelResult {
        let label = try LabelName.decode(try reader.text("\(group)@name"), path: reader.path)
        try reader.expect(label == target.label, "it is about \(label) where its images are about \(target.label)")
        let images = target.truth.count
        let chosen = try reader.texts("\(group)/chosen/name")
        let values = try reader.numbers("\(group)/chosen/value", .float64, as: Double.self, count: chosen.count)
        return LabelResult(
            label: label, truth: target.truth, baseScores: target.baseScores,
            adapterScores: try reader.numbers("\(group)/adapter_scores", .float32, as: Float.self, count: images),
            chosen: zip(chosen, values).map { LabelResult.Hyperparameter(name: $0, value: $1) },
            choice: try decodeChoice(reader, at: group), head: try decodeHead(reader, at: "\(group)/head"),
            calibration: try decodeCalibration(reader, at: "\(group)/calibration", images: images))
    }

    private static func decodeChoice(
        _ reader: ContentReader, at group: String
    ) throws(StoreError) -> LabelResult.Choice? {
        guard reader.content["\(group)@adapter"] != nil else { return nil }
        return .init(adapter: try reader.text("\(group)@adapter"), reason: try reader.text("\(group)@reason"))
    }

    private static func decodeCalibration(
        _ reader: ContentReader, at key: String, images: Int
    ) throws(StoreError) -> [Int] {
        guard reader.content[key] != nil else { return [] }
        let marks = try reader.numbers(key, .uint8, as: UInt8.self, count: images)
        try reader.expect(marks.contains(1) && marks.allSatisfy { $0 <= 1 }, "\(key) has values that are no mark")
        return marks.indices.filter { marks[$0] == 1 }
    }

    private static func decodeHead(
        _ reader: ContentReader, at group: String
    ) throws(StoreError) -> [LabelResult.NamedArray] {
        var head: [LabelResult.NamedArray] = []
        for name in try reader.texts("\(group)@order") {
            head.append(.init(name: name, values: try reader.matrix("\(group)/\(name)")))
        }
        return head
    }
}
