internal import Moderation

extension Experiment {
    /// The selected images of `dataset`.
    func selected(from dataset: DatasetFile) -> [ImageRecord] {
        dataset.dataset.records.filter(selection.includes)
    }

    /// What makes the selected images unfit for the targeted labels, whose places are given.
    func imageFindings(at places: [Place]) -> [Finding] {
        let records = datasets.flatMap(selected)
        guard !records.isEmpty else {
            return [Finding("no image of the dataset fits `images`", at: places.first)]
        }
        return zip(labels, places).flatMap { label, place in
            [Truth.present, .absent].compactMap { truth in
                finding(of: label, truth: truth, in: records, at: place)
            }
        }
    }

    /// Images or groups that stand on both sides of a separate test dataset, and images that two datasets share.
    ///
    /// - Parameters:
    ///   - datasetPlace: where the datasets are named.
    ///   - splitPlace: where the test dataset is named.
    func overlapFindings(datasetPlace: Place, splitPlace: Place) -> [Finding] {
        var findings: [Finding] = []
        let training = datasets.flatMap(selected)
        if let copy = Self.firstRepeated(training.compactMap(\.digest)) {
            let paths = training.filter { $0.digest == copy }.map(\.path)
            findings.append(
                Finding(
                    "the datasets share images: \(Names.list(paths)) are the same bytes", at: datasetPlace,
                    hint: "select each image once, by `images: sources` or by naming one dataset"))
        }
        guard case .separate(let dataset, _) = division else { return findings }
        let test = selected(from: dataset)
        let groups = Set(training.map(\.group)).intersection(test.map(\.group)).sorted()
        let images = Set(training.compactMap(\.digest)).intersection(test.compactMap(\.digest))
        guard !groups.isEmpty || !images.isEmpty else { return findings }
        findings.append(
            Finding(
                "training and test are not apart: \(images.count) images and \(groups.count) groups are on both sides"
                    + (groups.isEmpty ? "" : ", such as \(Names.list(groups, limit: 3))"), at: splitPlace,
                hint: "images of one group show one object; take them out of one of the datasets"))
        return findings
    }

    private static func firstRepeated(_ digests: [Digest]) -> Digest? {
        var seen: Set<Digest> = []
        return digests.first { !seen.insert($0).inserted }
    }

    private func finding(of label: Label, truth: Truth, in records: [ImageRecord], at place: Place) -> Finding? {
        guard !records.contains(where: { $0.annotation.truth(of: label) == truth }) else { return nil }
        let word = truth == .present ? "present" : "absent"
        return Finding(
            "`\(label)` is \(word) in none of the \(records.count) selected images; training needs both", at: place,
            hint: truth == .present ? "add it to `images: labels`" : "add look-alikes or other safe images to `images`")
    }
}
