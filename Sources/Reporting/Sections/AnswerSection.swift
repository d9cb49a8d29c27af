internal import Evaluation
internal import Moderation

/// What came out: one answer as a sentence; several as one sentence, a row each, and folded a sentence each.
enum AnswerSection {
    static func blocks(_ input: ReportInput) -> [Block] {
        let answers = Answer.all(input).map { Inline($0) }
        guard answers.count > 1 else { return answers.map { .paragraph($0) } }
        return [
            .paragraph(Inline(AnswerSummary(input).sentence)), .table(table(input)),
            .folded("The answers in sentences", [.list(answers)]),
        ]
    }

    /// The adapters that the answers speak of, those of the main setting first.
    private static func table(_ input: ReportInput) -> DocumentTable {
        let hasSeveral = input.settings.count > 1
        let kinds = [input.objective.minimised, input.objective.minimised.other]
        var notes = Notes()
        let rows = input.settings.flatMap { setting in
            setting.comparison.labels.map { label -> [Inline] in
                let row = Answer.subject(of: label, objective: input.objective)
                return [Inline(label.label.description)] + (hasSeveral ? [.code(setting.name)] : [])
                    + [row.map { .code($0.adapter) } ?? "—"] + kinds.flatMap { cells(row, $0, notes: &notes) }
            }
        }
        let header =
            ["Label"] + (hasSeveral ? ["Split"] : []) + ["Adapter"]
            + kinds.flatMap { ["\($0.abbreviation) ↓", "\($0.abbreviation) improvement ↑", "Verdict"] }
        let first = header.count - 6
        return DocumentTable(
            "Answers", header.map { Inline($0) }, numeric: [first, first + 3], rows: rows, notes: notes)
    }

    private static func cells(_ row: AdapterRow?, _ kind: ErrorKind, notes: inout Notes) -> [Inline] {
        guard let row else { return ["—", "—", ""] }
        let errors = row.errors[kind]
        let counts = [errors.cells.baseErrors, errors.cells.adapterErrors].map {
            NumberText.count($0, repeats: row.repeats)
        }
        return [
            Inline(counts.joined(separator: " → ")),
            Inline(errors.improvement.text(kind, notes: &notes, NumberText.change)),
            LabelSection.verdict(errors.verdict),
        ]
    }
}
