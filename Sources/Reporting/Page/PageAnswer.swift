internal import Evaluation
internal import Moderation

/// The first section: what was asked and what came out.
enum PageAnswer {
    static func section(_ input: ReportInput) -> PageSection {
        let warnings = OpeningSection.warnings(input).map {
            HTML.element("p", ["class": "warning"], .element("strong", [:], "Note: "), HTMLDocument.html($0))
        }
        return PageSection(
            "answer", "What was asked, and the answer", name: "Answer",
            .joined([question(input.question), answers(input)] + warnings, separator: "\n"))
    }

    /// The head comment up to its first indented line, which is a command; the rest folded.
    private static func question(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let end = lines.firstIndex { $0.first?.isWhitespace == true || $0.hasPrefix("Expected:") } ?? lines.count
        let rest = lines[end...].joined(separator: "\n")
        return .element(
            "div", ["class": "question"], .element("p", [:], HTML(lines[..<end].joined(separator: " "))),
            rest.isEmpty
                ? "" : HTMLDocument.folded("What the experiment file says of it", HTMLDocument.commands([rest])))
    }

    /// Of several settings, the main one's answers; the others' are folded.
    private static func answers(_ input: ReportInput) -> HTML {
        let answers = Answer.all(input).map { HTMLDocument.html(Inline($0)) }
        let main = input.comparison.labels.count
        let others = answers.dropFirst(main)
        let list = { (answers: [HTML]) in HTML.element("ul", [:], of: answers.map { .element("li", [:], $0) }) }
        let first =
            main == 1
            ? .element("p", ["class": "answer"], answers[0])
            : HTML.element("ul", ["class": "answer"], of: answers.prefix(main).map { .element("li", [:], $0) })
        return .joined([
            first, others.isEmpty ? "" : HTMLDocument.folded("Answers of the other splits", list(Array(others))),
        ])
    }
}
