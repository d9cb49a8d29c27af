internal import Adapters
internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation
internal import Store

extension AdapterTrial {
    /// The trial with what its heads need of the embedding cache of `workspace`.
    ///
    /// - Throws: `RunError.embeddingsGone` where the cache lacks training images that a head compares with.
    init(_ record: TrialRecord, baseModel: BaseModelDescription, workspace: Workspace) throws {
        let compared = record.comparedImages
        guard !compared.isEmpty else {
            self.init(record: record)
            return
        }
        let encoder: any ImageEncoder =
            if let embedding = try record.embedding(in: baseModel) {
                try EmbeddingModel(embedding, libraryHint: workspace.onnxRuntimeLibrary)
            } else { try BaseModel(baseModel, workspace: workspace) }
        let cached = try EmbeddingCache.trainingImages(of: record, encoder: encoder, workspace: workspace)
        let rows = Dictionary(cached.images.enumerated().map { ($1, $0) }) { first, _ in first }
        self.init(
            record: record, supports: compared,
            embeddings: cached.embeddings.selecting(rows: compared.compactMap { rows[$0] }))
    }

    /// Why this is not the trial `id` with all that its heads need; `nil` where it is.
    func fault(as id: Digest) -> String? {
        if record.id != id { return "it holds trial \(record.id.short), not \(id.short)" }
        let missing = Set(record.comparedImages).subtracting(supports).count
        return missing > 0 ? "\(missing) training images that its heads compare with are missing" : nil
    }

    /// The heads by label.
    func heads() throws -> [Label: Head] {
        try TrialHeads(of: record) {
            CachedEmbeddings(
                images: supports, embeddings: embeddings, baseScores: Matrix(rows: supports.count, columns: 0))
        }.heads
    }
}

extension AdapterVersion {
    /// Throws unless `baseModel` is the one that the adapter was trained on.
    func check(fits baseModel: BaseModelDescription) throws(ProjectError) {
        guard baseModel.digest == self.baseModel.digest else {
            throw .otherBaseModel(
                id: id, trained: "\(self.baseModel.name) (\(self.baseModel.digest.short))",
                given: "\(baseModel.name) (\(baseModel.digest.short))",
                hint: "`moderato update \(project) --base-model NEW` trains it on another base model; "
                    + "`--base-model` names the file of its own, which was `\(self.baseModel.file)`")
        }
    }
}

extension TrialRecord {
    /// What `version` says of this, its trial, that is not so; `nil` where there is nothing.
    ///
    /// No seal guards `adapter.json`: whoever merged or edited it may have given heads another base model, or other labels.
    func contradiction(in version: AdapterVersion) -> String? {
        let embedding = determinant(Trial.embeddingDeterminant)
        let facts = [
            ("base_model", version.baseModel.digest.description == baseModelDigest),
            ("embedding", version.request.embedding?.digest.description == embedding),
            ("labels", version.request.labels == labels.map(\.label)),
            ("repetition", version.trial.repetition == repetition),
            ("threshold", version.request.threshold == thresholdConfidence),
        ]
        return facts.first { !$0.1 }.map { "its `\($0.0)` is not that of the trial in \(AdapterFolder.trial)" }
    }
}
