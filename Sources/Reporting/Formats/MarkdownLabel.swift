internal import Evaluation
internal import Moderation

/// The sections of `report.md` about one label.
struct MarkdownLabel {
    /// The label's main table and what its test images can show.
    let results: [String]
    /// Paired cells, composition, hyperparameters and changed images.
    let details: [String]

    init(_ label: LabelComparison, _ setting: ReportInput.Setting, _ input: ReportInput) {
        let split = input.settings.count > 1 ? ", split \(MarkdownText.code(setting.name))" : ""
        let name = MarkdownText.plain(label.label.description) + split
        results =
            ["## Results for \(name)", "", LabelText.images(label, setting.comparison) + ".", ""]
            + MarkdownLabel.mainTable(label) + ["What these test images can show:", ""]
            + (LabelText.limits(label) + LabelText.advice(label)).map { "- \($0)" } + [""]
        let adapters =
            label.adapters.isEmpty
            ? []
            : MarkdownLabel.pairedTable(label) + MarkdownLabel.chosen(label, input)
                + MarkdownLabel.changedImages(label, setting.comparison)
        details = ["## Details for \(name)", "", "\(LabelText.composition(label)).", ""] + adapters
    }

    private static func mainTable(_ label: LabelComparison) -> [String] {
        let table = ResultTable(label)
        let kinds = ErrorKind.allCases
        let header =
            ["Adapter"]
            + kinds.flatMap { ["\($0.abbreviation) ↓", "\($0.abbreviation) improvement ↑", "Verdict"] } + ["Flagged ↓"]
        let rows = table.rows.map { row in
            [MarkdownText.plain(row.name)] + kinds.flatMap { cells(row.errors[$0]) } + [row.flagged]
        }
        return MarkdownText.table(header, numeric: [1, 4, 7], rows: rows) + MarkdownText.notes(table.notes)
    }

    private static func cells(_ cells: ResultTable.Cells) -> [String] {
        ["\(cells.count) of \(cells.images) (\(cells.rate))", cells.improvement, verdict(cells.verdict)]
    }

    /// Bold where something was shown, so that the eye finds it.
    private static func verdict(_ verdict: Verdict?) -> String {
        switch verdict {
        case .none: ""
        case .improved, .worse: "**\(verdict?.word ?? "")**"
        case .noEvidence, .testSetTooSmall: verdict?.word ?? ""
        }
    }

    private static func pairedTable(_ label: LabelComparison) -> [String] {
        var marks = Notes()
        let rows = label.adapters.flatMap { row in
            ErrorKind.allCases.map { kind in
                [MarkdownText.plain(row.adapter), kind.abbreviation] + paired(row, kind, notes: &marks)
            }
        }
        let header = [
            "Adapter", "Error", "Both wrong", "Fixed ↑", "Broken ↓", "Both right", "Rate difference ↓ (points)",
            "p", "p (Holm)",
        ]
        return ["How base model and adapter agree on the same images:", ""]
            + MarkdownText.table(header, numeric: [2, 3, 4, 5, 7, 8], rows: rows) + MarkdownText.notes(marks)
    }

    private static func paired(_ row: AdapterRow, _ kind: ErrorKind, notes: inout Notes) -> [String] {
        let errors = row.errors[kind]
        let cells = errors.cells
        let counts = [cells.bothWrong, cells.fixed, cells.broken, cells.bothRight]
            .map { NumberText.count($0, repeats: row.repeats) }
        let difference = errors.rateDifference.text(kind, notes: &notes, NumberText.points)
        switch errors.significance {
        case .tested(let tested):
            return counts + [difference, NumberText.pValue(tested.pValue), NumberText.pValue(tested.adjustedPValue)]
        case .untested(let reason):
            let dash = "—" + notes.mark(reason.note(kind))
            return counts + [difference, dash, dash]
        }
    }

    private static func chosen(_ label: LabelComparison, _ input: ReportInput) -> [String] {
        let rows = label.adapters.map { row in
            let recipe = input.adapters.first { $0.name == row.adapter }?.recipe ?? ""
            let chosen = ChosenText(row.chosen).text
            return [row.adapter, recipe, chosen.isEmpty ? "nothing to choose" : chosen].map(MarkdownText.plain)
        }
        return MarkdownText.table(["Adapter", "Recipe", "Chosen from the training images"], rows: rows) + [""]
            + reasons(label)
    }

    /// Why an adapter was chosen among several, by the example of the first repeat.
    private static func reasons(_ label: LabelComparison) -> [String] {
        let lines = label.adapters.compactMap { row in
            row.chosen.first.flatMap { chosen in
                chosen.reason.map { reason in
                    "- \(MarkdownText.code(row.adapter)), repeat \(chosen.repetition): \(MarkdownText.plain(reason))"
                }
            }
        }
        return lines.isEmpty ? [] : ["Why, counted out of fold on the training images:", ""] + lines + [""]
    }

    private static func changedImages(_ label: LabelComparison, _ comparison: Comparison) -> [String] {
        ["Images each adapter fixed and broke:", ""] + label.adapters.flatMap { MarkdownImages($0, comparison).lines }
    }
}
