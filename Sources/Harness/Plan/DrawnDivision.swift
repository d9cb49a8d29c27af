internal import Moderation

/// One division of the images as one setting trains on it: what the trials of all adapters share.
struct DrawnDivision {
    /// Index of the setting.
    let setting: Int
    /// Number of the division, from 0.
    let repetition: Int
    /// Which images are trained on, by any label, and which are tested on.
    let split: Split
    /// The images that each label is trained on.
    let training: [Indices<Training>]
    /// The source of each image, where the division keeps to sources.
    private let sources: [String]
    /// The training size, `all` for positives or negatives where it leaves none of these out.
    let trainingSize: TrainingSize

    /// Division number `repetition` of `images` in the setting at `setting`.
    init(_ experiment: Experiment, setting: Int, images: [SelectedImage], records: [ImageRecord], repetition: Int) {
        let labels = experiment.labels
        let division = experiment.settings[setting].division
        let size = experiment.settings[setting].trainingSize
        let whole = experiment.split(images, records: records, by: division, repetition: repetition)
        let draw = { (size: TrainingSize) in
            size.draw(from: whole, records: records, targets: labels, seed: division.seed, repetition: repetition)
        }
        let drawn = draw(size)
        // A number beyond the images there are is as good as `all`, and gives the same trials.
        let shorter = [TrainingSize.all, .init(positives: size.positives), .init(negatives: size.negatives)]
        if case .random(let description) = division, description.unit == .source {
            sources = records.map { description.unit(of: $0) }
        } else {
            sources = []
        }
        self.setting = setting
        self.repetition = repetition
        training = drawn
        trainingSize = shorter.first { draw($0) == drawn } ?? size
        split =
            trainingSize == .all
            ? whole : Split(training: Set(drawn.flatMap(\.values)).sorted(), test: whole.test.values)
    }

    /// Its identity: the indices of both parts, of each label's training images where labels have their own, and the sources
    /// where folds keep to these: paths and groups are part of the images' identity, sources are not.
    var digest: Digest {
        let own = trainingSize == .all || training.count == 1 ? [] : training.map(\.values)
        let fields = [split.training.values, split.test.values] + own
        return Digest(ofFields: fields.map { $0.map(String.init).joined(separator: " ") } + sources)
    }
}

extension Experiment {
    /// Division number `repetition` of `images`.
    fileprivate func split(
        _ images: [SelectedImage], records: [ImageRecord], by division: Division, repetition: Int
    ) -> Split {
        switch division {
        case .random(let description):
            description.split(records, targets: labels, repetition: repetition)
        case .separate:
            Split(
                training: images.indices.filter { images[$0].dataset < datasets.count },
                test: images.indices.filter { images[$0].dataset == datasets.count })
        }
    }
}
