internal import Evaluation
internal import Moderation

/// The main table of a label, of the same cells as in Markdown and terminal.
struct PageTable {
    let html: HTML

    /// - Parameter split: the name of the setting, where there are several.
    init(_ label: LabelComparison, split: String?) {
        let table = ResultTable(label)
        let caption = "Results for \(label.label)" + (split.map { ", split \($0)" } ?? "")
        let rows = table.rows.enumerated().map { place, row in
            PageTable.row(row, series: SeriesStyle.series(ofModel: place))
        }
        html = .joined([
            HTMLDocument.scrolling(
                caption,
                .element(
                    "table", ["class": "results"], HTMLDocument.caption(caption), PageTable.head,
                    .element("tbody", [:], of: rows))),
            HTMLDocument.notes(table.notes.lines),
        ])
    }

    private static let head = HTML.element(
        "thead", [:],
        .element(
            "tr", [:],
            of: [.element("th", ["scope": "col", "rowspan": "2"], "Adapter")]
                + ErrorKind.allCases.map { kind in
                    .element("th", ["scope": "colgroup", "colspan": "3", "class": "group first"], HTML(kind.name))
                } + [
                    .element(
                        "th", ["scope": "col", "rowspan": "2", "class": "number"], HTMLDocument.columnHead("Flagged ↓"))
                ]),
        .element("tr", [:], of: ErrorKind.allCases.flatMap { columns(of: $0) }))

    private static func columns(of kind: ErrorKind) -> [HTML] {
        [
            .element(
                "th", ["scope": "col", "class": "first"], HTMLDocument.columnHead(HTML("\(kind.abbreviation) ↓"))),
            .element("th", ["scope": "col"], HTMLDocument.columnHead("Improvement ↑")),
            .element("th", ["scope": "col"], "Verdict"),
        ]
    }

    private static func row(_ row: ResultTable.Row, series: Int?) -> HTML {
        .element(
            "tr", ["class": series == nil ? "base" : nil],
            of: [.element("th", ["scope": "row"], SeriesMark.html(series), HTML(row.name))]
                + ErrorKind.allCases.flatMap { cells(row.errors[$0]) }
                + [.element("td", ["class": "number"], HTML(row.flagged))])
    }

    private static func cells(_ cells: ResultTable.Cells) -> [HTML] {
        [
            .element(
                "td", ["class": "first"], HTML("\(cells.count) "),
                .element("small", [:], HTML("of \(cells.images) (\(cells.rate))"))),
            .element("td", [:], HTML(cells.improvement)),
            .element("td", [:], cells.verdict.map(verdict) ?? ""),
        ]
    }

    private static func verdict(_ verdict: Verdict) -> HTML {
        let style =
            switch verdict {
            case .improved: "verdict improved"
            case .worse: "verdict worse"
            case .noEvidence, .testSetTooSmall: "verdict"
            }
        return .element("span", ["class": style], HTML(verdict.word))
    }
}

/// The mark of a series beside its name, as in the figures.
enum SeriesMark {
    /// The mark of adapter `series`; `nil` is the base model.
    static func html(_ series: Int?) -> HTML {
        HTML(
            trusted: "<svg class=\"mark\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\">"
                + SeriesStyle.mark(series, at: (0, 0)) + "</svg>")
    }
}
