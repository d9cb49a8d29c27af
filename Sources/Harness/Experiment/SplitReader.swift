internal import Moderation

/// Reads how images are divided and how many of them are trained on, reporting what the shape cannot say.
struct SplitReader {
    private(set) var findings: [Finding] = []

    /// The splits of `root`, an experiment file; `separate` reads one that is tested on a dataset of its own.
    mutating func splits(
        in root: YAMLValue, separate: (YAMLValue) -> Experiment.Division?
    ) -> [Experiment.SplitEntry] {
        let common = root["training_size"].map { sizes(in: $0) }
        var entries: [Experiment.SplitEntry] = []
        let values = root["split"]?.elements ?? []
        for value in values {
            let division = value["test_dataset"] == nil ? random(value) : separate(value)
            let own = value["training_size"].map { sizes(in: $0) }
            guard let division else { continue }
            let entry = Experiment.SplitEntry(
                name: value["name"]?.text ?? division.word, division: division, trainingSizes: own ?? common ?? [.all])
            checkName(of: entry, among: entries, at: value["name"]?.place ?? value.place)
            entries.append(entry)
        }
        if let value = root["training_size"], !values.isEmpty, values.allSatisfy({ $0["training_size"] != nil }) {
            findings.append(
                Finding("`training_size` is not used: every split has its own", at: value.place, hint: "leave it out"))
        }
        return entries
    }

    private mutating func checkName(
        of entry: Experiment.SplitEntry, among others: [Experiment.SplitEntry], at place: Place
    ) {
        guard others.contains(where: { $0.name == entry.name }) else { return }
        findings.append(
            Finding("two splits are called `\(entry.name)`", at: place, hint: "give each a `name` of its own"))
    }

    private mutating func random(_ value: YAMLValue) -> Experiment.Division? {
        guard let training = value["training"]?.number, let test = value["test"]?.number else { return nil }
        if training + test > 1 + 1e-9 {
            findings.append(Finding("`training` and `test` add up to \(training + test), more than 1", at: value.place))
        }
        let unit = (value["by"]?.text).flatMap(SplitDescription.Unit.init(rawValue:)) ?? .group
        return .random(
            SplitDescription(
                training: training, test: test, unit: unit, repeats: value["repeats"]?.integer ?? 1,
                seed: SplitReader.seed(of: value)))
    }

    /// The seed of a split; reading goes on after findings, so one that is none is reported already.
    static func seed(of split: YAMLValue) -> UInt64 { UInt64(exactly: split["seed"]?.integer ?? 0) ?? 0 }

    private mutating func sizes(in list: YAMLValue) -> [TrainingSize] {
        var sizes: [TrainingSize] = []
        for value in list.elements {
            let size = SplitReader.size(value)
            if sizes.contains(size) {
                findings.append(Finding("the same training size stands in the list twice", at: value.place))
            } else {
                sizes.append(size)
            }
        }
        return sizes
    }

    private static func size(_ value: YAMLValue) -> TrainingSize {
        if let count = value.integer { return TrainingSize(positives: count, negatives: count) }
        return TrainingSize(positives: value["positives"]?.integer, negatives: value["negatives"]?.integer)
    }
}

extension Experiment.Division {
    /// What a split is called that has no name: the word under `by`.
    fileprivate var word: String {
        switch self {
        case .random(let description): description.unit.rawValue
        case .separate: "dataset"
        }
    }
}
