internal import Evaluation
internal import Moderation

/// What all trials of an experiment share, kept once: its images, and of each label truth and base scores.
///
/// Records hold it in arrays that share their memory: tables of records that were made or read together are compared
/// without a look at their elements.
struct ImageTable: Sendable, Equatable {
    let images: [TrialRecord.ImageEntry]
    let targets: [Target]

    /// A targeted label, its arrays one per image.
    struct Target: Sendable, Equatable {
        let label: Label
        let truth: [Truth]
        let baseScores: [Float]
    }
}

extension TrialRecord {
    /// What this trial shares with the others of its experiment.
    var table: ImageTable {
        ImageTable(
            images: images,
            targets: labels.map { .init(label: $0.label, truth: $0.truth, baseScores: $0.baseScores) })
    }
}
