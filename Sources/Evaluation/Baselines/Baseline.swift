public import Moderation

/// What adapters got wrong when their decisions were last agreed to: small enough to be committed, and to be reviewed in a
/// diff.
///
/// It holds no time and no machine, so that the same records give the same bytes.
public struct Baseline: Sendable, Equatable, Codable {
    public let about: About
    /// The error rates, for people: what the rest says in sum.
    public let rates: [Rates]
    /// What was tested, once for all adapters.
    public let tests: [Test]
    /// The images that an adapter is wrong about.
    public let wrong: [Wrong]

    /// The version of the layout: it rises where a reader of the former one would go wrong.
    public static let layout = 1

    /// What the baseline was made from.
    public struct About: Sendable, Equatable, Codable {
        /// Version of the layout.
        public let layout: Int
        public let experiment: String
        public let project: String
        /// Digest of the base model.
        public let baseModel: Digest
        /// The operating threshold in percent.
        public let threshold: Double

        public init(experiment: String, project: String, baseModel: Digest, threshold: Double) {
            layout = Baseline.layout
            self.experiment = experiment
            self.project = project
            self.baseModel = baseModel
            self.threshold = threshold
        }

        private enum CodingKeys: String, CodingKey {
            case layout, experiment, project, threshold
            case baseModel = "base_model"
        }
    }

    /// Which adapter decided on what.
    public struct Subject: Sendable, Hashable, Comparable {
        /// The adapter's name in the experiment.
        public let adapter: String
        /// The label's path.
        public let label: String
        /// The name of the split.
        public let split: String

        public init(adapter: String, label: String, split: String) {
            self.adapter = adapter
            self.label = label
            self.split = split
        }

        public static func < (left: Subject, right: Subject) -> Bool {
            (left.label, left.split, left.adapter) < (right.label, right.split, right.adapter)
        }
    }

    /// An adapter as it was when the baseline was made.
    public struct Entry: Sendable {
        public let subject: Subject
        /// The trials that decided, one per repetition, in their order.
        public let trials: [Digest]
        /// What they were wrong about.
        public let errors: TestErrors

        public init(_ subject: Subject, trials: [Digest], errors: TestErrors) {
            self.subject = subject
            self.trials = trials
            self.errors = errors
        }
    }

    /// The baseline of `entries`, in any order, each subject once.
    public init(_ about: About, _ entries: [Entry]) {
        let entries = entries.sorted { $0.subject < $1.subject }
        self.about = about
        rates = entries.map(Rates.init)
        wrong = entries.map(Wrong.init)
        tests = entries.reduce(into: []) { tests, entry in
            guard !tests.contains(where: { $0.isOf(entry.subject) }) else { return }
            tests.append(Test(entry.errors, split: entry.subject.split))
        }
    }

    /// The subjects that it speaks of, in order.
    public var subjects: [Subject] { wrong.map(\.subject) }
}
