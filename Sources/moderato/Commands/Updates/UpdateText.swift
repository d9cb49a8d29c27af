internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation

/// An update, to be printed.
struct UpdateText {
    private let update: ProjectUpdate
    private let isPlan: Bool

    /// The text of `update`, which was only planned where `isPlan`.
    init(_ update: ProjectUpdate, isPlan: Bool = false) {
        self.update = update
        self.isPlan = isPlan
    }

    /// A line for each adapter, label and kind of error that was judged; in a plan, one for each adapter.
    var table: String {
        guard !isPlan else { return plan }
        let rows = update.adapters.flatMap { adapter -> [[String]] in
            guard case .judged(let change, _) = adapter.outcome else { return [] }
            return change.judgements.map { row(of: $0, adapter) }
        }
        let others = update.adapters.compactMap(\.unjudged)
        let judged = rows.isEmpty ? [] : [TextTable.text(UpdateText.header, rows, rightAligned: [3, 4, 5, 6, 7])]
        return (judged + others).joined(separator: "\n")
    }

    /// Says what belongs beside the table; `quiet` leaves out what went well.
    func say(quiet isQuiet: Bool) {
        let lines = update.adapters.flatMap { adapter in
            adapter.notes.map { ("note: \($0)", false) } + [adapter.message].compactMap { $0 }
        }
        for (text, isError) in lines + update.damaged.map({ ("error: \($0)", true) }) where isError || !isQuiet {
            Talk.say(text)
        }
    }

    private static let header = [
        "adapter", "label", "errors", "images", "old base", "old", "new base", "new", "new − old", "allowed", "verdict",
    ]

    private func row(of judgement: ModelSwitch.Judgement, _ adapter: AdapterUpdate) -> [String] {
        let counts = [
            judgement.old.cells.images, judgement.old.cells.baseErrors, judgement.old.cells.adapterErrors,
            judgement.new.cells.baseErrors, judgement.new.cells.adapterErrors,
        ].map { String(format: "%.0f", $0) }
        let name = "\(adapter.old.id)" + (adapter.new.map { " → \($0.number)" } ?? "")
        return [name, "\(judgement.label)", judgement.kind == .falseNegatives ? "FN" : "FP"] + counts
            + [
                judgement.beside.estimate.points, "\(UpdateText.points(judgement.margin)) points",
                judgement.beside.verdict.rawValue,
            ]
    }

    private var plan: String {
        TextTable.text(
            ["adapter", "base model", "what would be done"],
            update.adapters.map { adapter in
                ["\(adapter.old.id)", adapter.old.baseModel.name, adapter.planned(to: update.baseModel.name)]
            })
    }

    /// A difference of rates in percentage points: `+2.5`.
    fileprivate static func points(_ value: Double) -> String {
        let text = String(format: "%+.1f", value * 100)
        return text.hasPrefix("-") ? (text == "-0.0" ? "0.0" : "−" + text.dropFirst()) : text == "+0.0" ? "0.0" : text
    }
}

extension Estimate {
    /// A difference of rates with its interval in percentage points, or why there is none.
    fileprivate var points: String {
        switch self {
        case .undefined(let reason): "— (\(reason.rawValue.replacing("_", with: " ")))"
        case .measured(let measured):
            UpdateText.points(measured.value)
                + (measured.interval.map { " [\(UpdateText.points($0.lower)), \(UpdateText.points($0.upper))]" } ?? "")
        }
    }
}

extension AdapterUpdate {
    /// What became of an adapter that was not judged.
    fileprivate var unjudged: String? {
        switch outcome {
        case .judged: nil
        case .upToDate: "\(old.id): on this base model already"
        case .completed: "\(old.id): deprecated, \(new?.id ?? "") was in use already"
        case .planned: "\(old.id): not done"
        case .refused: "\(old.id): not updated"
        }
    }

    /// What would become of it.
    fileprivate func planned(to baseModel: String) -> String {
        switch outcome {
        case .upToDate: "nothing: it is on \(baseModel)"
        case .completed, .planned(.deprecate): "it is deprecated: \(new?.id ?? "") took its place"
        case .planned(.judge(let trial)): "candidate \(new?.id ?? "") (trial \(trial.short)) is judged again"
        case .planned(.train(let trial)): "it is trained on \(baseModel) (trial \(trial.short)) and judged"
        case .judged(let change, let decision): "\(change.verdict.rawValue), \(decision.rawValue)"
        case .refused: "nothing: it cannot be updated"
        }
    }

    /// What a person is told of its outcome.
    fileprivate var message: (String, Bool)? {
        switch outcome {
        case .upToDate, .completed, .planned: nil
        case .refused(let reason): ("error: `\(old.id)`: \(reason)", true)
        case .judged(let change, let decision): (text(of: change.verdict, decision), decision == .kept)
        }
    }

    private func text(of verdict: GateVerdict, _ decision: Decision) -> String {
        let successor = new?.id ?? ""
        let shortfall =
            verdict == .fail
            ? "an error rate is shown to be worse by more than allowed"
            : "the test images do not show whether every error rate is within what is allowed"
        return switch decision {
        case .switched: "`\(successor)` takes over from `\(old.id)`, which is deprecated"
        case .accepted: "`\(successor)` takes over from `\(old.id)`, as `--accept` asks, although \(shortfall)"
        case .kept:
            "`\(old.id)` stays in use, and `\(successor)` a candidate: \(shortfall)\n  hint: `--accept` lets it take over all the same"
        }
    }
}
