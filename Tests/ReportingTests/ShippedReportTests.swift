import Foundation
import Reporting
import TestSupport
import Testing

/// The committed reports are what the committed comparison says, and README shows one of them.
@Suite struct ShippedReportTests {
    static let reports = [
        "marketplace/alcohol", "marketplace/learning-curve", "marketplace/weapons", "marketplace/weapons-guaranteed",
        "moderato/accuracy", "moderato/smoke",
    ]

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Oracle.projectRoot.appending(path: path), encoding: .utf8)
    }

    @Test(arguments: reports) func everyFileFollowsFromTheComparison(report: String) throws {
        let folder = "Results/\(report)"
        let json = try text("\(folder)/comparison.json")
        let input = try Report.input(fromJSON: json)
        #expect(try Report.json(input) == json)
        #expect(try Report.markdown(input) == text("\(folder)/report.md"))
        #expect(try Report.csv(input) == text("\(folder)/comparison.csv"))
        for (name, csv) in [
            ("promises.csv", Report.promisesCSV(input)), ("still-wrong.csv", Report.stillWrongCSV(input)),
        ] {
            if let csv { #expect(try csv == text("\(folder)/\(name)")) }
        }
        // What follows from the comparison alone; the other figures need the scores.
        for file in Report.figureFiles(PageInput(report: input, explorations: [], galleries: [])) {
            #expect(try file.text == text("\(folder)/\(file.name)"))
        }
        for name in Report.markdown(input).matches(of: /!\[[^\]]*\]\(([^)]+)\)/).map(\.output.1) {
            #expect(throws: Never.self) { try text("\(folder)/\(name)") }
        }
        for file in Report.curveFiles(input) { #expect(try file.text == text("\(folder)/\(file.name)")) }
        #expect(input.failures.isEmpty)
    }

    @Test func theTableInREADMEIsTheCommittedOne() throws {
        let input = try Report.input(fromJSON: text("Results/marketplace/weapons/comparison.json"))
        let table = Report.terminal(input).trimmingCharacters(in: .newlines)
        #expect(try text("README.md").contains("$ moderato run Experiments/weapons.yaml\n\(table)\n```"))
    }
}
