internal import Evaluation

/// How many more errors one model makes than another, as text.
struct PairText {
    private let pair: ModelPair?
    private let isTurned: Bool
    private let repeats: Int
    private let level: Double

    /// The errors of `subject` less those of `reference`, models of `table`.
    init(_ table: ModelTable, subject: String, reference: String, level: Double) {
        let found = table.pair(subject: subject, reference: reference)
        pair = found?.pair
        isTurned = found?.isTurned ?? false
        repeats = table.repeats
        self.level = level
    }

    /// Whether the two are shown to differ in `kind`.
    func isShown(_ kind: ErrorKind) -> Bool { pair?.errors[kind].isShown(level: level) ?? false }

    /// Errors more than the reference's, as a mean over repeats; `nil` where no image can show the error.
    func difference(_ kind: ErrorKind) -> Double? {
        pair?.errors[kind].rateDifference.value.map { scaled($0, kind) }
    }

    /// `+3.1 [−4.0, +9.2]`, or a dash with a note.
    func text(_ kind: ErrorKind, _ notes: inout Notes) -> String {
        guard let pair else { return "" }
        return pair.errors[kind].rateDifference.text(kind, notes: &notes) { measurement in
            change(measurement.value, kind)
                + (limits(kind).map { " [\($0.lower), \($0.upper)]" } ?? "")
        }
    }

    /// The same with a star where a difference is shown.
    func starred(_ kind: ErrorKind, _ notes: inout Notes) -> String {
        text(kind, &notes) + (isShown(kind) ? "*" : "")
    }

    /// `−3.1 misses, 95% interval −9.0 to +4.0`.
    func phrase(_ kind: ErrorKind) -> String? {
        guard let value = pair?.errors[kind].rateDifference.value else { return nil }
        let interval = limits(kind).map { ", 95% interval \($0.lower) to \($0.upper)" } ?? ""
        return "\(change(value, kind)) \(kind == .falseNegatives ? "misses" : "false alarms")\(interval)"
    }

    private func limits(_ kind: ErrorKind) -> (lower: String, upper: String)? {
        guard let interval = pair?.errors[kind].rateDifference.interval else { return nil }
        let ends = [interval.lower, interval.upper].map { change($0, kind) }
        return isTurned ? (ends[1], ends[0]) : (ends[0], ends[1])
    }

    private func change(_ rate: Double, _ kind: ErrorKind) -> String {
        NumberText.countChange(scaled(rate, kind), repeats: repeats)
    }

    /// A difference of rates as one of counts, the way round that was asked for.
    private func scaled(_ rate: Double, _ kind: ErrorKind) -> Double {
        (isTurned ? -rate : rate) * (pair?.errors[kind].cells.images ?? 0)
    }
}
