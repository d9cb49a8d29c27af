internal import Moderation

/// A picture as a file of Scalable Vector Graphics, which needs no other file and may also stand within a page: its classes
/// and ids are its own.
struct Figure {
    let svg: String

    static let margin = 16.0

    /// - Parameters:
    ///   - name: the name of the file without its ending, which no other figure of a report has.
    ///   - title: what is shown, also above the picture.
    ///   - description: what a reader who cannot see the picture is told of it.
    ///   - elements: what is drawn, in user units.
    init(
        name: String, title: String, description: String, width: Double, height: Double, elements: [String]
    ) {
        let size = (width: SVG.number(width), height: SVG.number(height))
        svg =
            ([
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"moderato-figure\" "
                    + "viewBox=\"0 0 \(size.width) \(size.height)\" width=\"\(size.width)\" height=\"\(size.height)\" "
                    + "role=\"img\" aria-labelledby=\"\(name)-title\" aria-describedby=\"\(name)-description\">",
                "<title id=\"\(name)-title\">\(SVG.escaped(title))</title>",
                "<desc id=\"\(name)-description\">\(SVG.escaped(description))</desc>",
                "<style>\(SeriesStyle.sheet)</style>",
                SVG.rectangle(0, 0, width: width, height: height, class: "paper", radius: 8),
                SVG.text(title, x: Figure.margin + 4, y: Figure.margin + 14, class: "title ink"),
            ] + elements + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// Lines of smaller text below the title.
    static func subtitle(_ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in
            SVG.text(line, x: margin + 4, y: margin + 32 + 16 * Double(index), class: "muted")
        }
    }

    /// The width of `text` in a system font of 12 units, about.
    static func width(of text: String) -> Double { 7 * Double(text.displayWidth) }
}

/// Names for the figures of labels: `plane-Violence-Weapons`.
struct FigureNames {
    private let prefix: String
    private var taken: Set<String> = []

    init(_ prefix: String) {
        self.prefix = prefix
    }

    /// The name of the figure of `label`: letters and digits of its path, the rest as dashes; none comes twice.
    mutating func next(_ label: Label) -> String {
        let parts = label.description.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var name = "\(prefix)-\(parts.joined(separator: "-"))"
        while !taken.insert(name).inserted { name += "-2" }
        return name
    }
}
