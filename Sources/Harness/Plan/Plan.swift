internal import Adapters
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

    /// Plans `experiment` on `images` and their `background`; the same input gives the same plan.
    init(
        _ experiment: Experiment, images: [SelectedImage], background: [SelectedImage], platform: Platform
    ) {
        self.images = images
        let drawing = DivisionDrawing(experiment, images: images)
        let inputs = [
            ("images", Plan.digest(of: images, drawing.table).description),
            ("base_model", experiment.baseModel.digest.description),
        ]
        let backgrounds = background.isEmpty ? [] : [("background", Plan.digest(of: background).description)]
        let divisions = experiment.settings.enumerated().flatMap { index, setting in
            (0..<setting.division.repeats).map { (setting: index, repetition: $0) }
        }
        trials = Workers.map(divisions.count, jobs: Workers.standardCount) { index in
            let division = DrawnDivision(
                drawing, setting: divisions[index].setting, repetition: divisions[index].repetition)
            let determinants = inputs + [("split", division.digest.description)]
            return experiment.adapters.indices.map { adapter in
                let usesBackground = experiment.adapters[adapter].recipe.kind.usesBackground
                return Trial(
                    experiment, adapter: adapter, division: division,
                    determinants: determinants + (usesBackground ? backgrounds : []) + platform.determinants)
            }
        }.flatMap { $0 }
    }

    /// The trials, each once for an adapter: training sizes that take the same images share theirs.
    public var entries: [Trial] {
        var seen: Set<[String]> = []
        return trials.filter { seen.insert(["\($0.adapter)", $0.id.description]).inserted }
    }

    /// The core type of the kernels that compute the trials, where these are the fastest for this CPU (`--native-kernels`)
    /// rather than the same everywhere.
    public var nativeKernels: String? {
        let determinants = trials.first?.determinants ?? []
        guard determinants.contains(where: { $0.name == Platform.kernelsDeterminant }) else { return nil }
        return determinants.first { $0.name == Platform.coreDeterminant }?.value
    }

    /// Identity of the rows: every image's path, bytes, truths and group, in order.
    private static func digest(of images: [SelectedImage], _ table: TruthTable) -> Digest {
        let fields = images.enumerated().flatMap { index, image in
            [image.record.path, image.digest.description, image.record.group]
                + table.truths.map { String($0[index].rawValue) }
        }
        return Digest(ofFields: fields)
    }

    /// Identity of the background: the bytes of its images, in order.
    private static func digest(of background: [SelectedImage]) -> Digest {
        Digest(ofFields: background.map(\.digest.description))
    }
}
