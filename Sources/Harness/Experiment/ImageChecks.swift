internal import Adapters
internal import Moderation

extension Experiment {
    /// The selected images of `dataset`.
    func selected(from dataset: DatasetFile) -> [ImageRecord] {
        dataset.dataset.records.filter(selection.includes)
    }

    /// What makes the selected images, or a part of their split, unfit for the targeted labels.
    ///
    /// - Parameters:
    ///   - places: where the labels are named.
    ///   - splitPlaces: where the splits are described.
    func imageFindings(at places: [Place], splitPlaces: [Place]) -> [Finding] {
        let records = datasets.flatMap(selected)
        guard !records.isEmpty else {
            return [Finding("no image of the dataset fits `images`", at: places.first)]
        }
        let parts = splits.map { firstParts(of: records, by: $0.division) }
        return zip(labels, places).flatMap { label, place in
            let findings = [Truth.present, .absent].compactMap { truth in
                finding(of: label, truth: truth, in: records, at: place)
            }
            guard findings.isEmpty else { return findings }
            return zip(zip(splits, parts), splitPlaces).flatMap { split, place in
                partFindings(of: label, by: split.0.division, parts: split.1, at: place)
            }
        }
    }

    /// The training and test images of the first division; every other one has as many units in each part.
    private func firstParts(
        of records: [ImageRecord], by division: Division
    ) -> (training: [ImageRecord], test: [ImageRecord]) {
        switch division {
        case .separate(let test, _):
            return (records, selected(from: test))
        case .random(let description):
            let split = description.split(
                description.strata(of: records, TruthTable(records, labels: labels)), repetition: 0)
            return (split.training.values.map { records[$0] }, split.test.values.map { records[$0] })
        }
    }

    private func partFindings(
        of label: Label, by division: Division, parts: (training: [ImageRecord], test: [ImageRecord]), at place: Place
    ) -> [Finding] {
        let training = Set(parts.training.map { $0.annotation.truth(of: label) })
        let test = Set(parts.test.map { $0.annotation.truth(of: label) })
        var findings: [Finding] = []
        for (truth, word) in [(Truth.present, "present"), (.absent, "absent")] where !training.contains(truth) {
            findings.append(
                Finding(
                    "`\(label)` is \(word) in none of the \(parts.training.count) images that the split leaves to train on",
                    at: place, hint: "train on a larger share, or select more images"))
        }
        if test.isDisjoint(with: [.present, .absent]) {
            findings.append(
                Finding(
                    "`\(label)` is known of none of the \(parts.test.count) images that the split leaves to test on",
                    at: place, hint: "test on a larger share, or divide by a smaller unit"))
        }
        return findings + shortfall(of: label, training: parts.training, by: division, at: place)
    }

    /// What the training images of a division lack for the rate that the objective guarantees.
    private func shortfall(
        of label: Label, training: [ImageRecord], by division: Division, at place: Place
    ) -> [Finding] {
        guard let guarantee = objective.guarantee, let held = objective.held else { return [] }
        let isPossible = { (image: ImageRecord) in
            image.annotation.truth(of: label) == (held == .falseNegatives ? .present : .absent)
        }
        let groups = Set(training.filter(isPossible).map { division.unit(of: $0, dataset: 0) }).count
        guard guarantee.allowance(among: guarantee.heldOut(of: groups)) == nil else { return [] }
        return [
            Finding(
                "`\(label)`: \(guarantee.shortfall(held, groups: groups))", at: place,
                hint: "select more images, ask for less, or hold another share out by `calibration`")
        ]
    }

    private func finding(of label: Label, truth: Truth, in records: [ImageRecord], at place: Place) -> Finding? {
        guard !records.contains(where: { $0.annotation.truth(of: label) == truth }) else { return nil }
        let word = truth == .present ? "present" : "absent"
        return Finding(
            "`\(label)` is \(word) in none of the \(records.count) selected images; training needs both", at: place,
            hint: truth == .present ? "add it to `images: labels`" : "add look-alikes or other safe images to `images`")
    }
}
