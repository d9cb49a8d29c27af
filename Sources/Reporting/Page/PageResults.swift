internal import Evaluation
internal import Moderation

/// The main tables, label by label; those of further settings stand folded below the main one's.
struct PageResults {
    private let input: ReportInput
    private let figures: PageFigures

    init(_ page: PageInput) {
        input = page.report
        figures = PageFigures(page)
    }

    var section: PageSection {
        let labels = input.comparison.labels.indices.map(html)
        let legend = HTMLDocument.folded(
            "How to read the tables",
            HTMLDocument().html(Array(EndingSection.legend(input.comparison).dropFirst())))
        let title: Inline =
            input.comparison.labels.count == 1 ? "Results for \(input.comparison.labels[0].label)" : "Results"
        return PageSection("results", title, name: "Results", .joined(labels + [legend], separator: "\n"))
    }

    private func html(ofLabel index: Int) -> HTML {
        let settings = input.settings.indices.map { html($0, label: index) }
        let label = input.comparison.labels[index].label
        let title = input.comparison.labels.count > 1 ? HTML.element("h3", [:], HTML("\(label)")) : ""
        return .joined([title] + settings, separator: "\n")
    }

    private func html(_ setting: Int, label index: Int) -> HTML {
        let comparison = input.settings[setting].comparison
        let label = comparison.labels[index]
        let content = HTML.joined([
            .element("p", ["class": "muted"], HTML(LabelText.images(label, comparison) + ".")),
            PageTable(label, split: input.settings.count > 1 ? input.settings[setting].name : nil).html,
            .element(
                "div", ["class": setting == 0 ? "beside" : nil], setting == 0 ? figures.plane(of: label.label) : "",
                .element("div", [:], HTMLDocument().html(LabelSection.abilities(label)))),
        ])
        guard input.settings.count > 1 else { return content }
        let summary = HTML.joined(["Split ", .element("code", [:], HTML(input.settings[setting].name))])
        return .element(
            "details", ["name": "splits-of-\(index)", "open": setting == 0 ? "" : nil],
            .element("summary", [:], summary), content)
    }
}
