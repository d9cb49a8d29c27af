import Evaluation
import Foundation
import Reporting
import Testing

/// What is told of models: the same in every format, rounded.
@Suite struct ModelReportTests {
    private func fixture(_ name: String) throws -> ModelReportInput {
        try #require(ModelFixtures.all.first { $0.name == name }).make()
    }

    @Test(arguments: ModelFixtures.all.map(\.name)) func readsAsBefore(name: String) throws {
        let input = try fixture(name)
        try Snapshot.expect(Report.terminal(input), named: "models-\(name).txt")
        try Snapshot.expect(Report.markdown(input), named: "models-\(name).md")
        try Snapshot.expect(try Report.json(input), named: "models-\(name).json")
    }

    // MARK: The same numbers

    private struct Document: Decodable {
        let schemaVersion: Int
        let comparison: Comparison
        let adapters: [Adapter]

        struct Adapter: Decodable { let name: String, trainingSeconds: Double? }
        struct Comparison: Decodable { let tables: [Table], level: Double }
        struct Table: Decodable { let models: [Model], pairs: [Pair], repeats: Int }
        struct Model: Decodable {
            let name: String, rank: Int, isTied: Bool, errors: Errors<Counts>, trainingImages: Double?
            let dominatedBy: String?
        }
        struct Errors<Value: Decodable>: Decodable { let falseNegatives: Value, falsePositives: Value }
        struct Counts: Decodable { let errors: Double, images: Double, improvement: Estimate? }
        struct Estimate: Decodable { let value: Double?, interval: Interval? }
        struct Interval: Decodable { let lower: Double, upper: Double }
        struct Pair: Decodable { let subject: String, reference: String, errors: Errors<Difference> }
        struct Difference: Decodable { let rateDifference: Estimate, significance: Significance, cells: Cells }
        struct Cells: Decodable { let images: Double }
        struct Significance: Decodable { let adjustedPValue: Double? }
    }

