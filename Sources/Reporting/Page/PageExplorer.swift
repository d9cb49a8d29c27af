internal import Evaluation
internal import Moderation

/// The threshold slider: what base model and adapters do at other thresholds than the declared one.
struct PageExplorer {
    private let page: PageInput
    private let tables: [ExplorerTable]
    private let figures: [ExplorerFigure?]

    init(_ page: PageInput) {
        self.page = page
        let comparison = page.report.comparison
        tables = page.explorations.map { ExplorerTable($0, comparison) }
        figures = zip(page.explorations, tables).map { exploration, table in
            ExplorerFigure(
                exploration, comparison.labels.first { $0.label == exploration.label }, declared: table.declared)
        }
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
                ExplorerData(Array(zip(tables, figures))).html,
            ]))
    }

    private var controls: HTML {
        .element(
            "div", ["class": "controls"], choice, slider, number,
            .element("button", ["type": "button", "disabled": ""], HTML("Back to the declared \(threshold)")))
    }

    /// Hidden where there is nothing to choose.
    private var choice: HTML {
        let options = page.explorations.enumerated().map { place, exploration in
            HTML.element("option", ["value": "\(place)"], HTML("\(exploration.label)"))
        }
        return .element(
            "div", ["hidden": options.count == 1 ? "" : nil], label("explored-label", "Label"),
            .element("select", ["id": "explored-label"], of: options))
    }

    /// Steps through the thresholds by their places; a listener hears the threshold.
    private var slider: HTML {
        .element(
            "div", ["class": "slide"], label("explored-threshold", "Threshold "),
            .element("span", ["class": "chosen", "aria-hidden": "true"], HTML(threshold)),
            .void(
                "input",
                [
                    "type": "range", "id": "explored-threshold", "min": "0",
                    "max": "\(tables[0].confidences.count - 1)", "value": "\(tables[0].declared)", "step": "1",
                    "aria-valuetext": threshold, "autocomplete": "off",
                ]))
    }

    private var number: HTML {
        .element(
            "div", [:], label("explored-number", "In percent"),
            .void(
                "input",
                [
                    "type": "number", "id": "explored-number", "min": "\(tables[0].confidences.first ?? 0)",
                    "max": "\(tables[0].confidences.last ?? 100)", "step": "any", "autocomplete": "off",
                ]))
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
            tables.indices.map { place in
                ExplorerPanel(
                    page.explorations[place], tables[place], figures[place], comparison: page.report.comparison
                ).html(isShown: place == 0)
            })
    }
}
