internal import Moderation

/// An adapter that is to be compared with others, and the base model that it was trained on.
public struct ModelSubject: Sendable {
    /// Its name, which no other subject has.
    public let name: String
    /// The name of its base model, equal for those that share one.
    public let baseModel: String
    /// Its trials, one per repetition, in any order.
    public let records: [TrialRecord]

    public init(name: String, baseModel: String, records: [TrialRecord]) {
        self.name = name
        self.baseModel = baseModel
        self.records = records
    }
}

/// What a subject did for one label.
struct TestedSubject: Sendable {
    let name: String
    let baseModel: String
    let thresholdConfidence: Double
    /// The errors of the adapter, images in canonical order.
    let errors: TestErrors
    /// The errors of its base model on the same images.
    let baseErrors: TestErrors
    /// Images that the label was trained on, as a mean over repeats.
    let trainingImages: Double

    /// What `subject` did, label by label in the order of its records.
    ///
    /// - Throws: ``ComparisonRefusal`` where its records do not belong together.
    static func all(_ subject: ModelSubject) throws(ComparisonRefusal) -> [TestedSubject] {
        try TestErrors.byLabel(subject.records).enumerated().map { label, models in
            let order = models.adapter.canonicalOrder
            return TestedSubject(
                name: subject.name, baseModel: subject.baseModel,
                thresholdConfidence: subject.records[0].thresholdConfidence, errors: models.adapter.arranged(order),
                baseErrors: models.base.arranged(order),
                trainingImages: subject.records.mean { record in
                    Double(record.images(of: .training, knownIn: record.labels[label]).count)
                })
        }
    }
}

extension TestErrors {
    /// The places of the images in the order of their bytes, which no experiment and no dataset decides.
    fileprivate var canonicalOrder: [Int] {
        images.indices.sorted { left, right in
            let (first, second) = (images[left], images[right])
            if first.digest != second.digest { return first.digest < second.digest }
            return !first.isPresent && second.isPresent
        }
    }

    /// The same with images in `order`, known by their bytes: paths and names of groups depend on the experiment, so a group
    /// is called after the first image in it.
    fileprivate func arranged(_ order: [Int]) -> TestErrors {
        var names: [String: String] = [:]
        let arranged = order.map { place in
            let image = images[place]
            let group = names[image.group] ?? image.digest.description
            names[image.group] = group
            return Image(digest: image.digest, path: "", group: group, isPresent: image.isPresent)
        }
        var numbers = [Int](repeating: 0, count: images.count)
        for (number, place) in order.enumerated() { numbers[place] = number }
        return TestErrors(
            label: label, images: arranged,
            repeats: repeats.map { test in
                Repeat(
                    repetition: test.repetition, tested: test.tested.map { numbers[$0] }.sorted(),
                    wrong: Set(test.wrong.map { numbers[$0] }), otherImages: test.otherImages)
            })
    }
}
