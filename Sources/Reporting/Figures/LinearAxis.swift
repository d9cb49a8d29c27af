internal import Evaluation
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

/// The square in which shares stand against shares: grid, ticks and titles.
struct SharePlot {
    let horizontal: LinearAxis
    let vertical: LinearAxis

    /// Grid, ticks and the axes' titles.
    func frame(horizontalTitle: String, verticalTitle: String) -> [String] {
        grid + [
            SVG.text(
                horizontalTitle, x: (horizontal.start + horizontal.end) / 2, y: vertical.start + 38, .middle,
                class: "muted"),
            SVG.text(
                verticalTitle, x: horizontal.start - 40, y: (vertical.start + vertical.end) / 2, .middle,
                class: "muted", isVertical: true),
        ]
    }

    private var grid: [String] {
        let columns = horizontal.ticks.flatMap { tick in
            let x = horizontal.position(of: tick)
            return [
                SVG.line(x, vertical.start, x, vertical.end, class: tick == horizontal.least ? "zero" : "grid"),
                SVG.text(horizontal.text(tick), x: x, y: vertical.start + 19, .middle, class: "tick muted"),
            ]
        }
        let rows = vertical.ticks.flatMap { tick in
            let y = vertical.position(of: tick)
            return [
                SVG.line(horizontal.start, y, horizontal.end, y, class: tick == vertical.least ? "zero" : "grid"),
                SVG.text(vertical.text(tick), x: horizontal.start - 8, y: y + 4, .end, class: "tick muted"),
            ]
        }
        return columns + rows
    }

    func place(_ horizontalShare: Double, _ verticalShare: Double) -> (x: Double, y: Double) {
        (horizontal.position(of: horizontalShare), vertical.position(of: verticalShare))
    }

    /// A whisker along one axis at `place`, with a cap at each end that is not cut off.
    func whisker(_ interval: Interval, isVertical: Bool, at place: (x: Double, y: Double), class name: String)
        -> [String]
    {
        let axis = isVertical ? vertical : horizontal
        let (lower, upper) = (axis.position(of: interval.lower), axis.position(of: interval.upper))
        let line = { (along: (Double, Double), across: (Double, Double)) in
            isVertical
                ? SVG.line(place.x + across.0, along.0, place.x + across.1, along.1, class: name)
                : SVG.line(along.0, place.y + across.0, along.1, place.y + across.1, class: name)
        }
        let ends = (interval.lower >= axis.least ? [lower] : []) + (interval.upper <= axis.most ? [upper] : [])
        return [line((lower, upper), (0, 0))] + ends.map { line(($0, $0), (-3, 3)) }
    }
}
