internal import Foundation

/// An axis of shares from `least` to `most`, drawn from `start` to `end`; what lies beyond is cut off there.
struct LinearAxis {
    let start: Double
    let end: Double
    let least: Double
    let most: Double

    /// The axis from 0 to 1.
    init(from start: Double, to end: Double) {
        self.init(from: start, to: end, holding: 0...1)
    }

    /// The axis that holds all shares in `range`, with a little room; it begins at 0 unless that would leave it half empty.
    init(from start: Double, to end: Double, holding range: ClosedRange<Double>) {
        self.start = start
        self.end = end
        most = min(1, max(range.upperBound + 0.06 * (range.upperBound - range.lowerBound), 0.002))
        let step = LinearAxis.step(for: most - range.lowerBound)
        least = range.lowerBound > most / 2 ? (range.lowerBound / step).rounded(.down) * step : 0
    }

    func position(of value: Double) -> Double {
        start + (min(max(value, least), most) - least) / (most - least) * (end - start)
    }

    /// Round shares, about five of them.
    var ticks: [Double] {
        let step = LinearAxis.step(for: most - least)
        return (Int((least / step).rounded(.up))...Int(most / step + 1e-9)).map { Double($0) * step }
    }

    /// A round step that divides `length` into at most six.
    private static func step(for length: Double) -> Double {
        let power = pow(10, floor(log10(max(length, 1e-3))))
        return [0.1, 0.2, 0.5, 1].map { $0 * power }.first { length / $0 <= 6 } ?? 2 * power
    }

    /// A tick in percent, with a decimal only where its neighbours need one.
    func text(_ tick: Double) -> String {
        let needsDecimal = ticks.contains { abs($0 * 100 - ($0 * 100).rounded()) > 1e-6 }
        return String(format: needsDecimal ? "%.1f" : "%.0f", tick * 100)
    }
}
