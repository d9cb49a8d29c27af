import Evaluation
import Foundation
import Reporting
import TestSupport
import Testing

/// What can be said of the page's text without a browser.
@Suite struct PageTests {
    @Test func theSameInputGivesTheSameBytes() throws {
        #expect(Report.html(try PageFixtures.explored()) == Report.html(try PageFixtures.explored()))
    }

    /// All that `report.md` tells stands in the page as well: each paragraph, each item, each row of each table, cell by cell.
    @Test(arguments: Fixtures.all.map(\.name) + ["explored", "hostile"]) func thePageTellsWhatTheMarkdownTells(
        name: String
    ) throws {
        let page =
            switch name {
            case "explored": try PageFixtures.explored()
            case "hostile": try PageFixtures.hostile()
            default:
                PageInput(
                    report: try #require(Fixtures.all.first { $0.name == name }).make(), explorations: [], galleries: []
                )
            }
        // Python's `html.parser` reads the page and sees to it that all that opens is closed.
        let script = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Tests/ReportingTests/Oracles/page_text.py"), encoding: .utf8
        )
        let found = try Oracle.run(
            script, input: [Report.markdown(page.report), Report.html(page)], as: Agreement.self)
        #expect(found.missing == [])
        #expect(found.rows > 15 && found.lines > 20)
    }

    /// The title is the question, however long the comment is; what follows is prose and commands, folded.
    @Test(arguments: [
        ("Which is best?\n  moderato run a\n  moderato gate a\nExpected: half\na minute.", "Which is best?"),
        (
            "Which of all\nadapters is best?\nNobody knows. We try.\nExpected: half\na minute.",
            "Which of all adapters is best?"
        ),
        ("A first look\n\nExpected: half\na minute.", "A first look"),
        ("\n  moderato run a\nhalf\na minute.", "What came out"),
    ]) func theTitleIsTheQuestion(comment: String, title: String) throws {
        let report = try Fixtures.input(
            SyntheticExperiment().records(["a": .nothing]), adapters: ["a"], split: "all", question: comment)
        let page = Report.html(PageInput(report: report, explorations: [], galleries: []))
        #expect(page.contains("<h2 id=\"answer-title\">\(title)</h2>"))
        #expect(page.contains("half a minute.</p></details>"))
        #expect(page.contains("<code>moderato run a\nmoderato gate a</code>") == comment.contains("gate"))
    }

    /// Rows about the same thing follow one another, and an arrow stays with its word.
    @Test func tablesAreSetForReading() throws {
        let page = Report.html(PageInput(report: try Fixtures.settings(), explorations: [], galleries: []))
        let mean = "<th scope=\"row\">mean of 2 labels</th>"
        // Two adapters and two kinds of error, of which the first adapter's row opens.
        #expect(page.components(separatedBy: "<tr>\(mean)").count - 1 >= 2)
        #expect(page.contains("<tr class=\"again\">\(mean)"))
        #expect(page.contains("\u{A0}↑</th>") && !page.contains(" ↑</th>") && !page.contains(" ↓</th>"))
    }

    /// A single label is not offered for choice.
    @Test func oneLabelIsNoChoice() throws {
        let choice = "<div hidden=\"\"><label for=\"explored-label\">"
        #expect(Report.html(try PageFixtures.single()).contains(choice))
        #expect(!Report.html(try PageFixtures.explored()).contains(choice))
    }

    private struct Agreement: Codable {
        var rows: Int
        var lines: Int
        var missing: [String]
    }
}
