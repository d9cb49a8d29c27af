internal import Adapters
internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// The heads of a finished trial; training images that a head compares with come from the embedding cache.
struct TrialHeads {
    /// By label.
    let heads: [Label: Head]

    /// - Throws: `RunError.embeddingsGone` where the cache lacks images that a head needs.
    init(of trial: TrialRecord, encoder: any ImageEncoder, workspace: Workspace) throws {
        var embedded: CachedEmbeddings?
        var heads: [Label: Head] = [:]
        for result in trial.labels {
            let arrays = result.head.map { HeadArray(name: $0.name, values: $0.values) }
            guard Head.needsTrainingImages(arrays) else {
                heads[result.label] = try Head(arrays: arrays)
                continue
            }
            let training = trial.trainingImages(of: result)
            let known = try embedded ?? TrialHeads.trainingImages(of: trial, encoder: encoder, workspace: workspace)
            embedded = known
            let rows = Dictionary(zip(known.images, known.images.indices)) { first, _ in first }
            heads[result.label] = try Head(
                arrays: arrays, trainingEmbeddings: known.embeddings.selecting(rows: training.compactMap { rows[$0] }))
        }
        self.heads = heads
    }

    /// What the cache has of the training images; by the library that the trial was trained with.
    private static func trainingImages(
        of trial: TrialRecord, encoder: any ImageEncoder, workspace: Workspace
    ) throws -> CachedEmbeddings {
        let digests = zip(trial.images, trial.parts).filter { $0.1 == .training }.map(\.0.digest)
        let onnxRuntime = trial.determinants.first { $0.name == "onnx_runtime" }?.value ?? ""
        let cache = try EmbeddingCache(of: encoder, onnxRuntime: onnxRuntime, workspace: workspace)
        let lookup = try cache.load(digests, settingAside: false)
        guard lookup.missing.isEmpty else {
            let file = try TrialStore(folder: workspace.store, recovering: false).file(of: trial.id)
            throw RunError.embeddingsGone(
                trial: trial.id.short, missing: lookup.missing.count, total: digests.count,
                file: workspace.path(of: file))
        }
        return lookup.found
    }
}

extension TrialRecord {
    /// The training images that the label of `result` uses, in the record's order: those of known truth, less what a
    /// training size leaves to other labels.
    fileprivate func trainingImages(of result: LabelResult) -> [Digest] {
        images(of: .training, knownIn: result).map { images[$0].digest }
    }
}
