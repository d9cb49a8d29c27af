internal import BaseModel
internal import Evaluation
internal import LinearAlgebra
internal import Moderation

/// The trials of an experiment, in the order of settings, repetitions and adapters.
public struct Plan: Sendable {
    /// The images that all trials share, in the order that per-image arrays follow.
    public let images: [SelectedImage]
    /// The trials; two of them are one and the same where the experiment asks for the same thing twice,
    /// as by a training size beyond the images there are.
    public let trials: [Trial]

    /// Plans `experiment` on `images`; the same input gives the same plan.
    init(_ experiment: Experiment, images: [SelectedImage], platform: Platform) {
        self.images = images
        let records = images.map(\.record)
        let rows = Plan.digest(of: images, labels: experiment.labels)
        trials = experiment.settings.indices.flatMap { setting in
            (0..<experiment.settings[setting].division.repeats).flatMap { repetition in
                let division = DrawnDivision(
                    experiment, setting: setting, images: images, records: records, repetition: repetition)
                let determinants = [
                    ("images", rows.description), ("split", division.digest.description),
                    ("base_model", experiment.baseModel.digest.description),
                ]
                return experiment.adapters.indices.map { adapter in
                    Trial(
                        experiment, adapter: adapter, division: division,
                        determinants: determinants + platform.determinants)
                }
            }
        }
    }

    /// The trials, each once for an adapter: training sizes that take the same images share theirs.
    public var entries: [Trial] {
        var seen: Set<[String]> = []
        return trials.filter { seen.insert(["\($0.adapter)", $0.id.description]).inserted }
    }

    /// Identity of the rows: every image's path, bytes, truths and group, in order.
    private static func digest(of images: [SelectedImage], labels: [Label]) -> Digest {
        let fields = images.flatMap { image in
            [image.record.path, image.digest.description, image.record.group]
                + labels.map { String(image.record.annotation.truth(of: $0).rawValue) }
        }
        return Digest(ofFields: fields)
    }
}
