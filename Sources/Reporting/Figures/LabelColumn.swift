/// Names beside a plot, each at the height it asks for as far as the others leave room.
enum LabelColumn {
    static let lineHeight = 18.0

    /// Heights for names that ask for `wanted`, in that order from top to bottom where they can be, no two of them closer
    /// than a line, within `range` where it has room for all.
    static func heights(_ wanted: [Double], within range: ClosedRange<Double>) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var heights = wanted
        var lowest = range.lowerBound
        for index in order {
            heights[index] = max(wanted[index], lowest)
            lowest = heights[index] + lineHeight
        }
        var highest = range.upperBound
        for index in order.reversed() {
            heights[index] = min(heights[index], highest)
            highest = heights[index] - lineHeight
        }
        return heights
    }
}
