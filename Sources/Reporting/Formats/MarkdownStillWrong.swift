internal import Evaluation
internal import Moderation

/// The section of `report.md` about what the best adapter of each label is still wrong about.
enum MarkdownStillWrong {
    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 12

    /// The labels of the main setting; empty without adapters.
    static func section(_ input: ReportInput) -> [String] {
        let labels = input.comparison.labels.flatMap { label in
            label.adapters.largestImprovement(in: input.objective.minimised).map { lines($0, label, input) } ?? []
        }
        return labels.isEmpty ? [] : opening(input) + labels
    }

    private static func opening(_ input: ReportInput) -> [String] {
        let split = input.settings.count > 1 ? " of the split \(MarkdownText.code(input.settings[0].name))" : ""
        let kind = input.objective.minimised
        return [
            "## Still wrong", "",
            "The groups that hold most of what the adapter with the largest \(kind.abbreviation) improvement on each "
                + "label\(split) still gets wrong, of those with no more than a tenth more \(kind.other.abbreviation) than the "
                + "base model where there are any. Shares are of all tests of a group's images; the example is wrong most "
                + "often. `still-wrong.csv` lists, for every label and adapter, the images that are wrong in at least "
                + "half of their tests; `comparison.json` has all.", "",
        ]
    }

    private static func lines(_ row: AdapterRow, _ label: LabelComparison, _ input: ReportInput) -> [String] {
        let title = "### \(MarkdownText.plain(label.label.description)), \(MarkdownText.plain(row.adapter))"
        return [title, ""]
            + ErrorKind.allCases.flatMap { kind in
                let groups = row.imageTests[kind].groups(of: input.comparison.images).stillWrong
                return groups.isEmpty ? ["No \(kind.name) are left.", ""] : table(groups, kind, adapter: row.adapter)
            }
    }

    private static func table(_ groups: [GroupErrors], _ kind: ErrorKind, adapter: String) -> [String] {
        let listed = groups.prefix(mostListed)
        let share = listed.map(\.adapterErrors).reduce(0, +) / groups.map(\.adapterErrors).reduce(0, +)
        let count = groups.count == 1 ? "1 group" : "\(groups.count) groups"
        let rest =
            groups.count > listed.count
            ? "; the \(listed.count) listed make \(NumberText.wholeShare(share)) of them" : ""
        let verb = kind == .falseNegatives ? "Missed" : "Flagged"
        let header = [
            "Group", "Images", "\(verb) by the base model ↓", "\(verb) by \(MarkdownText.plain(adapter)) ↓", "Example",
        ]
        return ["Of the \(kind.images), \(kind.name) are left in \(count)\(rest):", ""]
            + MarkdownText.table(header, numeric: [1, 2, 3], rows: listed.map(cells)) + [""]
    }

    /// An image by itself is not named twice.
    private static func cells(_ group: GroupErrors) -> [String] {
        [
            group.group == group.example.path ? "—" : MarkdownText.plain(group.group), "\(group.images)",
            NumberText.share(group.baseShare), NumberText.share(group.adapterShare),
            MarkdownText.code(group.example.path),
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
