internal import Adapters
internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// The heads of a finished trial.
struct TrialHeads {
    /// By label.
    let heads: [Label: Head]

    /// The heads of `trial` of this workspace; training images that a head compares with come from the embedding cache.
    ///
    /// - Throws: `RunError.embeddingsGone` where the cache lacks images that a head needs.
    init(of trial: TrialRecord, encoder: any ImageEncoder, workspace: Workspace) throws {
        try self.init(of: trial) {
            try EmbeddingCache.trainingImages(of: trial, encoder: encoder, workspace: workspace)
        }
    }

    /// The heads of `trial`; `trainingImages` is asked for the training images where a head compares with them.
    init(of trial: TrialRecord, trainingImages: () throws -> CachedEmbeddings) throws {
        let comparing = trial.labels.contains(where: \.comparesWithTrainingImages)
        let known = try comparing ? trainingImages() : nil
        let rows = Dictionary((known?.images ?? []).enumerated().map { ($1, $0) }) { first, _ in first }
        var heads: [Label: Head] = [:]
        for result in trial.labels {
            let training = result.comparesWithTrainingImages ? trial.trainingImages(of: result) : []
            heads[result.label] = try Head(
                arrays: result.headArrays,
                trainingEmbeddings: known?.embeddings.selecting(rows: training.compactMap { rows[$0] }))
        }
        self.heads = heads
    }
}

extension EmbeddingCache {
    /// What the cache of `workspace` has of the training images of `trial`, by the library that it was trained with.
    ///
    /// - Throws: `RunError.embeddingsGone` where it lacks one.
    static func trainingImages(
        of trial: TrialRecord, encoder: any ImageEncoder, workspace: Workspace
    ) throws -> CachedEmbeddings {
        let digests = zip(trial.images, trial.parts).filter { $0.1 == .training }.map(\.0.digest)
        let onnxRuntime = trial.determinant("onnx_runtime") ?? ""
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

    /// The training images that any head compares an image with, each once, in the record's order.
    var comparedImages: [Digest] {
        var seen: Set<Digest> = []
        return labels.filter(\.comparesWithTrainingImages).flatMap(trainingImages).filter { seen.insert($0).inserted }
    }
}

extension LabelResult {
    fileprivate var headArrays: [HeadArray] { head.map { HeadArray(name: $0.name, values: $0.values) } }

    /// Whether the label's head compares an image with the training images.
    fileprivate var comparesWithTrainingImages: Bool { Head.needsTrainingImages(headArrays) }
}
