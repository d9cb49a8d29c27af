internal import Moderation

/// The labels that lint asks about, each with what every image says of it.
struct LintLabel {
    let label: Label
    let truth: [Truth]

    /// Indices of the images of which `truth` holds.
    func indices(_ value: Truth) -> [Int] { truth.indices.filter { truth[$0] == value } }

    /// Every label of `taxonomy` that is present somewhere; a label that is present exactly where one below it is says
    /// nothing of its own and is left out.
    static func all(in records: [ImageRecord], taxonomy: Taxonomy) -> [LintLabel] {
        let present = taxonomy.labels.map { LintLabel($0, in: records) }.filter { $0.truth.contains(.present) }
        return present.filter { one in
            !present.contains { $0.label.isDescendant(of: one.label) && $0.indices(.present) == one.indices(.present) }
        }
    }

    init(_ label: Label, in records: [ImageRecord]) {
        self.label = label
        truth = records.map { $0.annotation.truth(of: label) }
    }
}

extension LintSubject {
    /// Labels of which nothing is known on images that may show them.
    func unannotatedFindings(_ labels: [LintLabel]) -> [LintFinding] {
        labels.compactMap { label in
            let unknown = label.indices(.unknown)
            let (present, absent) = (label.indices(.present).count, label.indices(.absent).count)
            guard !unknown.isEmpty else { return nil }
            let consequence =
                absent == 0
                ? "nobody annotated it where it is absent, so that nothing can be learnt"
                : "they are neither trained on nor counted"
            return LintFinding(
                .unannotatedLabels,
                "`\(label.label)` is present in \(present) images, absent in \(absent), and unknown in \(unknown.count): "
                    + consequence,
                images: unknown.map(path), isHarmless: absent > 0 && unknown.count <= absent,
                values: [
                    "label": .text(label.label.description), "present": .integer(present), "absent": .integer(absent),
                    "unknown": .integer(unknown.count),
                ])
        }
    }
}
