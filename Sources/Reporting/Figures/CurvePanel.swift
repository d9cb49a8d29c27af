internal import Evaluation

/// One panel of a figure: the curves of all adapters for one label, split and kind of error, with whiskers for the
/// intervals; adapters stand a little beside one another so that whiskers can be told apart.
struct CurvePanel {
    static let width = 430.0
    static let height = 268.0

    /// The plot within the panel.
    private static let plot = (left: 58.0, right: 416.0, top: 34.0, bottom: 218.0)
    /// Between neighbouring series, in user units.
    private static let dodge = 5.0

    private let curve: LearningCurve
    private let kind: ErrorKind
    /// The place of the panel's corner.
    private let origin: (x: Double, y: Double)
    /// The series' numbers, by adapter.
    private let series: [String: Int]
    private let quantity: CurveQuantity
    private let horizontal: LogarithmicAxis
    private let vertical: ImprovementAxis

    /// The panel of `curve`, which shares what its axes count and the vertical one with all `kin`: they can be compared.
    init(
        _ curve: LearningCurve, _ kind: ErrorKind, kin: [LearningCurve], at origin: (x: Double, y: Double),
        series: [String: Int]
    ) {
        let points = curve.adapters.flatMap(\.points)
        let quantity = CurveQuantity(kin)
        let plot = CurvePanel.plot
        self.curve = curve
        self.kind = kind
        self.origin = origin
        self.series = series
        self.quantity = quantity
        horizontal = LogarithmicAxis(
            points.map(quantity.value), range: origin.x + plot.left...origin.x + plot.right)
        vertical = ImprovementAxis(
            kin.flatMap(\.adapters).flatMap(\.points).map { $0.improvement[kind] },
            range: origin.y + plot.top...origin.y + plot.bottom)
    }

    var elements: [String] {
        let drawings = curve.adapters.flatMap(drawing)
        return titles + grid + (drawings.isEmpty ? [emptiness] : drawings)
    }

    /// What stands in a panel without any point.
    private var emptiness: String {
        SVG.text(
            "undefined: the base model made none", x: (horizontal.range.lowerBound + horizontal.range.upperBound) / 2,
            y: (vertical.range.lowerBound + vertical.range.upperBound) / 2, .middle, class: "muted")
    }

    private var titles: [String] {
        let plot = CurvePanel.plot
        let middle = origin.x + (plot.left + plot.right) / 2
        return [
            SVG.text(
                "Split \(curve.split): \(kind.name)", x: origin.x + plot.left, y: origin.y + plot.top - 12,
                class: "title ink"),
            SVG.text(quantity.title, x: middle, y: origin.y + plot.bottom + 38, .middle, class: "muted"),
            SVG.text(
                "\(kind.abbreviation) improvement (%)", x: origin.x + 14, y: origin.y + (plot.top + plot.bottom) / 2,
                .middle, class: "muted", isVertical: true),
        ]
    }

    private var grid: [String] {
        let rows = vertical.ticks.flatMap { tick in
            let y = vertical.position(of: tick)
            let name = tick == 0 ? "zero" : "grid"
            return [
                SVG.line(horizontal.range.lowerBound, y, horizontal.range.upperBound, y, class: name),
                SVG.text(
                    NumberText.wholeNumber(tick * 100), x: horizontal.range.lowerBound - 8, y: y + 4, .end,
                    class: "tick muted"),
            ]
        }
        let sizes = Set(curve.adapters.flatMap(\.points).map { quantity.value(of: $0).rounded() })
        let columns = horizontal.ticks(Array(sizes)).flatMap { size in
            let x = horizontal.position(of: size)
            return [
                SVG.line(x, vertical.range.lowerBound, x, vertical.range.upperBound, class: "grid"),
                SVG.text(
                    NumberText.wholeNumber(size), x: x, y: vertical.range.upperBound + 19, .middle,
                    class: "tick muted"),
            ]
        }
        return columns + rows
    }

    private func drawing(_ adapter: AdapterCurve) -> [String] {
        let number = series[adapter.adapter] ?? 0
        let offset = (Double(number) - Double(series.count - 1) / 2) * CurvePanel.dodge
        let marks = adapter.points.compactMap { point -> (x: Double, measurement: Estimate.Measurement)? in
            guard let measurement = point.improvement[kind].measurement else { return nil }
            return (horizontal.position(of: quantity.value(of: point)) + offset, measurement)
        }
        let places = marks.map { (x: $0.x, y: vertical.position(of: $0.measurement.value)) }
        let isCut = marks.map { vertical.cuts($0.measurement.value) }
        return marks.flatMap { whisker($0.measurement, at: $0.x, number) }
            + marks.indices.dropFirst().filter { !(isCut[$0 - 1] && isCut[$0]) }.map {
                SVG.polyline([places[$0 - 1], places[$0]], class: SeriesStyle.lineClass(number))
            }
            + zip(places, isCut).map { place, isCut in
                isCut
                    ? arrow(place, number)
                    : SVG.path(
                        SeriesStyle.marker(number), x: place.x, y: place.y, class: SeriesStyle.markerClass(number))
            }
    }

    /// What stands for a point that lies below the axis.
    private func arrow(_ place: (x: Double, y: Double), _ number: Int) -> String {
        let tip = (x: place.x, y: place.y + 6)
        return SVG.polyline(
            [(tip.x - 4, tip.y - 5), tip, (tip.x + 4, tip.y - 5)], class: SeriesStyle.lineClass(number))
    }

    /// The interval; an arrow at its foot where it goes on below the axis.
    private func whisker(_ measurement: Estimate.Measurement, at x: Double, _ number: Int) -> [String] {
        guard let interval = measurement.interval else { return [] }
        let (top, foot) = (vertical.position(of: interval.upper), vertical.position(of: interval.lower))
        let name = SeriesStyle.whiskerClass(number)
        let end =
            vertical.cuts(interval.lower)
            ? SVG.polyline([(x - 3, foot - 4), (x, foot), (x + 3, foot - 4)], class: name)
            : SVG.line(x - 3, foot, x + 3, foot, class: name)
        return [SVG.line(x, top, x, foot, class: name), SVG.line(x - 3, top, x + 3, top, class: name), end]
    }
}
