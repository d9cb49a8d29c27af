internal import Moderation

extension Experiment {
    /// The selected images of `dataset`.
    func selected(from dataset: DatasetFile) -> [ImageRecord] {
        dataset.dataset.records.filter(selection.includes)
    }

    /// What makes the selected images unfit for the targeted labels, whose places are given.
    func imageFindings(at places: [Place]) -> [Finding] {
        var sides = [("selected", datasets.flatMap(selected))]
        if case .separate(let test, _) = division { sides.append(("selected test", selected(from: test))) }
        return sides.flatMap { side, records in
            records.isEmpty
                ? [Finding("no \(side == "selected" ? "" : "test ")image fits `images`", at: places.first)]
                : zip(labels, places).flatMap { label, place in
                    [Truth.present, .absent].compactMap { truth in
                        finding(of: label, truth: truth, in: records, side: side, at: place)
                    }
                }
        }
    }

    private func finding(
        of label: Label, truth: Truth, in records: [ImageRecord], side: String, at place: Place
    ) -> Finding? {
        guard !records.contains(where: { $0.annotation.truth(of: label) == truth }) else { return nil }
        let word = truth == .present ? "present" : "absent"
        return Finding(
            "`\(label)` is \(word) in none of the \(records.count) \(side) images; both are needed", at: place,
            hint: truth == .present ? "add it to `images: labels`" : "add look-alikes or other safe images to `images`")
    }
}
