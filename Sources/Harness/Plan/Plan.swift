internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation

/// The trials of an experiment, in the order of repetitions and adapters.
public struct Plan: Sendable {
    /// The images that all trials share, in the order that per-image arrays follow.
    public let images: [SelectedImage]
    /// The trials; two of them are one and the same where the experiment asks for the same thing twice.
    public let trials: [Trial]

    /// Plans `experiment` on `images` and their `background`; the same input gives the same plan.
    init(
        _ experiment: Experiment, images: [SelectedImage], background: [SelectedImage], platform: Platform
    ) {
        self.images = images
        let records = images.map(\.record)
        let rows = Plan.digest(of: images, labels: experiment.labels)
        trials = (0..<experiment.division.repeats).flatMap { repetition in
            let split = experiment.split(images, records: records, repetition: repetition)
            let determinants = [
                ("images", rows.description),
                ("split", Plan.digest(of: split).description),
                ("base_model", experiment.baseModel.digest.description),
            ]
            // Trials without a background keep the identity that they had before there were any.
            let backgrounds = background.isEmpty ? [] : [("background", Plan.digest(of: background).description)]
            return experiment.adapters.indices.map { adapter in
                Trial(
                    experiment, adapter: adapter, repetition: repetition, split: split,
                    determinants: determinants + backgrounds + platform.determinants)
            }
        }
    }

    /// Identity of the rows: every image's path, bytes, truths and group, in order.
    private static func digest(of images: [SelectedImage], labels: [Label]) -> Digest {
        let fields = images.flatMap { image in
            [image.record.path, image.digest.description, image.record.group]
                + labels.map { String(image.record.annotation.truth(of: $0).rawValue) }
        }
        return Digest(ofFields: fields)
    }

    /// Identity of the background: the bytes of its images, in order.
    private static func digest(of background: [SelectedImage]) -> Digest {
        Digest(ofFields: background.map(\.digest.description))
    }

    /// Identity of a division: the indices of both parts.
    private static func digest(of split: Split) -> Digest {
        Digest(ofFields: [split.training.values, split.test.values].map { $0.map(String.init).joined(separator: " ") })
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
                training: images.indices.filter { images[$0].dataset < datasets.count },
                test: images.indices.filter { images[$0].dataset == datasets.count })
        }
        return trainingSize.limiting(
            whole, records: records, targets: labels, seed: division.seed, repetition: repetition)
    }
}
