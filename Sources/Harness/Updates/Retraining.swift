internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// An adapter version trained again on another base model, from its own manifests and recipe: an experiment of one trial.
struct Retraining {
    let version: AdapterVersion
    let experiment: Experiment
    let workspace: Workspace

    /// - Throws: `UpdateRefusal`, `ProjectError.damaged`.
    init(of version: AdapterVersion, on baseModel: BaseModelDescription, registry: AdapterRegistry) throws {
        guard version.baseModel.taxonomy == baseModel.taxonomy.version else {
            throw UpdateRefusal.taxonomy(own: version.baseModel.taxonomy, new: baseModel.taxonomy.version)
        }
        let embedding = try version.request.embedding.map { try Retraining.embedding($0.name, of: baseModel) }
        let test = try registry.testData(of: version)
        let description = registry.folder(of: version).appending(path: AdapterFolder.description)
        let file = registry.workspace.path(of: description)
        // Which images are on which side was decided when the old version was made: with another network's eye, other pairs
        // would be near duplicates.
        let split = Experiment.SplitEntry(
            name: "test", division: .separate(test: test, seed: try version.seed(file: file)), trainingSizes: [.all],
            allowedLeaks: Set(LeakKind.allCases))
        self.version = version
        workspace = registry.workspace
        experiment = Experiment(
            name: version.name, project: version.project, head: "", file: file, location: description,
            baseModel: baseModel, datasets: [try registry.trainingData(of: version)],
            selection: ImageSelection(),
            background: nil, labels: version.request.labels, splits: [split],
            threshold: Threshold(confidence: version.request.threshold), objective: version.request.objective,
            adapters: [.init(name: version.name, recipe: version.request.recipe, embedding: embedding)],
            gate: [], onBadImage: .fail, reportOptions: .none, splitPlace: Place(file: file, line: 0), warnings: [])
    }

    private static func embedding(
        _ name: String, of baseModel: BaseModelDescription
    ) throws(UpdateRefusal) -> EmbeddingDescription {
        guard let embedding = baseModel.embeddings.first(where: { $0.name == name }) else {
            throw .noEmbedding(name: name, baseModel: baseModel.name, declared: baseModel.embeddings.map(\.name))
        }
        return embedding
    }

    /// What is lost on the way, though nothing keeps the adapter from being trained.
    var notes: [String] {
        guard version.request.background != nil else { return [] }
        return [
            "`\(version.id)` learnt means and covariances from a background, which is not kept: the new one has none"
        ]
    }

    /// Throws unless every training and test image is there with the bytes that it had.
    func checkImages(jobs: Int) throws(UpdateRefusal) {
        let images = experiment.candidates
        let states = Workers.map(images.count, jobs: jobs) { index -> Bool? in
            let image = images[index]
            return (try? ImageFile.read(image.file)).map { Digest(of: $0) == image.record.digest }
        }
        let folder = workspace.file(at: version.images.folder).path + "/"
        let paths = { (state: Bool?) in
            images.indices.filter { states[$0] == state }.map { String(images[$0].file.path.dropFirst(folder.count)) }
        }
        guard states.allSatisfy({ $0 == true }) else {
            throw .images(
                missing: paths(nil), changed: paths(false), total: images.count, folder: version.images.folder)
        }
    }

    /// The id of the trial that `run` would train.
    func trial() throws -> Digest {
        guard let trial = try Runner(experiment, workspace: workspace).plan().plan.trials.first else {
            preconditionFailure("an experiment of one adapter on one division has no trial")
        }
        return trial.id
    }

    /// The trained trial; one that is finished is not trained again.
    ///
    /// - Throws: `UpdateRefusal.unfitted`.
    func run(
        jobs: Int, cancellation: Cancellation, report: @escaping @Sendable (RunEvent) -> Void
    ) throws -> TrialRecord {
        let runner = Runner(
            experiment, workspace: workspace, jobs: jobs, cancellation: cancellation, report: report)
        let outcome = try runner.run()
        if let failure = outcome?.failures.values.first { throw UpdateRefusal.unfitted(reason: failure.reason) }
        guard let record = outcome?.records.values.first else {
            preconditionFailure("a run of one trial ended without its record")
        }
        return record
    }
}

extension AdapterVersion {
    /// The seed of the split, from which folds are drawn too.
    fileprivate func seed(file: String) throws(ProjectError) -> UInt64 {
        guard let seed = request.split["seed"]?.text.flatMap({ UInt64($0) }) else {
            throw .damaged(path: file, reason: "its `split` has no `seed`")
        }
        return seed
    }
}
