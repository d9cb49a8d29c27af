internal import Adapters
public import BaseModel
public import Evaluation
public import Foundation
internal import LinearAlgebra
internal import Moderation

/// A base model and the file that describes it.
public struct BaseModelSource: Sendable {
    /// The base model.
    public let description: BaseModelDescription
    /// The file.
    public let file: URL

    public init(description: BaseModelDescription, file: URL) {
        self.description = description
        self.file = file
    }
}

/// An adapter trained from manifests alone, as Amazon Rekognition's service does: an experiment of one trial, whose recipe is
/// `auto`, chosen among the adapters by training rows, on the labels that the images are enough for.
///
/// What is finished is not done again: a training that was cut off goes on where it was, and the same images give the same
/// heads.
public struct AdapterTraining: Sendable {
    private let project: String
    private let name: String
    private let threshold: Double
    private let baseModel: BaseModelSource
    private let workspace: Workspace
    private let jobs: Int
    private let cancellation: Cancellation

    /// Why no adapter could be trained: one sentence.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What was trained.
    public struct Result: Sendable {
        /// The trial.
        public let trial: TrialRecord
        /// What it was made of.
        public let origin: TrialOrigin
        /// Of each of its images, in order, the line in its manifest.
        public let lines: [Int]
        /// Why each label that was not fitted is left to the base model.
        public let leftToBaseModel: [String]

        /// Indices of the test images, or of the training images.
        public func images(isTest: Bool) -> [Int] {
            trial.images.indices.filter { trial.parts[$0] == (isTest ? .test : .training) }
        }
    }

    /// A training of the adapter `name` of `project`.
    ///
    /// - Parameters:
    ///   - threshold: the operating threshold in percent, above 0 and below 100.
    ///   - cancellation: looked at between images and between the steps of training.
    public init(
        project: String, name: String, threshold: Double, baseModel: BaseModelSource, workspace: Workspace,
        jobs: Int? = nil, cancellation: Cancellation = Cancellation()
    ) {
        self.project = project
        self.name = name
        self.threshold = threshold
        self.baseModel = baseModel
        self.workspace = workspace
        self.jobs = jobs ?? Workers.standardCount
        self.cancellation = cancellation
    }

    /// Looks at every image: which can be used, and which are the same.
    ///
    /// - Throws: `RunError.interrupted`, and what keeps the base model from being used.
    public func inspect(training: TrainingImages, test: TrainingImages?) throws -> ImageInspection {
        try ImageInspector(baseModel: baseModel, workspace: workspace, jobs: jobs, cancellation: cancellation)
            .inspect(training: training, test: test)
    }

    /// Trains on what `images` has; without test images of their own, a fifth is held out, drawn by a fixed seed.
    ///
    /// - Throws: `Failure`, `RunError.interrupted`.
    public func train(on images: ImageInspection) throws -> Result {
        let taxonomy = baseModel.description.taxonomy
        let division = LabelDivision(images, taxonomy: taxonomy)
        guard !division.labels.isEmpty else { throw Failure(description: Self.reason(division, images)) }
        let experiment = try experiment(images, division)
        let outcome = try Runner(experiment, workspace: workspace, jobs: jobs, cancellation: cancellation).run()
        if let failure = outcome?.failures.values.first { throw Failure(description: failure.reason) }
        guard let trial = outcome?.records.values.first else {
            preconditionFailure("a run of one trial ended without its record")
        }
        let datasets = experiment.allDatasets
        return Result(
            trial: trial,
            origin: try TrialOrigin(
                of: trial, baseModelFile: baseModel.file, datasets: { _ in datasets }, workspace: workspace),
            lines: experiment.lines(of: trial), leftToBaseModel: division.left.map(\.reason))
    }

    private static func reason(_ division: LabelDivision, _ images: ImageInspection) -> String {
        if images.training.records.isEmpty { return "no image is left to train on" }
        guard let first = division.left.first else {
            return "no image to train on has a label, so there is nothing to learn"
        }
        let more = division.left.count > 1 ? "; nor are there for \(division.left.count - 1) more" : ""
        return "there are not enough images for any label: \(first.reason)\(more)"
    }

    private func experiment(_ images: ImageInspection, _ division: LabelDivision) throws -> Experiment {
        let recipe = try Recipe(.auto)
        let split = Experiment.SplitEntry(
            name: "test", division: division.division, trainingSizes: [.all], allowedLeaks: [])
        let file = "the training of \(project)/\(name)"
        return Experiment(
            name: name, project: project, head: "", file: file, location: workspace.project(project),
            baseModel: baseModel.description, datasets: [images.training.dataset(baseModel.description.taxonomy)],
            selection: ImageSelection(), background: nil, labels: division.labels, splits: [split],
            threshold: Threshold(confidence: threshold), objective: .errors,
            adapters: [.init(name: name, recipe: recipe)], gate: [], onBadImage: .fail, reportOptions: .none,
            splitPlace: Place(file: file, line: 0), warnings: [])
    }
}

extension Experiment {
    /// Of each image of `trial`, the line of its manifest.
    fileprivate func lines(of trial: TrialRecord) -> [Int] {
        let lines = Dictionary(candidates.map { ($0.record.path, $0.record.line) }) { first, _ in first }
        return trial.images.map { lines[$0.path] ?? 0 }
    }
}
