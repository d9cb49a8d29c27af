internal import Evaluation
internal import Moderation

/// The learning curves of one label as a picture: a column for each split, false negatives above false positives.
struct CurveFigure {
    /// The picture as a file of Scalable Vector Graphics, which needs no other file.
    let svg: String

    private static let margin = 16.0
    private static let legendLine = 22.0

    /// The figure of `curves`, all of one label and at least one, its series in the order of `adapters`.
    init(_ curves: [LearningCurve], adapters: [String]) {
        let drawn = adapters.filter { name in curves.contains { $0.adapters.contains { $0.adapter == name } } }
        let series = Dictionary(zip(drawn, drawn.indices)) { first, _ in first }
        let width = 2 * CurveFigure.margin + Double(curves.count) * CurvePanel.width
        let legend = CurveFigure.legend(drawn, width: width)
        let top = CurveFigure.margin + 28 + Double(legend.lines) * CurveFigure.legendLine
        let panels = ErrorKind.allCases.enumerated().flatMap { row, kind in
            curves.enumerated().flatMap { column, curve in
                CurvePanel(
                    curve, kind, kin: curves,
                    at: (
                        x: CurveFigure.margin + Double(column) * CurvePanel.width,
                        y: top + Double(row) * CurvePanel.height
                    ), series: series
                ).elements
            }
        }
        let title = "\(curves.first?.label.description ?? ""): improvement over the base model, 95% intervals"
        let height = top + Double(ErrorKind.allCases.count) * CurvePanel.height + 4
        svg =
            ([
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\" "
                    + "width=\"\(SVG.number(width))\" height=\"\(SVG.number(height))\" role=\"img\">",
                "<title>\(SVG.escaped(title))</title>", "<style>\(SeriesStyle.sheet)</style>",
                SVG.rectangle(0, 0, width: width, height: height, class: "paper", radius: 8),
                SVG.text(title, x: CurveFigure.margin + 4, y: CurveFigure.margin + 14, class: "title ink"),
            ] + legend.elements + panels + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// Marker and name of each series, in as many lines as it takes.
    private static func legend(_ adapters: [String], width: Double) -> (elements: [String], lines: Int) {
        var x = margin + 10
        var line = 0
        var elements: [String] = []
        for (index, name) in adapters.enumerated() {
            // System fonts of 12 units are about 7 wide.
            let advance = 30 + 7 * Double(name.displayWidth)
            if x + advance > width - margin && x > margin + 10 {
                x = margin + 10
                line += 1
            }
            let y = margin + 36 + Double(line) * legendLine
            elements += [
                SVG.line(x - 6, y, x + 10, y, class: SeriesStyle.lineClass(index)),
                SVG.path(SeriesStyle.marker(index), x: x + 2, y: y, class: SeriesStyle.markerClass(index)),
                SVG.text(name, x: x + 16, y: y + 4, class: "ink"),
            ]
            x += advance
        }
        return (elements, line + 1)
    }
}
