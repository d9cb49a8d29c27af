internal import Foundation

/// Elements of Scalable Vector Graphics 1.1, as text; lengths are user units with one decimal.
enum SVG {
    /// How a text is aligned at its point.
    enum Anchor: String {
        case start, middle, end
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" \(styled(name))/>"
    }

    static func rectangle(
        _ x: Double, _ y: Double, width: Double, height: Double, class name: String, radius: Double = 0
    ) -> String {
        "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
            + (radius > 0 ? " rx=\"\(number(radius))\"" : "") + " \(styled(name))/>"
    }

    static func polyline(_ points: [(x: Double, y: Double)], class name: String) -> String {
        let list = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        return "<polyline points=\"\(list)\" \(styled(name))/>"
    }

    static func path(_ description: String, x: Double, y: Double, class name: String) -> String {
        "<path d=\"\(description)\" transform=\"translate(\(number(x)) \(number(y)))\" \(styled(name))/>"
    }

    static func text(
        _ text: String, x: Double, y: Double, _ anchor: Anchor = .start, class name: String, isVertical: Bool = false
    ) -> String {
        let turn = isVertical ? " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" : ""
        return "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor.rawValue)\" "
            + "\(styled(name))\(turn)>\(escaped(text))</text>"
    }

    /// The attribute for `names`, classes of the style sheet: their prefix keeps a page's own classes apart.
    private static func styled(_ names: String) -> String {
        let classes = names.split(separator: " ").map { SeriesStyle.prefix + $0 }
        return "class=\"\(classes.joined(separator: " "))\""
    }

    /// A length with one decimal.
    static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    /// `text` as character data; control characters are not allowed in XML.
    static func escaped(_ text: String) -> String {
        text.withoutControls.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
