internal import Foundation
internal import Moderation

/// One division of the images as one setting trains on it: what the trials of all adapters share.
struct DrawnDivision: Sendable {
    /// Index of the setting.
    let setting: Int
    /// Number of the division, from 0.
    let repetition: Int
    /// Which images are trained on, by any label, and which are tested on.
    let split: Split
    /// The images that each label is trained on.
    let training: [Indices<Training>]
    /// The training size, `all` for positives or negatives where it leaves none of these out.
    let trainingSize: TrainingSize
    /// The source of each image, where the division keeps to sources.
    private let sources: [String]

    /// Division number `repetition` in the setting at `setting`.
    init(_ drawing: DivisionDrawing, setting: Int, repetition: Int) {
        let size = drawing.experiment.settings[setting].trainingSize
        let seed = drawing.experiment.settings[setting].division.seed
        let whole = drawing.whole(setting: setting, repetition: repetition)
        let draw = { (size: TrainingSize) in
            size.draw(from: whole, drawing.table, seed: seed, repetition: repetition)
        }
        let drawn = draw(size)
        // A number beyond the images there are is as good as `all`, and gives the same trials.
        let shorter = [TrainingSize.all, .init(positives: size.positives), .init(negatives: size.negatives)]
        self.setting = setting
        self.repetition = repetition
        training = drawn
        trainingSize = shorter.first { $0 == size || draw($0) == drawn } ?? size
        split =
            trainingSize == .all
            ? whole : Split(training: Set(drawn.flatMap(\.values)).sorted(), test: whole.test.values)
        sources = drawing.sources(setting: setting)
    }

    /// Its identity: the indices of both parts, of each label's training images where labels have their own, and the sources
    /// where folds keep to these: paths and groups are part of the images' identity, sources are not.
    var digest: Digest {
        let own = trainingSize == .all || training.count == 1 ? [] : training.map(\.values)
        var bytes = Data()
        for indices in [split.training.values, split.test.values] + own {
            for number in [indices.count] + indices {
                withUnsafeBytes(of: UInt32(number).littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return Digest(ofFields: [Digest(of: bytes).description] + sources)
    }
}