    private func document(_ input: ModelReportInput) throws -> Document {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Document.self, from: Data(Report.json(input).utf8))
    }

    @Test(arguments: ModelFixtures.all.map(\.name)) func tablesRoundTheNumbersOfTheJSON(name: String) throws {
        let input = try fixture(name)
        let document = try document(input)
        #expect(document.schemaVersion == Report.modelSchemaVersion && document.comparison.tables.count == 1)
        let table = document.comparison.tables[0]
        let markdown = markdownRows(Report.markdown(input), below: "| Rank ")
        let terminal = terminalRows(Report.terminal(input), count: table.models.count)
        #expect(markdown.count == table.models.count && terminal.count == table.models.count)
        let leader = table.models[0].name
        for (model, (markdown, terminal)) in zip(table.models, zip(markdown, terminal)) {
            #expect(markdown[0] == "\(model.rank)" + (model.isTied ? "=" : "") && terminal[0] == markdown[0])
            #expect(unmarked(markdown[1]) == model.name && unmarked(terminal[1]) == model.name)
            for (counts, columns) in [(model.errors.falseNegatives, (2, 2)), (model.errors.falsePositives, (5, 3))] {
                let shown = numbers(markdown[columns.0])
                #expect(isClose(shown[0], counts.errors) && isClose(shown[1], counts.images))
                #expect(numbers(terminal[columns.1]) == [shown[0]])
                // Half a percent, since improvements are shown in whole ones.
                let improvement = [counts.improvement?.value, counts.improvement?.interval?.lower].map {
                    $0.map { $0 * 100 }
                }
                for (shown, value) in zip(numbers(markdown[columns.0 + 1]), improvement) {
                    #expect(abs(shown - (value ?? .nan)) <= 0.5 + 1e-9)
                }
            }
            if model.name != leader { try check(markdown[4], table, model.name, leader, input.comparison.level) }
            if model.name != leader, input.objective.minimised == .falseNegatives {
                #expect(terminal[4] == star(markdown[4]))
            }
            let seconds = document.adapters.first { $0.name == model.name }?.trainingSeconds
            #expect(seconds == nil ? markdown[8] == "—" : abs(numbers(markdown[8])[0] / (seconds ?? 0) - 1) < 0.05)
            #expect(
                model.trainingImages == nil
                    ? markdown[9] == "—" : isClose(numbers(markdown[9])[0], model.trainingImages))
            #expect(markdown[10] == (model.dominatedBy.map { "behind `\($0)`" } ?? "front"))
            #expect(terminal.last == (model.dominatedBy == nil ? "front" : "—"))
        }
        try checkMatrix(Report.markdown(input), table, level: input.comparison.level)
    }

    /// Every cell of the matrix of false negatives.
    private func checkMatrix(_ markdown: String, _ table: Document.Table, level: Double) throws {
        let rows = markdownRows(markdown, below: "| FN, row less column ")
        #expect(rows.map { $0[0] } == table.models.map(\.name))
        for (row, model) in zip(rows, table.models) {
            for (cell, other) in zip(row.dropFirst(), table.models) where other.name != model.name {
                let text = cell.hasPrefix("**") ? "\(cell.dropFirst(2).dropLast(2))\\*" : cell
                try check(text, table, model.name, other.name, level)
            }
        }
    }

    /// The errors of `subject` less those of `reference`, and a star where they are shown to differ.
    private func check(
        _ cell: String, _ table: Document.Table, _ subject: String, _ reference: String, _ level: Double
    ) throws {
        let pair = try #require(table.pairs.first { Set([$0.subject, $0.reference]) == [subject, reference] })
        let errors = pair.errors.falseNegatives
        let sign = pair.subject == subject ? errors.cells.images : -errors.cells.images
        let limits = errors.rateDifference.interval.map { [$0.lower * sign, $0.upper * sign].sorted() } ?? []
        let expected = ([errors.rateDifference.value.map { $0 * sign }].compactMap { $0 }) + limits
        let shown = numbers(unmarked(cell))
        #expect(
            shown.count == expected.count && zip(shown, expected).allSatisfy { isClose($0, $1) }, "\(cell) \(expected)")
        let isShown = (errors.significance.adjustedPValue ?? 1) <= level && errors.rateDifference.value != 0
        #expect(cell.hasSuffix("\\*") == isShown, "\(cell)")
    }

    private func star(_ cell: String) -> String { cell.replacing("\\*", with: "*") }

    /// A count, of one decimal or none.
    private func isClose(_ shown: Double, _ value: Double?) -> Bool {
        let unit = shown == shown.rounded() ? 0.5 : 0.05
        return abs(shown - (value ?? .nan)) <= unit + 1e-9
    }

    private func numbers(_ text: String) -> [Double] {
        text.replacing("−", with: "-").matches(of: /[-+]?[0-9]+(\.[0-9]+)?/).compactMap { Double($0.output.0) }
    }

    private func unmarked(_ text: String) -> String { text.filter { !"¹²³⁴⁵⁶⁷⁸⁹⁰".contains($0) } }

    private func markdownRows(_ text: String, below header: String) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix(header) }) else { return [] }
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }

    private func terminalRows(_ text: String, count: Int) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let header = lines.firstIndex(where: { $0.hasPrefix("rank ") }) else { return [] }
        return lines[(header + 1)...(header + count)].map { line in
            line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
    }

    // MARK: Words

    @Test func theLeaderIsSaidWithWhomItTies() throws {
        let text = Report.markdown(try fixture("repeated"))
        #expect(text.contains("`kernel` leads with"))
        #expect(text.contains("not shown to differ from `over` (−"))
        #expect(text.contains("the best of 7 models on the same test images looks better than it is"))
        #expect(text.contains("is shown to make more false positives than the objective allows"))
        #expect(text.contains("than the objective allows, by a tenth at most"))
        #expect(Report.markdown(try fixture("refused")).contains("over a tenth more false positives on these images"))
        #expect(text.contains("learns from the embedding `rich`, 7 passes"))
    }

    @Test func everyPairOfFewModelsIsOnTheTerminal() throws {
        let few = try fixture("one-split")
        let pairs = few.comparison.tables[0].pairs.count
        #expect(Report.terminal(few).split(separator: "\n").count { $0.contains("` vs `") } == pairs - 3)
        let many = Report.terminal(try fixture("repeated"))
        #expect(many.contains("`--format markdown`") && !many.contains("` vs `"))
    }

    @Test func whatIsNotComparedIsNamedWithTheReason() throws {
        for text in [Report.terminal(try fixture("refused")), Report.markdown(try fixture("refused"))] {
            let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(line.contains("not compared on Alcohol: `other`, `another`, beside `bias`: they were not tested"))
            #expect(line.contains("hint: compare what was tested on the same images"))
        }
    }

    @Test(arguments: ModelFixtures.all.map(\.name)) func aTerminalOf80ColumnsIsEnough(name: String) throws {
        let lines = Report.terminal(try fixture(name)).split(separator: "\n")
        #expect(lines.filter { $0.count > 80 && !(name == "cost" && $0.contains("  ")) }.isEmpty)
        #expect(lines.allSatisfy { $0.last != " " })
    }

    @Test func emphasisIsAllThatStyleAdds() throws {
        let input = try fixture("repeated")
        let styled = Report.terminal(input, styled: true)
        #expect(styled.contains("\u{1B}[1m"))
        #expect(styled.replacing(/\u{1B}\[[0-9]+m/, with: "") == Report.terminal(input))
    }
}
