internal import Adapters
public import BaseModel
public import Evaluation
public import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Moderates single images, with the base model alone or with the heads of a finished trial.
public struct Detector: Sendable {
    private let model: BaseModel
    private let heads: [Label: Head]
    private let projectVersion: String?

    /// A detector on `baseModel`, with the heads of `trial` if one is given.
    ///
    /// - Throws: `RunError.otherBaseModel` where the trial was trained on another base model: its heads would mean nothing.
    public init(baseModel: BaseModelDescription, workspace: Workspace, trial: TrialRecord? = nil) throws {
        if let trial { try Detector.check(trial, fits: baseModel) }
        let model = try BaseModel(baseModel, workspace: workspace)
        self.model = model
        projectVersion = trial?.id.description
        heads = try trial.map { try TrialHeads(of: $0, model: model, workspace: workspace).heads } ?? [:]
    }

    /// What is seen in the image in `file`, from `minimumConfidence` percent on.
    public func detect(_ file: URL, minimumConfidence: Double) throws -> Detection {
        let encoding: Encoding
        do {
            encoding = try model.encode(bytes: ImageFile.read(file))
        } catch {
            throw RunError.unreadable(path: file.path, reason: "\(error)")
        }
        return Detection(
            scores: scores(of: encoding), taxonomy: model.description.taxonomy, minimumConfidence: minimumConfidence,
            projectVersion: projectVersion)
    }

    /// Scores by label: a head's where one was trained for the label, the base's elsewhere, none where neither speaks.
    private func scores(of encoding: Encoding) -> [Label: Float] {
        var scores: [Label: Float] = [:]
        for (label, score) in zip(model.labels, encoding.scores) {
            if let head = heads[label] {
                scores[label] = head.scores(embeddings: Matrix([encoding.embedding]), baseScores: [score])[0]
            } else if model.coveredLabels.contains(label) {
                scores[label] = score
            }
        }
        return scores
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
