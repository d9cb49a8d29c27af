import Evaluation
import Foundation
import Reporting
import Testing

@Suite struct TerminalTests {
    @Test(arguments: Fixtures.all.map(\.name)) func columnsLineUp(name: String) throws {
        let input = try #require(Fixtures.all.first { $0.name == name }).make()
        let lines = Report.terminal(input).split(separator: "\n").map(String.init)
        let headers = lines.indices.filter { lines[$0].hasPrefix("adapter ") }
        #expect(headers.count == input.settings[0].comparison.labels.count)
        for header in headers {
            let rows = lines[header...].prefix(input.settings[0].comparison.labels[0].adapters.count + 2)
            #expect(Set(rows.map(\.count)).count == 1, "\(rows)")
        }
    }

    @Test func wideNamesTakeTheirColumns() throws {
        let experiment = SyntheticExperiment()
        let names = ["リッジ", "e\u{301}le\u{300}ve", "🍺", "plain"]
        let records = names.flatMap { name in experiment.records([name: .init(fixedMisses: 8)]) }
        let text = Report.terminal(try Fixtures.input(records, adapters: names, split: "all"))
        let places = names.map { name in
            // Each is followed by spaces up to the same column: 6, 5, 2 and 5 columns wide.
            text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.map {
                $0.dropFirst(name.count).prefix { $0 == " " }.count
            }
        }
        #expect(places.map { $0 ?? 0 } == [6, 7, 10, 7].map { $0 + (places[0] ?? 0) - 6 })
    }

    @Test func controlCharactersDoNotReachTheTerminal() throws {
        let records = SyntheticExperiment().records(["ridge\u{1B}[2J": .init(fixedMisses: 8)])
        let input = try Fixtures.input(
            records, adapters: ["ridge\u{1B}[2J"], split: "all",
            failures: [.init(adapter: "bias", repetition: 0, message: "bad\u{7}\rname")])
        let controls = Report.terminal(input).unicodeScalars.filter {
            $0.properties.generalCategory == .control && $0 != "\n"
        }
        #expect(controls.isEmpty)
    }

    @Test func proseStaysWithinAHundredColumns() throws {
        for fixture in Fixtures.all {
            let lines = Report.terminal(try fixture.make()).split(separator: "\n")
            #expect(lines.filter { !$0.contains("  ") || $0.hasPrefix("  ") }.allSatisfy { $0.count <= 100 })
        }
    }
}
