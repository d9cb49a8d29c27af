internal import Evaluation
internal import Moderation

/// The learning curves of one label as a picture: a column for each split, false negatives above false positives.
struct CurveFigure {
    /// The picture as a file of Scalable Vector Graphics, which needs no other file.
    let svg: String

    private static let margin = Figure.margin
    private static let legendLine = 22.0

    /// The figure of `curves`, all of one label and at least one, its series in the order of `adapters`.
    init(_ curves: [LearningCurve], adapters: [String], name: String) {
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
            Figure(
                name: name, title: title, description: CurveFigure.description(of: curves), width: width,
                height: height,
                elements: legend.elements + panels
            ).svg
    }

    /// Marker and name of each series, in as many lines as it takes.
    private static func legend(_ adapters: [String], width: Double) -> (elements: [String], lines: Int) {
        var x = margin + 10
        var line = 0
        var elements: [String] = []
        for (index, name) in adapters.enumerated() {
            let advance = 30 + Figure.width(of: name)
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

    /// The last point of each curve in words.
    private static func description(of curves: [LearningCurve]) -> String {
        let sentences = curves.flatMap { curve in
            curve.adapters.compactMap { adapter in
                adapter.points.last.map { point in
                    let changes = ErrorKind.allCases.map { kind in
                        "\(kind.name) " + (point.improvement[kind].measurement.map(NumberText.change) ?? "undefined")
                    }
                    return
                        "Split \(curve.split), \(adapter.adapter) at its largest size: \(changes.joined(separator: ", "))."
                }
            }
        }
        return sentences.joined(separator: " ")
    }
}
