public import Moderation

/// Which test images one model, the base or an adapter, is wrong about for one label: all that two models need to be compared
/// in pairs, wherever their decisions come from.
public struct TestErrors: Sendable, Equatable {
    /// The label that was decided on.
    public let label: Label
    /// The images of known truth that were tested in any repeat.
    public let images: [Image]
    /// One test per repetition of the split, in their order.
    public let repeats: [Repeat]

    /// A tested image.
    public struct Image: Sendable, Hashable, Codable {
        /// Digest of the file's bytes.
        public let digest: Digest
        /// Path within the dataset's folder, after the dataset's name where an experiment has several.
        public let path: String
        /// The group it belongs to.
        public let group: String
        /// Whether the label is present: what is missed where it is, is a false alarm where it is not.
        public let isPresent: Bool

        public init(digest: Digest, path: String, group: String, isPresent: Bool) {
            self.digest = digest
            self.path = path
            self.group = group
            self.isPresent = isPresent
        }

        /// The error that can be made on it.
        public var kind: ErrorKind { isPresent ? .falseNegatives : .falsePositives }
    }

    /// The test of one repetition.
    public struct Repeat: Sendable, Equatable {
        /// The number of the split's repetition, from 0.
        public let repetition: Int
        /// The tested images, as ascending places in ``TestErrors/images``.
        public let tested: [Int]
        /// Those of them that the model is wrong about.
        public let wrong: Set<Int>
        /// Number of images of known truth outside the test part.
        public let otherImages: Int

        public init(repetition: Int, tested: [Int], wrong: Set<Int>, otherImages: Int) {
            self.repetition = repetition
            self.tested = tested
            self.wrong = wrong
            self.otherImages = otherImages
        }
    }

    public init(label: Label, images: [Image], repeats: [Repeat]) {
        for test in repeats {
            precondition(
                test.tested.allSatisfy(images.indices.contains) && test.wrong.isSubset(of: test.tested),
                "repetition \(test.repetition) tests or errs on images beyond the \(images.count) listed")
        }
        self.label = label
        self.images = images
        self.repeats = repeats
    }

    /// The images that could show an error of `kind`, as ascending places in ``images``.
    func images(showing kind: ErrorKind) -> [Int] { images.indices.filter { images[$0].kind == kind } }

    /// Whose errors a record is asked for.
    public enum Model: Sendable {
        case base, adapter
    }

    /// The errors of `model` in `records`, trials of one adapter, one per repetition in any order, for their label at
    /// `label`.
    ///
    /// - Throws: `ComparisonRefusal` where the records do not belong together.
    public init(_ records: [TrialRecord], label: Int, of model: Model) throws(ComparisonRefusal) {
        let table = try TrialTable(records)
        let models = TestErrors.both(table.trials(of: table.first.adapter), label: label)
        self = model == .base ? models.base : models.adapter
    }

    /// The errors of base model and adapter in `records`, for each of their labels in order: as one asks for each alone, but
    /// the records are checked and gone through once.
    ///
    /// - Throws: `ComparisonRefusal` where the records do not belong together.
    static func byLabel(_ records: [TrialRecord]) throws(ComparisonRefusal) -> [(base: TestErrors, adapter: TestErrors)]
    {
        let table = try TrialTable(records)
        let trials = table.trials(of: table.first.adapter)
        return table.first.labels.indices.map { both(trials, label: $0) }
    }

    /// The errors of base model and adapter in `records`, at least one, in the order of repetitions.
    private static func both(_ records: [TrialRecord], label: Int) -> (base: TestErrors, adapter: TestErrors) {
        let first = records[0]
        let result = first.labels[label]
        let tests = records.map { $0.images(of: .test, knownIn: $0.labels[label]) }
        let places = Set(tests.joined()).sorted()
        var numbers = [Int](repeating: -1, count: first.images.count)
        for (number, place) in places.enumerated() { numbers[place] = number }
        let known = result.truth.count { $0 != .unknown }
        let threshold = Threshold(confidence: first.thresholdConfidence)
        let images = places.map { place in
            let image = first.images[place]
            return Image(
                digest: image.digest, path: image.path, group: image.group,
                isPresent: result.truth[place] == .present)
        }
        let errors = { (scores: (LabelResult) -> [Float]) in
            TestErrors(
                label: result.label, images: images,
                repeats: zip(records, tests).map { record, test in
                    let scores = scores(record.labels[label])
                    let wrong = test.filter { threshold.flags(scores[$0]) != (result.truth[$0] == .present) }
                    return Repeat(
                        repetition: record.repetition, tested: test.map { numbers[$0] },
                        wrong: Set(wrong.map { numbers[$0] }), otherImages: known - test.count)
                })
        }
        return (errors(\.baseScores), errors(\.adapterScores))
    }
}
