import Evaluation
import Foundation
import Reporting
import Testing

@Suite struct FormatTests {
    @Test func jsonIsReadBackWhole() throws {
        for fixture in Fixtures.all {
            let input = try fixture.make()
            let json = try Report.json(input)
            #expect(try Report.input(fromJSON: json) == input)
            #expect(try Report.json(try fixture.make()) == json)
            #expect(json.contains("\"schema_version\": 2"))
        }
    }

    @Test func anotherSchemaVersionIsRefused() throws {
        let json = try Report.json(Fixtures.small()).replacing("\"schema_version\": 2", with: "\"schema_version\": 3")
        #expect(throws: DecodingError.self) { try Report.input(fromJSON: json) }
    }

    @Test func csvHasOneRowPerLabelAndAdapterAndTheBaseModel() throws {
        let lines = Report.csv(try Fixtures.repeated()).components(separatedBy: "\r\n")
        // Header, two labels of three rows, two means, and the empty text after the last line end.
        #expect(lines.count == 1 + 2 * 3 + 2 + 1 && lines.last == "")
        let header = lines[0].split(separator: ",")
        #expect(Set(header).count == header.count)
        #expect(header.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
    }

    @Test func namesDoNotBreakMarkdownTables() throws {
        let markdown = Report.markdown(try Fixtures.small())
        #expect(markdown.contains("| a,\"b\"\\|c | 0 of 9"))
        let records = SyntheticExperiment().records(["<b>_x_": .init(fixedMisses: 8)])
        #expect(
            Report.markdown(try Fixtures.input(records, adapters: ["<b>_x_"], split: "all")).contains(
                "| \\<b>\\_x\\_ |"))
    }

    @Test func longImageListsAreCutAndCounted() throws {
        let input = try Fixtures.oneSplit()
        let markdown = Report.markdown(input)
        #expect(markdown.contains("<details><summary>ridge: 25 fixed, 2 broken</summary>"))
        #expect(markdown.contains("- and 15 more in `comparison.json`"))
        let ridge = try #require(input.settings[0].comparison.labels[0].adapters.last)
        #expect(ridge.imageTests.falseNegatives.rows.count { $0.counts.fixed + $0.counts.broken > 0 } == 23)
    }

    @Test func longListsOfStillWrongGroupsAreCutAndCounted() throws {
        let records = SyntheticExperiment(present: 42, missed: 30).records(
            ["ridge": .init(fixedMisses: 2, fixedAlarms: 6)])
        let markdown = Report.markdown(try Fixtures.input(records, adapters: ["ridge"], split: "all"))
        // 12 of 28 groups of one image each.
        let listed =
            "Of the images with the label, false negatives are left in 28 groups; the 12 listed make 43% of them:"
        #expect(markdown.contains("### Alcohol, ridge\n\n\(listed)"))
        #expect(markdown.contains("No false positives are left."))
        let section = try #require(
            markdown.components(separatedBy: "## Still wrong").last?.components(separatedBy: "## D")[0])
        #expect(section.matches(of: /\| `images\//).count == 12)
    }

    @Test func everyUndefinedNumberHasAReasonBesideIt() throws {
        let markdown = Report.markdown(try Fixtures.repeated())
        let dashes = markdown.matches(of: /\| —([¹²³⁴⁵⁶⁷⁸⁹]?) \|/)
        // Only the base model's own improvement needs none.
        let bare = dashes.filter { $0.output.1.isEmpty }.count
        #expect(bare == 4 && dashes.count > bare)
        #expect(markdown.contains("¹ the base model made no false negatives on the test images"))
    }

    @Test func chosenHyperparametersAreCounted() throws {
        let markdown = Report.markdown(try Fixtures.repeated())
        #expect(markdown.contains("strength 10 (4 of 6), 30 (2 of 6)"))
        let records = SyntheticExperiment().records(
            ["ridge": .nothing], repeats: 7, split: SyntheticExperiment.halves, strength: { Double($0) / 4 })
        #expect(
            Report.markdown(try Fixtures.input(records, adapters: ["ridge"], split: "halves"))
                .contains("strength 0 to 1.5, median 0.75"))
    }
}
