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
            .joined([folded(rest), answer(input)] + warnings, separator: "\n"))
    }

    /// The head comment up to the first line that ends a sentence, or before a line that is empty, indented or an expectation;
    /// and what follows.
    private static func parts(of text: String) -> (question: String, rest: [String]) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let others = lines.firstIndex { $0.first?.isWhitespace != false || $0.hasPrefix("Expected:") } ?? lines.count
        let sentence = lines.firstIndex { $0.hasSuffix("?") || $0.hasSuffix(".") } ?? lines.count
        let end = min(others, sentence + 1)
        return (lines[..<end].joined(separator: " "), lines[end...].filter { !$0.isEmpty })
    }

    /// Indented lines are commands.
    private static func folded(_ lines: [String]) -> HTML {
        guard !lines.isEmpty else { return "" }
        let blocks = lines.reduce(into: [Block]()) { blocks, line in
            switch (blocks.last, line.first?.isWhitespace == true) {
            case (.commands(let above), true): blocks[blocks.count - 1] = .commands(above + [trimmed(line)])
            case (_, true): blocks.append(.commands([trimmed(line)]))
            case (.paragraph(let above), false): blocks[blocks.count - 1] = .paragraph(above + Inline(" " + line))
            case (_, false): blocks.append(.paragraph(Inline(line)))
            }
        }
        return HTMLDocument.folded("What else the experiment file says", HTMLDocument().html(blocks), class: "asked")
    }

    private static func trimmed(_ line: String) -> String { String(line.drop(while: \.isWhitespace)) }

    /// The answer large, what belongs to it below.
    private static func answer(_ input: ReportInput) -> HTML {
        let blocks = HTMLDocument().html(AnswerSection.blocks(input))
        return .element("div", ["class": "answer"], blocks)
    }
}
