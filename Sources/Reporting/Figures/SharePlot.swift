internal import Evaluation

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
