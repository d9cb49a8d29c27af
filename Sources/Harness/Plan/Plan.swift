internal import Adapters
internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation

/// The trials of an experiment, in the order of repetitions and adapters.
public struct Plan: Sendable {
    /// The images that all trials share, in the order that per-image arrays follow.
    public let images: [SelectedImage]
    /// The trials.
    public let trials: [Trial]

    /// Plans `experiment` on `images`; the same input gives the same plan.
    init(_ experiment: Experiment, images: [SelectedImage], kernels: KernelPolicy) {
        self.images = images
        let records = images.map(\.record)
        trials = (0..<experiment.division.repeats).flatMap { repetition in
            let split = experiment.split(images, records: records, repetition: repetition)
            let rows = Plan.digest(of: images, split: split, labels: experiment.labels)
            return experiment.adapters.indices.map { adapter in
                Trial(
                    experiment, adapter: adapter, repetition: repetition, split: split, rows: rows, kernels: kernels)
            }
        }
    }

    /// Identity of the rows: every image's path, bytes, truths, group and part.
    private static func digest(of images: [SelectedImage], split: Split, labels: [Label]) -> Digest {
        let training = Set(split.training), test = Set(split.test)
        let lines = images.enumerated().map { index, image in
            let part = training.contains(index) ? "training" : test.contains(index) ? "test" : "unused"
            let truths = labels.map { String(image.record.annotation.truth(of: $0).rawValue) }.joined(separator: ",")
            return [image.record.path, image.digest.description, truths, image.record.group, part]
                .joined(separator: "\u{1F}")
        }
        return Digest(of: lines.joined(separator: "\n"))
    }
}

extension Experiment {
    /// Division number `repetition` of `images`, cut down to the training size.
    fileprivate func split(_ images: [SelectedImage], records: [ImageRecord], repetition: Int) -> Split {
        let whole: Split
        switch division {
        case .random(let description):
            whole = description.split(records, targets: labels, repetition: repetition)
        case .separate:
            whole = Split(
                training: images.indices.filter { !images[$0].isTestOnly },
                test: images.indices.filter { images[$0].isTestOnly })
        }
        return trainingSize.limiting(
            whole, records: records, targets: labels, seed: division.seed, repetition: repetition)
    }
}

extension Trial {
    fileprivate init(
        _ experiment: Experiment, adapter: Int, repetition: Int, split: Split, rows: Digest, kernels: KernelPolicy
    ) {
        let recipe = experiment.adapters[adapter].recipe
        let specification = experiment.specification(of: recipe, repetition: repetition).text()
        let determinants = [
            ("rows", rows.description),
            ("base_model", experiment.baseModel.digest.description),
            ("algorithm", "\(recipe.kind.rawValue) revision \(recipe.kind.description.revision)"),
            ("blas_core", kernels.coreName),
            ("blas_threads", String(kernels.threads)),
        ].map { TrialRecord.Determinant(name: $0.0, value: $0.1) }
        let identity = [specification] + determinants.map { "\($0.name)=\($0.value)" }
        self.init(
            id: Digest(of: identity.joined(separator: "\n")), adapter: adapter, repetition: repetition, split: split,
            specification: specification, determinants: determinants)
    }
}
