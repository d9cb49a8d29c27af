internal import Evaluation
internal import Moderation

/// The table and the figure of one label at the declared threshold; the page's script fills in others.
struct ExplorerPanel {
    private let label: Label
    private let base: BaseRow?
    private let table: ExplorerTable
    private let figure: ExplorerFigure?

    init(_ exploration: LabelExploration, _ table: ExplorerTable, _ figure: ExplorerFigure?, comparison: Comparison) {
        label = exploration.label
        base = comparison.labels.first { $0.label == exploration.label }?.base
        self.table = table
        self.figure = figure
    }

    func html(isShown: Bool) -> HTML {
        let caption = "\(label) at the chosen threshold"
        let step = table.steps[table.declared]
        return .element(
            "div", ["class": "panel", "hidden": isShown ? nil : ""],
            .element(
                "div", [:],
                HTMLDocument.scrolling(
                    caption,
                    .element(
                        "table", ["class": "results"], HTMLDocument.caption(caption), head,
                        .element("tbody", [:], of: rows(step)))),
                .element("p", ["class": "notes"], HTML(step.notes))),
            figure?.html ?? "")
    }

    private func rows(_ step: ExplorerTable.Step) -> [HTML] {
        let width = step.cells.count / table.names.count
        return table.names.enumerated().map { place, name in
            let cells = step.cells[place * width..<(place + 1) * width].map { HTML.element("td", [:], HTML($0)) }
            let mark = SeriesMark.html(SeriesStyle.series(ofModel: place))
            return HTML.element(
                "tr", ["class": place == 0 ? "base" : nil],
                of: [.element("th", ["scope": "row"], mark, HTML(name))] + cells)
        }
    }

    private var head: HTML {
        let columns = ErrorKind.allCases.flatMap { kind in
            let images = base.map { " of " + NumberText.count($0.errors[kind].images, repeats: $0.repeats) }
            return ["\(kind.abbreviation) ↓\(images ?? "")", "\(kind.abbreviation) improvement ↑"]
        }
        let titles = (["Adapter"] + columns + ["Flagged ↓"]).map {
            HTML.element("th", ["scope": "col"], HTMLDocument.columnHead(HTML($0)))
        }
        return .element("thead", [:], .element("tr", [:], of: titles))
    }
}
