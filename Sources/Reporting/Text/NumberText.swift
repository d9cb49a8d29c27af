internal import Evaluation
internal import Foundation

/// How numbers are written for people; CSV and JSON keep full precision instead.
enum NumberText {
    /// A count, or over several repeats a mean of counts with one decimal, also where that is 0: `12`, `12.5`, `12.0`.
    static func count(_ value: Double, repeats: Int) -> String {
        String(format: repeats > 1 ? "%.1f" : "%.0f", value)
    }

    /// A difference of counts with its sign, decimals as of a count: `+3.1`, `−9`.
    static func countChange(_ value: Double, repeats: Int) -> String {
        let text = count(abs(value), repeats: repeats)
        // What rounds to 0 has no sign.
        guard text.contains(where: { ("1"..."9").contains($0) }) else { return text }
        return (value < 0 ? "−" : "+") + text
    }

    /// A time in seconds, with more decimals where it is short: `0.014`, `0.31`, `12`.
    static func seconds(_ value: Double) -> String {
        String(format: value < 0.0995 ? "%.3f" : value < 9.995 ? "%.2f" : "%.0f", value)
    }

    /// A whole number with its sign where it is below 0: `−25`.
    static func wholeNumber(_ value: Double) -> String {
        (value < 0 ? "−" : "") + String(format: "%.0f", abs(value))
    }

    /// A share in percent with one decimal: `12.5%`.
    static func share(_ value: Double) -> String { percent(value, decimals: 1) }

    /// A threshold in percent as it was written: `50%`, `62.5%`.
    static func threshold(_ confidence: Double) -> String {
        confidence == confidence.rounded() ? String(format: "%.0f%%", confidence) : "\(confidence)%"
    }

    /// A change in whole percent with its sign: `+49%`, `−5%`, `0%`.
    static func change(_ value: Double) -> String { signed(value, decimals: 0) }

    /// A change in whole percent without a plus sign, for a sentence: `49%`, `−5%`.
    static func wholeShare(_ value: Double) -> String {
        let text = change(value)
        return text.first == "+" ? String(text.dropFirst()) : text
    }

    /// An improvement in words: `49% fewer`, `5% more`, `0% fewer`.
    static func fewer(_ improvement: Double) -> String {
        let text = change(improvement)
        return text.first == "−" ? "\(text.dropFirst()) more" : "\(wholeShare(improvement)) fewer"
    }

    /// A difference of rates in percentage points with one decimal: `−12.5`.
    static func points(_ value: Double) -> String { String(signed(value, decimals: 1).dropLast()) }

    /// A p value with three decimals: `0.031`, `<0.001`.
    static func pValue(_ value: Double) -> String {
        value < 0.001 ? "<0.001" : String(format: "%.3f", value)
    }

    /// A change and its interval: `+49% [+31, +62]`.
    static func change(_ measurement: Estimate.Measurement) -> String {
        change(measurement.value) + interval(measurement) { String(change($0).dropLast()) }
    }

    /// A difference of rates and its interval: `−12.5 [−20.1, −3.0]`.
    static func points(_ measurement: Estimate.Measurement) -> String {
        points(measurement.value) + interval(measurement, points)
    }

    private static func interval(_ measurement: Estimate.Measurement, _ text: (Double) -> String) -> String {
        measurement.interval.map { " [\(text($0.lower)), \(text($0.upper))]" } ?? ""
    }

    private static func signed(_ value: Double, decimals: Int) -> String {
        let text = percent(abs(value), decimals: decimals)
        // What rounds to 0 has no sign.
        guard text.contains(where: { ("1"..."9").contains($0) }) else { return text }
        return (value < 0 ? "−" : "+") + text
    }

    private static func percent(_ value: Double, decimals: Int) -> String {
        String(format: "%.\(decimals)f%%", value * 100)
    }
}
