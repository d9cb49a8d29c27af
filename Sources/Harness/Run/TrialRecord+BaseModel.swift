internal import BaseModel
internal import Evaluation
internal import Moderation

extension TrialRecord {
    /// The digest of the base model that the trial was trained on, in hexadecimal digits; `unknown` where it does not say.
    var baseModelDigest: String { determinant("base_model") ?? "unknown" }

    /// The value of the determinant `name`.
    func determinant(_ name: String) -> String? { determinants.first { $0.name == name }?.value }

    /// The embedding that `baseModel` declares and the trial was trained on; `nil` where that is the base model's own.
    func embedding(in baseModel: BaseModelDescription) throws(RunError) -> EmbeddingDescription? {
        guard let trained = determinant(Trial.embeddingDeterminant) else { return nil }
        guard let embedding = baseModel.embeddings.first(where: { $0.digest.description == trained }) else {
            throw .noSuchEmbedding(trial: id.short, trained: String(trained.prefix(12)), baseModel: baseModel.name)
        }
        return embedding
    }
}
