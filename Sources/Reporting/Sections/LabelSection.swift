internal import Evaluation
internal import Moderation

/// The sections about one label.
struct LabelSection {
    /// The label's main table and what its test images can show.
    let results: [Block]
    /// Paired cells, composition, hyperparameters and changed images.
    let details: [Block]

    init(_ label: LabelComparison, _ setting: ReportInput.Setting, _ input: ReportInput) {
        let split = input.settings.count > 1 ? ", split " + Inline.code(setting.name) : ""
        let name = Inline(label.label.description) + split
        results =
            [
                .heading(2, "Results for " + name),
                .paragraph(Inline(LabelText.images(label, setting.comparison) + ".")),
                .table(LabelSection.mainTable(label)),
            ] + LabelSection.abilities(label)
        details = [.heading(2, "Details for " + name)] + LabelSection.composition(label, setting, input)
    }

    /// What the test images can show, and what the data lack.
    static func abilities(_ label: LabelComparison) -> [Block] {
        [
            .paragraph("What these test images can show:"),
            .list((LabelText.limits(label) + LabelText.advice(label)).map { Inline($0) }),
        ]
    }

    /// All of the details but their title.
    static func composition(
        _ label: LabelComparison, _ setting: ReportInput.Setting, _ input: ReportInput
    ) -> [Block] {
        let composition = [Block.paragraph(Inline("\(LabelText.composition(label))."))]
        guard !label.adapters.isEmpty else { return composition }
        return composition + pairedTable(label) + chosen(label, input) + changedImages(label, setting.comparison)
    }

    private static func mainTable(_ label: LabelComparison) -> DocumentTable {
        let table = ResultTable(label)
        let kinds = ErrorKind.allCases
        let header =
            ["Adapter"]
            + kinds.flatMap { ["\($0.abbreviation) ↓", "\($0.abbreviation) improvement ↑", "Verdict"] } + ["Flagged ↓"]
        let rows = table.rows.map { row in
            [Inline(row.name)] + kinds.flatMap { cells(row.errors[$0]) } + [Inline(row.flagged)]
        }
        return DocumentTable(
            "Results for \(label.label)", header.map { Inline($0) }, numeric: [1, 4, 7], rows: rows, notes: table.notes)
    }

    private static func cells(_ cells: ResultTable.Cells) -> [Inline] {
        [
            Inline("\(cells.count) of \(cells.images) (\(cells.rate))"), Inline(cells.improvement),
            verdict(cells.verdict),
        ]
    }

    /// Bold where something was shown, so that the eye finds it.
    static func verdict(_ verdict: Verdict?) -> Inline {
        switch verdict {
        case .none: ""
        case .improved, .worse: .strong(verdict?.word ?? "")
        case .noEvidence, .testSetTooSmall: Inline(verdict?.word ?? "")
        }
    }

    private static func pairedTable(_ label: LabelComparison) -> [Block] {
        var marks = Notes()
        let rows = label.adapters.flatMap { row in
            ErrorKind.allCases.map { kind in [row.adapter, kind.abbreviation] + paired(row, kind, notes: &marks) }
        }
        let header: [Inline] = [
            "Adapter", "Error", "Both wrong", "Fixed ↑", "Broken ↓", "Both right", "Rate difference ↓ (points)",
            "p", "p (Holm)",
        ]
        let table = DocumentTable(
            "Base model and adapters on the same images, \(label.label)", header, numeric: [2, 3, 4, 5, 7, 8],
            rows: rows.map { $0.map { Inline($0) } }, notes: marks)
        return [.paragraph("How base model and adapter agree on the same images:"), .table(table)]
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

    private static func chosen(_ label: LabelComparison, _ input: ReportInput) -> [Block] {
        let rows = label.adapters.map { row in
            let recipe = input.adapters.first { $0.name == row.adapter }?.recipe ?? ""
            let chosen = ChosenText(row.chosen).text
            return [row.adapter, recipe, chosen.isEmpty ? "nothing to choose" : chosen].map { Inline($0) }
        }
        let header: [Inline] = ["Adapter", "Recipe", "Chosen from the training images"]
        return [.table(DocumentTable("Recipes and what was chosen, \(label.label)", header, rows: rows))]
            + reasons(label)
    }

    /// Why an adapter was chosen among several, by the example of the first repeat.
    private static func reasons(_ label: LabelComparison) -> [Block] {
        let lines = label.adapters.compactMap { row in
            row.chosen.first.flatMap { chosen in
                chosen.reason.map { .code(row.adapter) + ", repeat \(chosen.repetition): \($0)" }
            }
        }
        guard !lines.isEmpty else { return [] }
        return [.paragraph("Why, counted out of fold on the training images:"), .list(lines)]
    }

    private static func changedImages(_ label: LabelComparison, _ comparison: Comparison) -> [Block] {
        [.paragraph("Images each adapter fixed and broke:")]
            + label.adapters.map { ImagesSection.block($0, comparison) }
    }
}
