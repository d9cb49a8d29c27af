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
        let identities = images.map { Plan.identity(of: $0, labels: experiment.labels) }
        trials = (0..<experiment.division.repeats).flatMap { repetition in
            let split = experiment.split(images, records: records, repetition: repetition)
            let rows = Plan.digest(of: identities, split: split)
            return experiment.adapters.indices.map { adapter in
                Trial(
                    experiment, adapter: adapter, repetition: repetition, split: split, rows: rows, kernels: kernels)
            }
        }
    }

    /// What trials see of an image but for its part: its path, bytes, truths and group.
    private static func identity(of image: SelectedImage, labels: [Label]) -> String {
        let truths = labels.map { String(image.record.annotation.truth(of: $0).rawValue) }.joined(separator: ",")
        return [image.record.path, image.digest.description, truths, image.record.group].joined(separator: "\u{1F}")
    }

    /// Identity of the rows: every image's identity and part.
    private static func digest(of identities: [String], split: Split) -> Digest {
        var parts = [String](repeating: "unused", count: identities.count)
        for index in split.training { parts[index] = "training" }
        for index in split.test { parts[index] = "test" }
        return Digest(of: zip(identities, parts).map { "\($0)\u{1F}\($1)" }.joined(separator: "\n"))
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
