/// How the series of a figure are told apart: by colour and by marker, so that neither alone has to do it.
enum SeriesStyle {
    /// Colours that people with colour-blindness tell apart (after Okabe and Ito 2008 and Tol 2021), on white and on dark.
    private static let colors: [(light: String, dark: String)] = [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8a3d"), ("#009e73", "#2fc7a0"), ("#aa3377", "#e38fc0"),
        ("#9a7400", "#e6c229"), ("#5b5b5b", "#b5b5b5"), ("#2f8fc4", "#a5dbff"), ("#882255", "#d77fa1"),
    ]

    /// Markers around (0, 0): circle, square, triangle, diamond, triangle down, plus, cross, pentagon.
    private static let markers = [
        "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z", "M-4 -4H4V4H-4Z", "M0 -5.2L5 4H-5Z",
        "M0 -5.6L5.6 0L0 5.6L-5.6 0Z", "M0 5.2L5 -4H-5Z", "M-1.7 -5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
        "M-4.9 -2.5L-2.5 -4.9L0 -2.4L2.5 -4.9L4.9 -2.5L2.4 0L4.9 2.5L2.5 4.9L0 2.4L-2.5 4.9L-4.9 2.5L-2.4 0Z",
        "M0 -5.2L4.9 -1.6L3.1 4.2H-3.1L-4.9 -1.6Z",
    ]

    /// The number of the series of the model at `index`: the base model, which comes first, has none.
    static func series(ofModel index: Int) -> Int? { index > 0 ? index - 1 : nil }

    /// The marker of series `index`: where colours come round again, the markers have moved on by one.
    static func marker(_ index: Int) -> String {
        markers[(index + index / colors.count) % markers.count]
    }

    /// The marker of the base model: a ring.
    static let baseMarker =
        "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0ZM-2.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1 -5 0Z"

    /// The class that colours the lines of series `index`; `nil` is the base model.
    static func lineClass(_ index: Int?) -> String { "line \(stroke(index))" }

    /// The class that colours the whiskers of series `index`.
    static func whiskerClass(_ index: Int?) -> String { "whisker \(index == nil ? "base-whisker" : stroke(index))" }

    /// The class that colours the markers of series `index`.
    static func markerClass(_ index: Int?) -> String {
        "marker " + (index.map { "m\($0 % colors.count)" } ?? "base-marker")
    }

    private static func stroke(_ index: Int?) -> String {
        index.map { "l\($0 % colors.count)" } ?? "base-line"
    }

    /// The marker of series `index` at a place.
    static func mark(_ index: Int?, at place: (x: Double, y: Double)) -> String {
        SVG.path(index.map(marker) ?? baseMarker, x: place.x, y: place.y, class: markerClass(index))
    }

    /// What all classes of figures begin with.
    static let prefix = "figure-"

    /// The style sheet of a file: dark where the reader's system is, but not in print.
    static var sheet: String {
        """
        \(shapes)
        \(colored { light, _ in light })
        @media screen and (prefers-color-scheme:dark){
        \(colored { _, dark in dark })
        }
        """
    }

    /// The style sheet of a page, which says itself whether it is dark: by its `color-scheme`, where browsers know
    /// `light-dark()`, as they do since 2024.
    static var pageSheet: String { "\(sheet)\n\(colored { "light-dark(\($0),\($1))" })\n" }

    /// All but colours.
    private static var shapes: String {
        """
        .moderato-figure text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
        .moderato-figure .figure-title{font-weight:600;font-size:13px}.moderato-figure .figure-tick{font-size:11px}
        \(rules([
            ("grid", "stroke-width:1"), ("zero", "stroke-width:1.2"), ("guide", "stroke-width:1.2;stroke-dasharray:4 4;fill:none"),
            ("leader", "stroke-width:1;stroke-opacity:.55;fill:none"),
            ("line", "fill:none;stroke-width:2;stroke-linejoin:round"),
            ("whisker", "fill:none;stroke-width:1.4;stroke-opacity:.5"), ("marker", "stroke-width:1"),
            ("base-line", "stroke-dasharray:5 3"),
        ]))
        """
    }

    private static func rules(_ rules: [(name: String, body: String)]) -> String {
        rules.map { ".\(prefix)\($0.name){\($0.body)}" }.joined()
    }

    /// Colours of everything but series, on white and on dark.
    private static let surroundings: [(name: String, property: String, light: String, dark: String)] = [
        ("paper", "fill", "#fff", "#0d1117"), ("ink", "fill", "#1f2328", "#f0f6fc"),
        ("muted", "fill", "#59636e", "#9198a1"), ("grid", "stroke", "#e4e8ec", "#262c36"),
        ("zero", "stroke", "#818b98", "#7d8590"), ("guide", "stroke", "#818b98", "#7d8590"),
        ("leader", "stroke", "#818b98", "#7d8590"), ("better", "fill", "#e3f4ea", "#12291d"),
        ("bar", "fill", "#c5ced8", "#3a434f"), ("marker", "stroke", "#fff", "#0d1117"),
        ("base-line", "stroke", "#1f2328", "#f0f6fc"), ("base-whisker", "stroke", "#1f2328", "#f0f6fc"),
        ("base-marker", "fill", "#1f2328", "#f0f6fc"),
    ]

    private static func colored(_ shade: (_ light: String, _ dark: String) -> String) -> String {
        let surroundings = surroundings.map { rule in
            (rule.name, "\(rule.property):\(shade(rule.light, rule.dark))")
        }
        let series = colors.enumerated().flatMap { index, color in
            let color = shade(color.light, color.dark)
            return [("l\(index)", "stroke:\(color)"), ("m\(index)", "fill:\(color)")]
        }
        return rules(surroundings + series)
    }
}
