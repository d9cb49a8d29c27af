internal import Adapters
public import BaseModel
public import Evaluation
public import Foundation
public import Imaging
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
    public init(
        baseModel: BaseModelDescription, workspace: Workspace, trial: TrialRecord? = nil,
        limits: ImageLimits = .standard
    ) throws {
        if let trial { try Detector.check(trial, fits: baseModel) }
        try self.init(
            baseModel: baseModel, workspace: workspace, embedding: try trial?.embedding(in: baseModel),
            projectVersion: trial?.id.description, limits: limits
        ) { encoder in
            try trial.map { try TrialHeads(of: $0, encoder: encoder, workspace: workspace).heads } ?? [:]
        }
    }

    /// A detector on `baseModel` with the heads of `adapter`, which come from its own folder alone.
    ///
    /// - Throws: `ProjectError.otherBaseModel` where the adapter was trained on another base model, `ProjectError.damaged`.
    public init(baseModel: BaseModelDescription, workspace: Workspace, adapter: AdapterVersion) throws {
        try adapter.check(fits: baseModel)
        let trial = try AdapterRegistry(workspace: workspace).trial(of: adapter)
        let heads = try trial.heads()
        try self.init(
            baseModel: baseModel, workspace: workspace, embedding: try trial.record.embedding(in: baseModel),
            projectVersion: adapter.arn
        ) { _ in heads }
    }

    private init(
        baseModel: BaseModelDescription, workspace: Workspace, embedding: EmbeddingDescription?,
        projectVersion: String?, limits: ImageLimits = .standard, heads: (any ImageEncoder) throws -> [Label: Head]
    ) throws {
        let model = try BaseModel(baseModel, workspace: workspace, limits: limits)
        let embeddingModel = try embedding.map { try EmbeddingModel($0, workspace: workspace, limits: limits) }
        self.init(
            model: model, embeddingModel: embeddingModel, heads: try heads(embeddingModel ?? model),
            projectVersion: projectVersion)
    }

    private init(model: BaseModel, embeddingModel: EmbeddingModel?, heads: [Label: Head], projectVersion: String?) {
        self.model = model
        self.embeddingModel = embeddingModel
        self.heads = heads
        self.projectVersion = projectVersion
    }

    /// This detector with the heads of `adapter` instead of its own, on the same open network.
    ///
    /// - Parameter open: the networks of an embedding, which may be open already.
    /// - Throws: `ProjectError.otherBaseModel`, `ProjectError.damaged`.
    public func with(
        _ adapter: AdapterVersion, workspace: Workspace, open: (EmbeddingDescription) throws -> EmbeddingModel
    ) throws -> Detector {
        try adapter.check(fits: model.description)
        let trial = try AdapterRegistry(workspace: workspace).trial(of: adapter)
        let embedding = try trial.record.embedding(in: model.description)
        return Detector(
            model: model, embeddingModel: try embedding.map(open), heads: try trial.heads(), projectVersion: adapter.arn
        )
    }

    /// What is seen in the image in `file`, from `minimumConfidence` percent on.
    public func detect(_ file: URL, minimumConfidence: Double) throws -> Detection {
        do {
            return try detect(bytes: ImageFile.read(file), minimumConfidence: minimumConfidence)
        } catch {
            throw RunError.unreadable(path: file.path, reason: "\(error)")
        }
    }

    /// What is seen in the image whose file has `bytes`, from `minimumConfidence` percent on.
    public func detect(bytes: [UInt8], minimumConfidence: Double) throws(EncodingError) -> Detection {
        let image: DecodedImage
        do throws(ImageError) {
            image = try DecodedImage(decoding: bytes, limits: model.limits)
        } catch {
            throw .image(error)
        }
        let encoding = try model.encode(image)
        let embedding = heads.isEmpty ? [] : try embeddingModel?.encode(image).embedding ?? encoding.embedding
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

    private static func check(_ trial: TrialRecord, fits baseModel: BaseModelDescription) throws(RunError) {
        let trained = trial.baseModelDigest
        guard trained == baseModel.digest.description else {
            throw .otherBaseModel(
                trial: trial.id.short, trained: String(trained.prefix(12)),
                given: "\(baseModel.name) (\(baseModel.digest.short))")
        }
    }
}
