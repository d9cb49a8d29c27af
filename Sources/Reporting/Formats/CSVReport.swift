internal import Evaluation
internal import Moderation

extension Report {
    /// `comparison.csv`: one row per setting, label and adapter, the base model first, and where there are several labels
    /// one per adapter for their mean, at full precision (RFC 4180).
    ///
    /// Empty where a number is undefined; the reason then stands in the column beside it.
    public static func csv(_ input: ReportInput) -> String {
        let rows = input.settings.flatMap { setting in
            setting.comparison.labels.flatMap { label in
                [CSVRow(label.base, label: label, setting, input)]
                    + label.adapters.map { CSVRow($0, label: label, setting, input) }
            } + setting.comparison.means.map { CSVRow($0, setting, input) }
        }
        return csv(rows.map(\.fields))
    }

    /// A table whose columns are named by the fields of its rows, all of which have the same.
    static func csv(_ rows: [[CSVRow.Field]]) -> String {
        let header = rows.first.map { $0.map(\.name) } ?? []
        return ([header] + rows.map { $0.map(\.value) }).map(line).joined()
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// Quoted where RFC 4180 asks for it, quotes doubled.
    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
    }
}

/// The fields of one row, in the order of the columns.
struct CSVRow {
    typealias Field = (name: String, value: String)

    let fields: [Field]

    init(_ base: BaseRow, label: LabelComparison, _ setting: ReportInput.Setting, _ input: ReportInput) {
        fields =
            CSVRow.identity(
                input, setting, label: label.label.description, row: "base", adapter: "", repeats: base.repeats,
                images: base.images)
            + ErrorKind.allCases.flatMap { CSVRow.fields(of: $0, base: base.errors[$0], adapter: nil, matched: nil) }
            + CSVRow.closing(baseFlagged: base.flaggedShare, adapterFlagged: nil, chosen: "")
    }

    init(_ row: AdapterRow, label: LabelComparison, _ setting: ReportInput.Setting, _ input: ReportInput) {
        fields =
            CSVRow.identity(
                input, setting, label: label.label.description, row: "adapter", adapter: row.adapter,
                repeats: row.repeats, images: row.images)
            + ErrorKind.allCases.flatMap {
                CSVRow.fields(of: $0, base: nil, adapter: row.errors[$0], matched: row.matched[$0])
            }
            + CSVRow.closing(
                baseFlagged: row.baseFlaggedShare, adapterFlagged: row.adapterFlaggedShare,
                chosen: ChosenText(row.chosen).text)
    }

    init(_ mean: MeanImprovement, _ setting: ReportInput.Setting, _ input: ReportInput) {
        fields =
            CSVRow.identity(
                input, setting, label: "", row: "mean", adapter: mean.adapter,
                repeats: setting.comparison.repeats, images: nil)
            + ErrorKind.allCases.flatMap { kind in
                CSVRow.fields(
                    of: kind, base: nil, adapter: nil, matched: nil, improvement: mean.errors[kind].improvement,
                    matchedImprovement: mean.matched[kind].improvement)
            }
            + CSVRow.closing(baseFlagged: nil, adapterFlagged: nil, chosen: "")
    }

    private static func identity(
        _ input: ReportInput, _ setting: ReportInput.Setting, label: String, row: String, adapter: String,
        repeats: Int, images: Double?
    ) -> [Field] {
        [
            ("project", input.project), ("experiment", input.experiment), ("split", setting.name), ("label", label),
            ("row", row), ("adapter", adapter), ("threshold_confidence", "\(setting.comparison.thresholdConfidence)"),
            ("repeats", "\(repeats)"), ("images", text(images)),
        ]
    }

    private static func fields(
        of kind: ErrorKind, base: BaseRow.Errors?, adapter: ErrorComparison?, matched: MatchedErrors?,
        improvement: Estimate? = nil, matchedImprovement: Estimate? = nil
    ) -> [Field] {
        let cells = adapter?.cells
        let tested = adapter?.significance.tested
        let fields: [Field] =
            [
                ("images", text(base?.images ?? cells?.images)),
                ("base_errors", text(base?.errors ?? cells?.baseErrors)),
                ("adapter_errors", text(cells?.adapterErrors)),
            ]
            + estimate("base_rate", base?.rate ?? adapter?.baseRate)
            + estimate("adapter_rate", adapter?.adapterRate)
            + [
                ("both_wrong", text(cells?.bothWrong)), ("fixed", text(cells?.fixed)),
                ("broken", text(cells?.broken)), ("both_right", text(cells?.bothRight)),
            ]
            + estimate("rate_difference", adapter?.rateDifference)
            + estimate("improvement", adapter?.improvement ?? improvement)
            + [
                ("test", tested?.method.rawValue ?? ""), ("p_value", text(tested?.pValue)),
                ("adjusted_p_value", text(tested?.adjustedPValue)), ("verdict", adapter?.verdict.rawValue ?? ""),
                ("matched_base_errors", text(matched?.baseErrors)),
                ("matched_adapter_errors", text(matched?.adapterErrors)),
            ] + estimate("matched_improvement", matched?.improvement ?? matchedImprovement)
        return fields.map { ("\(kind.abbreviation.lowercased())_\($0.name)", $0.value) }
    }

    /// A value, its limits, the reason where one is missing, and the number of repeats it rests on.
    static func estimate(_ name: String, _ estimate: Estimate?) -> [Field] {
        var reason = estimate?.measurement?.intervalMissing
        if case .undefined(let undefined) = estimate { reason = undefined }
        return [
            (name, text(estimate?.value)), ("\(name)_lower", text(estimate?.interval?.lower)),
            ("\(name)_upper", text(estimate?.interval?.upper)), ("\(name)_missing", reason?.rawValue ?? ""),
            ("\(name)_repeats", estimate?.measurement.map { "\($0.repeats)" } ?? ""),
        ]
    }

    private static func closing(baseFlagged: Double?, adapterFlagged: Double?, chosen: String) -> [Field] {
        [
            ("base_flagged_share", text(baseFlagged)), ("adapter_flagged_share", text(adapterFlagged)),
            ("chosen", chosen),
        ]
    }

    private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
