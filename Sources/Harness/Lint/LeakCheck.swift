internal import LinearAlgebra
internal import Moderation

/// Looks for near duplicates of which one image is trained on and the other tested on.
struct LeakCheck {
    private let experiment: Experiment
    private let images: [SelectedImage]
    /// The part of each image, for each different division.
    private let divisions: [[Part]]

    private enum Part: UInt8 { case unused, training, test }

    init(_ experiment: Experiment, plan: Plan) {
        self.experiment = experiment
        images = plan.images
        var seen: [Split] = []
        // Trials of one division stand side by side.
        for trial in plan.trials where seen.last != trial.split { seen.append(trial.split) }
        let count = plan.images.count
        divisions = seen.map { split in
            var parts = [Part](repeating: .unused, count: count)
            for index in split.training.values { parts[index] = .training }
            for index in split.test.values { parts[index] = .test }
            return parts
        }
    }

    /// The pairs on both sides of a division whose hashes are near.
    func candidates(_ fingerprints: [Fingerprint?]) -> [DuplicateSearch.Candidate] {
        let units = images.map { experiment.unit(of: $0.record, dataset: $0.dataset) }.numbered
        return DuplicateSearch.candidates(fingerprints, units: units).filter { candidate in
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
        let dataset = experiment.datasets[0].dataset.name
        return "`moderato lint \(dataset) --write-groups FILE` joins their groups, which a split `by: group` keeps "
            + "together; `allow_leaks: [\(LeakKind.nearDuplicates.rawValue)]` accepts them"
    }
}

extension [String] {
    /// Of each text the number of its kind: equal texts have equal numbers, from 0 in order of their first places.
    var numbered: [Int] {
        var numbers: [String: Int] = [:]
        return map { text in
            let number = numbers[text] ?? numbers.count
            numbers[text] = number
            return number
        }
    }
}
