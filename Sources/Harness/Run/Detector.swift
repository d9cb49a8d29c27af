internal import Adapters
public import BaseModel
public import Evaluation
public import Foundation
internal import Imaging
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Moderates single images, with the base model alone or with the heads of a finished trial.
public struct Detector: Sendable {
    private let model: BaseModel
    /// What the heads were fitted to, where that is another embedding than the base model's own.
    private let embeddingModel: EmbeddingModel?
    private let heads: [Label: Head]
    private let projectVersion: String?

    /// A detector on `baseModel`, with the heads of `trial` if one is given.
    ///
    /// - Throws: `RunError.otherBaseModel` where the trial was trained on another base model: its heads would mean nothing.
    public init(baseModel: BaseModelDescription, workspace: Workspace, trial: TrialRecord? = nil) throws {
        if let trial { try Detector.check(trial, fits: baseModel) }
        let model = try BaseModel(baseModel, workspace: workspace)
        let embeddingModel = try trial.flatMap { try Detector.embedding(of: $0, in: baseModel) }.map {
            try EmbeddingModel($0, libraryHint: workspace.onnxRuntimeLibrary)
        }
        self.model = model
        self.embeddingModel = embeddingModel
        projectVersion = trial?.id.description
        let encoder: any ImageEncoder = embeddingModel ?? model
        heads = try trial.map { try TrialHeads(of: $0, encoder: encoder, workspace: workspace).heads } ?? [:]
    }

    /// What is seen in the image in `file`, from `minimumConfidence` percent on.
    public func detect(_ file: URL, minimumConfidence: Double) throws -> Detection {
        let encoding: Encoding
        let embedding: [Float]
        do {
            let image = try DecodedImage(decoding: ImageFile.read(file), limits: model.limits)
            encoding = try model.encode(image)
            embedding = heads.isEmpty ? [] : try embeddingModel?.encode(image).embedding ?? encoding.embedding
        } catch {
            throw RunError.unreadable(path: file.path, reason: "\(error)")
        }
        return Detection(
            scores: scores(base: encoding.scores, embedding: embedding), taxonomy: model.description.taxonomy,
            minimumConfidence: minimumConfidence,
            projectVersion: projectVersion)
    }

    /// Scores by label: a head's where one was trained for the label, the base's elsewhere, none where neither speaks.
    private func scores(base: [Float], embedding: [Float]) -> [Label: Float] {
        var scores: [Label: Float] = [:]
        for (label, score) in zip(model.labels, base) {
            if let head = heads[label] {
                scores[label] = head.scores(embeddings: Matrix([embedding]), baseScores: [score])[0]
            } else if model.coveredLabels.contains(label) {
                scores[label] = score
            }
        }
        return scores
    }

    /// The declared embedding that `trial` was trained on; `nil` where that is the base model's own.
    private static func embedding(
        of trial: TrialRecord, in baseModel: BaseModelDescription
    ) throws(RunError) -> EmbeddingDescription? {
        let name = Trial.embeddingDeterminant
        guard let trained = trial.determinants.first(where: { $0.name == name })?.value else { return nil }
        guard let embedding = baseModel.embeddings.first(where: { $0.digest.description == trained }) else {
            throw .noSuchEmbedding(
                trial: trial.id.short, trained: String(trained.prefix(12)), baseModel: baseModel.name)
        }
        return embedding
    }

    private static func check(_ trial: TrialRecord, fits baseModel: BaseModelDescription) throws(RunError) {
        let trained = trial.determinants.first { $0.name == "base_model" }?.value ?? "unknown"
        guard trained == baseModel.digest.description else {
            throw .otherBaseModel(
                trial: trial.id.short, trained: String(trained.prefix(12)),
                given: "\(baseModel.name) (\(baseModel.digest.short))")
        }
    }
}
