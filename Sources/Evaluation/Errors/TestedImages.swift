internal import Moderation

/// What became of every image that one adapter was tested on for one label, over all repeats.
struct TestedImages {
    /// In the order of the records, among them those that nobody was wrong about.
    private let images: [ImageErrors]

    /// The images of `trials`, which share their images.
    init(_ trials: [LabelTrial]) {
        guard let first = trials.first else {
            images = []
            return
        }
        var outcomes = [[PairedOutcome]](repeating: [], count: first.images.count)
        for trial in trials {
            for image in trial.testImages { outcomes[image].append(trial.outcome(of: image)) }
        }
        images = outcomes.indices.filter { !outcomes[$0].isEmpty }.map { image in
            ImageErrors(
                path: first.images[image].path, group: first.images[image].group,
                kind: first.result.truth[image] == .present ? .falseNegatives : .falsePositives,
                tests: PairedCounts(outcomes[image]))
        }
    }

    /// The images that base model or adapter was wrong about, in the order of the records.
    var errors: [ImageErrors] { images.filter(\.tests.hasError) }

    /// The groups in which base model or adapter made errors of `kind`, in the order in which they come first.
    func groups(_ kind: ErrorKind) -> [GroupErrors] {
        images.filter { $0.kind == kind }.grouped { $0.group }.compactMap { images in
            let tests = PairedCounts(adding: images.map(\.tests))
            guard tests.hasError, let example = images.mostOftenWrong else { return nil }
            return GroupErrors(group: example.group, images: images.count, example: example.path, tests: tests)
        }
    }
}

extension [ImageErrors] {
    /// The image about which the adapter is wrong in the largest share of its tests, the first of equals.
    fileprivate var mostOftenWrong: ImageErrors? {
        // Cross-multiplied, so that equal shares are equal.
        self.max { $0.tests.adapterErrors * $1.tests.images < $1.tests.adapterErrors * $0.tests.images }
    }
}
