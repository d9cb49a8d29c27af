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

    /// The marker of series `index`: where colours come round again, the markers have moved on by one.
    static func marker(_ index: Int) -> String {
        markers[(index + index / colors.count) % markers.count]
    }

    /// The class that colours the lines of series `index`.
    static func lineClass(_ index: Int) -> String { "line l\(index % colors.count)" }

    /// The class that colours the whiskers of series `index`.
    static func whiskerClass(_ index: Int) -> String { "whisker l\(index % colors.count)" }

    /// The class that colours the markers of series `index`.
    static func markerClass(_ index: Int) -> String { "marker m\(index % colors.count)" }

    /// The style sheet: dark where the reader's system is.
    static var sheet: String {
        """
        text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
        .title{font-weight:600;font-size:13px}.tick{font-size:11px}
        .grid{stroke-width:1}.zero{stroke-width:1.2}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}.whisker{fill:none;stroke-width:1.4;stroke-opacity:.6}
        .marker{stroke-width:1}
        .paper{fill:#fff}.ink{fill:#1f2328}.muted{fill:#59636e}.grid{stroke:#e4e8ec}.zero{stroke:#818b98}.marker{stroke:#fff}
        \(classes(\.light))
        @media (prefers-color-scheme:dark){
        .paper{fill:#0d1117}.ink{fill:#f0f6fc}.muted{fill:#9198a1}.grid{stroke:#262c36}.zero{stroke:#7d8590}.marker{stroke:#0d1117}
        \(classes(\.dark))
        }
        """
    }

    private static func classes(_ color: ((light: String, dark: String)) -> String) -> String {
        colors.map(color).enumerated().map { ".l\($0){stroke:\($1)}.m\($0){fill:\($1)}" }.joined()
    }
}
