internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Looks for near duplicates of which one image is trained on and the other tested on.
struct LeakCheck {
    private let experiment: Experiment
    private let images: [SelectedImage]
    /// The part of each image, for each different division.
    private let divisions: [[TrialRecord.SplitPart]]
    /// Of each image a number: no division parts images of one number.
    private let units: [Int]

    init(_ experiment: Experiment, plan: Plan) {
        self.experiment = experiment
        images = plan.images
        let settings = experiment.settings
        let isChecked = settings.map { !$0.split.allowedLeaks.contains(.nearDuplicates) }
        var seen: [Split] = []
        // Trials of one division stand side by side.
        for trial in plan.trials where isChecked[trial.setting] && seen.last != trial.split { seen.append(trial.split) }
        let checked = zip(settings, isChecked).filter(\.1).map(\.0.division)
        units =
            plan.images.map { image in
                checked.map { $0.unit(of: image.record, dataset: image.dataset) }.joined(separator: "\n")
            }.numbered
        divisions = seen.map { $0.parts(of: plan.images.count) }
    }

    /// The pairs on both sides of a division whose hashes are near.
    func candidates(_ fingerprints: [Fingerprint?]) -> [DuplicateSearch.Candidate] {
        DuplicateSearch.candidates(fingerprints, units: units).filter { candidate in
            divisions.contains { parts in
                let (first, second) = (parts[candidate.first], parts[candidate.second])
                return first != .unused && second != .unused && first != second
            }
        }
    }

    /// Throws where `candidates` hold near duplicates; row `i` of `embeddings` is of image `i`.
    func check(_ candidates: [DuplicateSearch.Candidate], embeddings: Matrix) throws(Findings) {
        let leaks = DuplicateSearch.confirmed(candidates, embeddings: embeddings)
        guard let example = leaks.max(by: { ($0.cosine, $1.first) < ($1.cosine, $0.first) }) else { return }
        let paths = [example.first, example.second].map { images[$0].record.path }
        let pair = "`\(paths[0])` and `\(paths[1])` (\(example.evidence))"
        let message =
            leaks.count == 1
            ? "a pair of near duplicates is on both sides of the split: \(pair)"
            : "\(leaks.count) pairs of near duplicates are on both sides of the split, such as \(pair)"
        throw Findings([Finding(message, at: experiment.splitPlace, hint: hint)])
    }

    private var hint: String {
        let file = experiment.datasets[0]
        // A manifest without a folder of its own, or in a storage, is found by its address alone.
        let isNamed = file.images == nil && file.folder.lastPathComponent == file.dataset.name
        let dataset = isNamed ? file.dataset.name : file.manifestName
        return "`moderato lint \(dataset) --write-groups FILE` joins their groups, which a split `by: group` keeps "
            + "together; `allow_leaks: [\(LeakKind.nearDuplicates.rawValue)]` accepts them"
    }
}
