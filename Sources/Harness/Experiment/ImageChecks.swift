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
    ///   - splitPlace: where the split is described.
    func imageFindings(at places: [Place], splitPlace: Place) -> [Finding] {
        let records = datasets.flatMap(selected)
        guard !records.isEmpty else {
            return [Finding("no image of the dataset fits `images`", at: places.first)]
        }
        let parts = firstParts(of: records)
        return zip(labels, places).flatMap { label, place in
            let findings = [Truth.present, .absent].compactMap { truth in
                finding(of: label, truth: truth, in: records, at: place)
            }
            return findings.isEmpty ? partFindings(of: label, parts: parts, at: splitPlace) : findings
        }
    }

    /// The training and test images of the first division; every other one has as many units in each part.
    private func firstParts(of records: [ImageRecord]) -> (training: [ImageRecord], test: [ImageRecord]) {
        switch division {
        case .separate(let test, _):
            return (records, selected(from: test))
        case .random(let description):
            let split = description.split(records, targets: labels, repetition: 0)
            return (split.training.map { records[$0] }, split.test.map { records[$0] })
        }
    }

    private func partFindings(
        of label: Label, parts: (training: [ImageRecord], test: [ImageRecord]), at place: Place
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
        return findings
    }

    /// Images or groups that stand on both sides of a separate test dataset, and images that two datasets share.
    ///
    /// - Parameters:
    ///   - datasetPlace: where the datasets are named.
    ///   - splitPlace: where the test dataset is named.
    func overlapFindings(datasetPlace: Place, splitPlace: Place) -> [Finding] {
        var findings: [Finding] = []
        let training = datasets.flatMap(selected)
        // Within one dataset, reading its manifest has judged the copies.
        if let copy = firstShared {
            let paths = training.filter { $0.digest == copy }.map(\.path)
            findings.append(
                Finding(
                    "the datasets share images: \(Names.list(paths)) are the same bytes", at: datasetPlace,
                    hint: "select each image once, by `images: sources` or by naming one dataset"))
        }
        guard case .separate(let dataset, _) = division else { return findings }
        let test = selected(from: dataset)
        // Two datasets may well have the same path; as a group it counts where somebody named it.
        let named = Set((training + test).filter { !$0.isAlone }.map(\.group))
        let groups = named.intersection(training.map(\.group)).intersection(test.map(\.group)).sorted()
        let images = Set(training.compactMap(\.digest)).intersection(test.compactMap(\.digest))
        guard !groups.isEmpty || !images.isEmpty else { return findings }
        findings.append(
            Finding(
                "training and test are not apart: \(images.count) images and \(groups.count) groups are on both sides"
                    + (groups.isEmpty ? "" : ", such as \(Names.list(groups, limit: 3))"), at: splitPlace,
                hint: "images of one group show one object; take them out of one of the datasets"))
        return findings
    }

    /// The first digest that two datasets have.
    private var firstShared: Digest? {
        var seen: Set<Digest> = []
        for dataset in datasets {
            let own = selected(from: dataset).compactMap(\.digest)
            if let shared = own.first(where: seen.contains) { return shared }
            seen.formUnion(own)
        }
        return nil
    }

    private func finding(of label: Label, truth: Truth, in records: [ImageRecord], at place: Place) -> Finding? {
        guard !records.contains(where: { $0.annotation.truth(of: label) == truth }) else { return nil }
        let word = truth == .present ? "present" : "absent"
        return Finding(
            "`\(label)` is \(word) in none of the \(records.count) selected images; training needs both", at: place,
            hint: truth == .present ? "add it to `images: labels`" : "add look-alikes or other safe images to `images`")
    }
}
