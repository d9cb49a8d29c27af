internal import Evaluation
internal import Moderation

/// The first section: what was asked and what came out.
enum PageAnswer {
    static func section(_ input: ReportInput) -> PageSection {
        let warnings = OpeningSection.warnings(input).map {
            HTML.element("p", ["class": "warning"], .element("strong", [:], "Note: "), HTMLDocument.html($0))
        }
        let (question, rest) = parts(of: input.question)
        let title = question.isEmpty ? "What came out" : question
        return PageSection(
            "answer", Inline(title), name: "Answer",
            .joined([folded(rest), answers(input)] + warnings, separator: "\n"))
    }

    /// The head comment up to its first indented line, which is a command, and what follows.
    private static func parts(of text: String) -> (question: String, rest: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let end = lines.firstIndex { $0.first?.isWhitespace == true || $0.hasPrefix("Expected:") } ?? lines.count
        return (lines[..<end].joined(separator: " "), lines[end...].joined(separator: "\n"))
    }

    private static func folded(_ rest: String) -> HTML {
        guard !rest.isEmpty else { return "" }
        return HTMLDocument.folded(
            "What else the experiment file says", HTMLDocument.commands([rest]), class: "asked")
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
