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

    private struct Agreement: Codable {
        var rows: Int
        var lines: Int
        var missing: [String]
    }
}
