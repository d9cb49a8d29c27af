internal import Evaluation
internal import Moderation

/// The threshold slider: what base model and adapters do at other thresholds than the declared one.
struct PageExplorer {
    private let page: PageInput
    private let tables: [ExplorerTable]

    init(_ page: PageInput) {
        self.page = page
        tables = page.explorations.map { ExplorerTable($0, page.report.comparison) }
    }

    /// None where nothing was computed to explore.
    var section: PageSection? {
        guard !tables.isEmpty else { return nil }
        let setting = page.report.settings.count > 1 ? " of the split `\(page.report.settings[0].name)`" : ""
        let opening: Inline = """
            What would happen if base model and adapters were cut at another threshold, both at the same one, on the test \
            images\(setting). Numbers and intervals are those of the tables' formulas; there are no verdicts here.
            """
        return PageSection(
            "thresholds", "At other thresholds", name: "Thresholds",
            .joined([
                .element("p", [:], HTMLDocument.html(opening)),
                .element("noscript", [:], .element("p", ["class": "warning"], "The slider needs JavaScript.")),
                .element(
                    "div", ["class": "explorer needs-script", "hidden": ""], controls, claim, panels, PageExplorer.live),
                ExplorerData(tables).html,
            ]))
    }

    private var controls: HTML {
        let options = page.explorations.enumerated().map { place, exploration in
            HTML.element("option", ["value": "\(place)"], HTML("\(exploration.label)"))
        }
        let (declared, threshold) = (tables[0].declared, self.threshold)
        return .element(
            "div", ["class": "controls"],
            .element(
                "div", [:], label("explored-label", "Label"), .element("select", ["id": "explored-label"], of: options)),
            .element(
                "div", ["class": "slide"],
                label("explored-threshold", "Threshold "),
                .element("span", ["class": "chosen", "aria-hidden": "true"], HTML(threshold)),
                .void(
                    "input",
                    [
                        "type": "range", "id": "explored-threshold", "min": "0",
                        "max": "\(tables[0].confidences.count - 1)", "value": "\(declared)", "step": "1",
                        "aria-valuetext": threshold, "autocomplete": "off",
                    ])),
            .element(
                "div", [:], label("explored-number", "In percent"),
                .void(
                    "input",
                    [
                        "type": "number", "id": "explored-number", "min": "\(tables[0].confidences.first ?? 0)",
                        "max": "\(tables[0].confidences.last ?? 100)", "step": "any", "autocomplete": "off",
                    ])),
            .element("button", ["type": "button", "disabled": ""], HTML("Back to the declared \(threshold)")))
    }

    private func label(_ id: String, _ text: String) -> HTML { .element("label", ["for": id], HTML(text)) }

    /// The declared threshold as it was written.
    private var threshold: String { NumberText.threshold(page.report.comparison.thresholdConfidence) }

    private var claim: HTML {
        let declared = "The declared threshold of \(threshold): the numbers of the tables, where their verdicts stand."
        let exploring = "A threshold picked here is picked on the test images: it claims nothing about other images."
        return .element(
            "p", ["class": "claim", "data-declared": declared, "data-exploring": exploring], HTML(declared))
    }

    /// What has changed, said to those who listen.
    private static let live = HTML.element("p", ["class": "unseen", "aria-live": "polite"])

    private var panels: HTML {
        .joined(
            zip(page.explorations, tables).enumerated().map { place, explored in
                panel(explored.0, explored.1, isShown: place == 0)
            })
    }

    private func panel(_ exploration: LabelExploration, _ table: ExplorerTable, isShown: Bool) -> HTML {
        let step = table.steps[table.declared]
        let width = step.cells.count / table.names.count
        let rows = table.names.enumerated().map { place, name in
            let cells = step.cells[place * width..<(place + 1) * width].map { HTML.element("td", [:], HTML($0)) }
            let title = HTML.element("th", ["scope": "row"], SeriesMark.html(place == 0 ? nil : place - 1), HTML(name))
            return HTML.element("tr", ["class": place == 0 ? "base" : nil], of: [title] + cells)
        }
        let caption = "\(exploration.label) at the chosen threshold"
        return .element(
            "div", ["class": "panel", "hidden": isShown ? nil : ""],
            HTMLDocument.scrolling(
                caption,
                .element(
                    "table", ["class": "results"], HTMLDocument.caption(caption), head(of: exploration.label),
                    .element("tbody", [:], of: rows))),
            .element("p", ["class": "notes"], HTML(step.notes)))
    }

    private func head(of label: Label) -> HTML {
        let base = page.report.comparison.labels.first { $0.label == label }?.base
        let columns = ErrorKind.allCases.flatMap { kind in
            let images = base.map { NumberText.count($0.errors[kind].images, repeats: $0.repeats) }
            return [
                "\(kind.abbreviation) ↓" + (images.map { " of \($0)" } ?? ""), "\(kind.abbreviation) improvement ↑",
            ]
        }
        return .element(
            "thead", [:],
            .element(
                "tr", [:],
                of: (["Adapter"] + columns + ["Flagged ↓"]).map { .element("th", ["scope": "col"], HTML($0)) }))
    }
}
