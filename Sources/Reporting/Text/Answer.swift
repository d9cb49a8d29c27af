internal import Evaluation
internal import Moderation

/// What came out for one label, in one sentence with its interval.
struct Answer {
    /// The sentence, without Markdown.
    let sentence: String

    /// The answers of `input`, label by label in each setting.
    static func all(_ input: ReportInput) -> [String] {
        input.settings.flatMap { setting in
            let place = input.settings.count > 1 ? "`\(setting.name)`: " : ""
            return setting.comparison.labels.map { place + Answer($0, objective: input.objective).sentence }
        }
    }

    /// The adapter that the answer about `label` speaks of; `nil` where none was tried.
    static func subject(of label: LabelComparison, objective: ReportInput.Objective) -> AdapterRow? {
        let kind = objective.minimised
        let improved = label.adapters.filter { $0.errors[kind].verdict == .improved }
        let harmless = improved.filter { $0.errors[kind.other].verdict != .worse }
        return [harmless, improved, label.adapters].lazy.compactMap { $0.largestImprovement(in: kind) }.first
    }

    /// The answer about the kind of error that `objective` minimises.
    init(_ label: LabelComparison, objective: ReportInput.Objective) {
        let kind = objective.minimised
        let body =
            switch Answer.subject(of: label, objective: objective) {
            case nil: "no adapter was tried"
            case let best? where best.errors[kind].verdict != .improved:
                Answer.nothing(best, among: label.adapters, kind, limit: label.limits[kind])
            case let best? where best.errors[kind.other].verdict == .worse: Answer.trade(best, kind)
            case let best?: Answer.win(best, kind)
            }
        sentence = "On \(label.label), \(body)."
    }

    private static func win(_ row: AdapterRow, _ kind: ErrorKind) -> String {
        "`\(row.adapter)` removes \(removed(row, kind)); \(counts(row, kind.other)) "
            + "(\(row.errors[kind.other].verdict.phrase)\(possible(row.errors[kind.other])))"
    }

    /// `: 32% fewer to 70% more would fit`: what has not been shown has not been ruled out either.
    private static func possible(_ errors: ErrorComparison) -> String {
        guard errors.verdict == .noEvidence || errors.verdict == .testSetTooSmall,
            let interval = errors.improvement.interval, interval.lower < interval.upper
        else { return "" }
        return ": \(NumberText.fewer(interval.upper)) to \(NumberText.fewer(interval.lower)) would fit"
    }

    private static func trade(_ row: AdapterRow, _ kind: ErrorKind) -> String {
        "no adapter removes \(kind.name) without adding \(kind.other.name): `\(row.adapter)` removes "
            + "\(removed(row, kind)), but \(counts(row, kind.other))"
    }

    private static func nothing(
        _ row: AdapterRow, among rows: [AdapterRow], _ kind: ErrorKind, limit: DetectionLimit
    ) -> String {
        let errors = row.errors[kind]
        guard let improvement = errors.improvement.measurement else {
            return "there is no improvement in \(kind.name) to measure: "
                + (limit.images == 0 ? "there are no test \(kind.images)" : "the base model made none")
        }
        let isLargest = rows.allSatisfy { ($0.errors[kind].improvement.value ?? 0) <= improvement.value }
        let unpaid = isLargest ? "" : " without more than a tenth more \(kind.other.name)"
        guard improvement.value > 0 else { return "no adapter makes fewer \(kind.name) than the base model\(unpaid)" }
        return "no adapter is shown to remove \(kind.name): the largest improvement\(unpaid) is `\(row.adapter)`'s, "
            + "\(NumberText.change(improvement)), \(doubt(errors))"
    }

    /// Why an improvement is not claimed.
    private static func doubt(_ errors: ErrorComparison) -> String {
        if errors.verdict == .testSetTooSmall { return "and the test set is too small to show any" }
        if errors.significance.tested == nil { return "and it could not be tested" }
        return "which chance alone could give"
    }

    /// `49% of the base model's false negatives (95% interval 31% to 62%, 15.2 → 7.7 of 21)`.
    private static func removed(_ row: AdapterRow, _ kind: ErrorKind) -> String {
        let errors = row.errors[kind]
        let change = errors.improvement.value.map(NumberText.wholeShare) ?? "some"
        let cells = errors.cells
        let count = { NumberText.count($0, repeats: row.repeats) }
        let counts = [cells.baseErrors, cells.adapterErrors].map(count).joined(separator: " → ")
        let details = [interval(errors.improvement), "\(counts) of \(count(cells.images)) images"].compactMap { $0 }
        return "\(change) of the base model's \(kind.name) (\(details.joined(separator: ", ")))"
    }

    /// `95% interval 31% to 62%`; `nil` where there is none.
    static func interval(_ improvement: Estimate) -> String? {
        improvement.interval.map { limits in
            "95% interval " + [limits.lower, limits.upper].map(NumberText.wholeShare).joined(separator: " to ")
        }
    }

    /// `false positives go from 4 to 4.2 of 39`.
    private static func counts(_ row: AdapterRow, _ kind: ErrorKind) -> String {
        let cells = row.errors[kind].cells
        let count = { NumberText.count($0, repeats: row.repeats) }
        let change = [cells.baseErrors, cells.adapterErrors].map(count).joined(separator: " to ")
        return "\(kind.name) go from \(change) of \(count(cells.images))"
    }
}

extension [AdapterRow] {
    /// The adapter with the largest improvement in `kind`; the first declared of equals.
    ///
    /// One that makes clearly more of the other errors than the base model has paid for its improvement with them, shown or
    /// not: it is taken only where all do.
    func largestImprovement(in kind: ErrorKind) -> AdapterRow? {
        let value = { (row: AdapterRow) in row.errors[kind].improvement.value ?? -.infinity }
        let unpaid = filter { row in
            let cells = row.errors[kind.other].cells
            return !HeldCondition.isClearlyMore(cells.adapterErrors, than: cells.baseErrors)
        }
        return (unpaid.isEmpty ? self : unpaid).max { value($0) < value($1) }
    }
}
