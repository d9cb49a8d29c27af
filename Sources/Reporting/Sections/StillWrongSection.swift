internal import Evaluation
internal import Moderation

/// What the best adapter of each label is still wrong about.
enum StillWrongSection {
    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 12

    /// The labels of the main setting; empty without adapters.
    static func blocks(_ input: ReportInput) -> [Block] {
        let labels = input.comparison.labels.flatMap { label in
            label.adapters.largestImprovement(in: input.objective.minimised).map { blocks($0, label, input) } ?? []
        }
        return labels.isEmpty ? [] : [.heading(2, "Still wrong"), .paragraph(opening(input))] + labels
    }

    private static func opening(_ input: ReportInput) -> Inline {
        let split = input.settings.count > 1 ? " of the split " + Inline.code(input.settings[0].name) : ""
        let kind = input.objective.minimised
        return
            "The groups that hold most of what the adapter with the largest \(kind.abbreviation) improvement on each label"
            + split + """
                 still gets wrong, of those with no more than a tenth more \(kind.other.abbreviation) than the base model \
                where there are any. Shares are of all tests of a group's images; the example is wrong most often. \
                `still-wrong.csv` lists, for every label and adapter, the images that are wrong in at least half of \
                their tests; `comparison.json` has all.
                """
    }

    private static func blocks(_ row: AdapterRow, _ label: LabelComparison, _ input: ReportInput) -> [Block] {
        [.heading(3, Inline("\(label.label), \(row.adapter)"))]
            + ErrorKind.allCases.flatMap { kind -> [Block] in
                let groups = row.imageTests[kind].groups(of: input.comparison.images).stillWrong
                return groups.isEmpty
                    ? [.paragraph(Inline("No \(kind.name) are left."))] : table(groups, kind, row, label)
            }
    }

    private static func table(
        _ groups: [GroupErrors], _ kind: ErrorKind, _ row: AdapterRow, _ label: LabelComparison
    ) -> [Block] {
        let listed = groups.prefix(mostListed)
        let share = listed.map(\.adapterErrors).reduce(0, +) / groups.map(\.adapterErrors).reduce(0, +)
        let count = groups.count == 1 ? "1 group" : "\(groups.count) groups"
        let rest =
            groups.count > listed.count
            ? "; the \(listed.count) listed make \(NumberText.wholeShare(share)) of them" : ""
        let verb = kind == .falseNegatives ? "Missed" : "Flagged"
        let header = [
            "Group", "Images", "\(verb) by the base model ↓", "\(verb) by \(row.adapter) ↓", "Example",
        ]
        return [
            .paragraph(Inline("Of the \(kind.images), \(kind.name) are left in \(count)\(rest):")),
            .table(
                DocumentTable(
                    "\(kind.name) that \(row.adapter) leaves, \(label.label)", header.map { Inline($0) },
                    numeric: [1, 2, 3], rows: listed.map(cells))),
        ]
    }

    /// An image by itself is not named twice.
    private static func cells(_ group: GroupErrors) -> [Inline] {
        [
            group.group == group.example.path ? "—" : Inline(group.group), Inline("\(group.images)"),
            Inline(NumberText.share(group.baseShare)), Inline(NumberText.share(group.adapterShare)),
            .code(group.example.path),
        ]
    }
}

extension [GroupErrors] {
    /// The groups that the adapter is wrong about, most images first and else in the order of the records.
    fileprivate var stillWrong: [GroupErrors] {
        let wrong = enumerated().filter { $0.element.counts.adapterErrors > 0 }
        return wrong.sorted {
            (-$0.element.adapterErrors, $0.offset) < (-$1.element.adapterErrors, $1.offset)
        }.map(\.element)
    }
}
