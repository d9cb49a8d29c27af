import Evaluation
import Reporting
import Testing

/// The one sentence people quote: it must never claim what the verdicts do not.
@Suite struct AnswerTests {
    typealias Change = SyntheticExperiment.Change

    @Test func aWinNamesTheLargestHarmlessImprovement() throws {
        let answer = try answer([
            "reckless": Change(fixedMisses: 30, newAlarms: 30), "good": Change(fixedMisses: 20),
            "better": Change(fixedMisses: 22, newAlarms: 1),
        ])
        #expect(answer.contains("On Alcohol, `better` removes 73% of the base model's false negatives"))
        #expect(answer.contains("30 → 8 of 42 images"))
        #expect(answer.contains("false positives go from 12 to 13 of 60 (no evidence of a change: "))
        // What was not shown is not ruled out.
        #expect(answer.contains("13% fewer to 34% more would fit)"))
    }

    /// Twelve false alarms became sixteen: no test shows it, but a smaller improvement that cost none is worth more.
    @Test func anImprovementThatWasPaidForComesSecond() throws {
        let answer = try answer(["paid": Change(fixedMisses: 24, newAlarms: 4), "unpaid": Change(fixedMisses: 20)])
        #expect(answer.contains("On Alcohol, `unpaid` removes"))
    }

    @Test func aTradeIsSaidToBeOne() throws {
        let answer = try answer(["reckless": Change(fixedMisses: 30, newAlarms: 30)])
        #expect(answer.contains("no adapter removes false negatives without adding false positives"))
        #expect(answer.contains("but false positives go from 12 to 42 of 60"))
    }

    @Test func noiseIsNoWin() throws {
        let answer = try answer(["platt": Change(fixedMisses: 3, newMisses: 1)])
        #expect(answer.contains("no adapter is shown to remove false negatives"))
        #expect(answer.contains("which chance alone could give"))
    }

    @Test func whatIsPaidForIsNotDenied() throws {
        let answer = try answer(["paid": Change(fixedMisses: 2, newAlarms: 4), "idle": .nothing])
        let end = "makes fewer false negatives than the base model without more than a tenth more false positives."
        #expect(answer == "On Alcohol, no adapter \(end)")
    }

    @Test func harmIsNoImprovement() throws {
        let answer = try answer(["bad": Change(newMisses: 9), "idle": .nothing])
        #expect(answer == "On Alcohol, no adapter makes fewer false negatives than the base model.")
    }

    @Test func whatWasNotTestedIsSaidToBeUntested() throws {
        let records = SyntheticExperiment().records(["ridge": Change(fixedMisses: 8)], repeats: 3)
        let input = try Fixtures.input(records, adapters: ["ridge"], split: "the same test images in every repeat")
        #expect(Report.markdown(input).contains("`ridge`'s, +80%, and it could not be tested"))
    }

    @Test func fewErrorsAreSaidToBeTooFew() throws {
        let answer = try answer(["ridge": Change(fixedMisses: 3)], missed: 3)
        #expect(answer.contains("+100% [") && answer.contains("the test set is too small to show any"))
        let none = try self.answer(["ridge": .nothing], missed: 0)
        #expect(none.contains("no improvement in false negatives to measure: the base model made none"))
    }

    @Test func theObjectiveSaysWhichErrorTheAnswerIsAbout() throws {
        let answer = try answer(["ridge": Change(fixedAlarms: 12)], minimised: .falsePositives)
        #expect(answer.contains("`ridge` removes 100% of the base model's false positives"))
        #expect(answer.contains("false negatives go from 30 to 30 of 42"))
    }

    /// Of several answers one sentence says which are claimed, with intervals, and a row each says the rest.
    @Test func severalAnswersAreOneSentenceAndATable() throws {
        let lines = Report.markdown(try Fixtures.repeated()).split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex(of: "## Answer")) + 1
        #expect(lines[start].hasPrefix("On Drugs & Tobacco/Alcohol `ridge` removes 69% (95% interval "))
        let end = "of the base model's false negatives; on Weapons no adapter is shown to remove false negatives."
        #expect(lines[start].hasSuffix(end))
        #expect(lines[start + 1].hasPrefix("| Label | Adapter | FN ↓ | FN improvement ↑ | Verdict | FP ↓ |"))
        #expect(lines[start + 3].hasPrefix("| Drugs & Tobacco/Alcohol | `ridge` | "))
        #expect(lines[start + 3].contains("] | **improved** | "))
        #expect(lines[start + 4].hasPrefix("| Weapons | `"))
    }

    /// What is traded is not counted among what is won.
    @Test func aTradeIsNoWinAmongSeveral() throws {
        let alcohol = SyntheticExperiment(present: 42, missed: 30, absent: 60, alarms: 12)
        let weapons = SyntheticExperiment(labelPath: ["Weapons"], present: 42, missed: 30, absent: 60, alarms: 12)
        let records = Fixtures.joined(
            alcohol.records(["reckless": Change(fixedMisses: 30, newAlarms: 30)]),
            weapons.records(["reckless": Change(fixedMisses: 25)]))
        let text = Report.markdown(try Fixtures.input(records, adapters: ["reckless"], split: "all"))
        let end = "; on Alcohol no adapter removes false negatives without adding false positives."
        let sentence = try #require(text.split(separator: "\n").first { $0.hasSuffix(end) })
        #expect(sentence.hasPrefix("On Weapons `reckless` removes 83% (95% interval "))
    }

    @Test func noAdapterIsNoAnswer() throws {
        let records = SyntheticExperiment().records(["none": .nothing])
        let input = try Fixtures.input(records, adapters: [], split: "all")
        #expect(Report.markdown(input).contains("On Alcohol, no adapter was tried."))
    }

    private func answer(
        _ changes: KeyValuePairs<String, Change>, missed: Int = 30, minimised: ErrorKind = .falseNegatives
    ) throws -> String {
        let records = SyntheticExperiment(present: 42, missed: missed, absent: 60, alarms: 12).records(changes)
        let input = try Fixtures.input(records, adapters: changes.map(\.key), split: "all", minimised: minimised)
        let lines = Report.markdown(input).split(separator: "\n").map(String.init)
        return try #require(lines.first { $0.hasPrefix("On Alcohol") })
    }
}
