import Reporting
import Testing

@Suite struct SnapshotTests {
    @Test(arguments: Fixtures.all.map(\.name)) func reportsAreAsRecorded(name: String) throws {
        let fixture = try #require(Fixtures.all.first { $0.name == name })
        let input = try fixture.make()
        try Snapshot.expect(Report.markdown(input), named: "\(name).md")
        try Snapshot.expect(Report.terminal(input), named: "\(name).txt")
        try Snapshot.expect(Report.csv(input), named: "\(name).csv")
        if let promises = Report.promisesCSV(input) { try Snapshot.expect(promises, named: "\(name)-promises.csv") }
        if let stillWrong = Report.stillWrongCSV(input) {
            try Snapshot.expect(stillWrong, named: "\(name)-still-wrong.csv")
        }
        try Snapshot.expect(try Report.json(input), named: "\(name).json")
        for file in Report.curveFiles(input) { try Snapshot.expect(file.text, named: "\(name)-\(file.name)") }
    }

    @Test func figuresAreAsRecorded() throws {
        let page = try ExploredFixtures.page(adapters: 3, repeats: 1).page
        for file in Report.figureFiles(page) { try Snapshot.expect(file.text, named: "explored-\(file.name)") }
        let reliability = try #require(Report.explorationFiles(page).first { $0.name == "reliability.csv" })
        try Snapshot.expect(reliability.text, named: "explored-reliability.csv")
    }

    @Test func styleAddsOnlyEmphasis() throws {
        let input = try Fixtures.repeated()
        let styled = Report.terminal(input, styled: true)
        #expect(styled.contains("\u{1B}[32mimproved"))
        let escapes = try Regex("\u{1B}\\[[0-9]+m")
        #expect(styled.replacing(escapes, with: "") == Report.terminal(input))
    }
}
