import Adapters
import Foundation
import TestSupport
import Testing

@testable import Harness

/// What an objective may say, and every way of saying it wrong.
extension ExperimentFindingsTests {
    private func objective(_ text: String) throws -> Objective {
        let project = try TemporaryProject()
        return try Experiment(file: project.experiment(TemporaryProject.experiment + "\nobjective: \(text)")).objective
    }

    private func checkObjective(
        _ marked: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try check(TemporaryProject.experiment + "\nobjective: \(marked)", expected, sourceLocation: sourceLocation)
    }

    /// A part of a trial's identity, so what was written before there were other objectives is written so for ever.
    @Test func objectivesOfOneWordKeepTheirNames() throws {
        let project = try TemporaryProject()
        #expect(try Experiment(file: project.experiment()).objective == .falseNegatives)
        for (text, objective, word) in [
            ("{minimise: false_negatives}", Objective.falseNegatives, "false_negatives"),
            (
                "{minimise: false_negatives, subject_to: {false_positives: not_above_base}}", .falseNegatives,
                "false_negatives"
            ),
            (
                "{minimise: false_positives, subject_to: {false_negatives: not_above_base}}", .falsePositives,
                "false_positives"
            ),
            (
                "{minimise: false_positives, subject_to: {false_negatives: {not_above_base: {margin: 0}}}}",
                .falsePositives,
                "false_positives"
            ), ("{minimise: errors}", .errors, "errors"),
            ("{minimise: cost, costs: {false_negative: 1, false_positive: 1}}", .errors, "errors"),
        ] {
            #expect(try self.objective(text) == objective)
            #expect(objective.specification == .text(word))
        }
    }

    @Test func objectivesAreReadAndWritten() throws {
        let guarantee = RateGuarantee(level: 0.4, sense: .probability(0.6), calibration: 0.6)
        for (text, objective, written, summary) in [
            (
                "{minimise: false_negatives, subject_to: {false_positives: {not_above_base: {margin: 0.3}}}}",
                Objective.fewest(.falseNegatives, holding: .notAboveBase(margin: 0.3)),
                #"{"minimise":"false_negatives","subject_to":{"false_positives":{"not_above_base":{"margin":0.3}}}}"#,
                "fewest false negatives, false positives not above the base model's less a margin of 30%"
            ),
            (
                "{minimise: cost, costs: {false_negative: 5, false_positive: 0.5}}",
                .leastCost(falseNegative: 5, falsePositive: 0.5),
                #"{"costs":{"false_negative":5,"false_positive":0.5},"minimise":"cost"}"#,
                "least cost, 5 for a false negative and 0.5 for a false positive"
            ),
            (
                "{minimise: false_negatives, subject_to: {false_positive_rate: {at_most: 0.4, with_probability: 0.6}}, "
                    + "calibration: 0.6}", .fewest(.falseNegatives, holding: .rate(guarantee)),
                #"{"calibration":0.6,"minimise":"false_negatives","subject_to":"#
                    + #"{"false_positive_rate":{"at_most":0.4,"with_probability":0.6}}}"#,
                "fewest false negatives at a false-positive rate of at most 40% with probability 60%, set on 60% of the "
                    + "training groups concerned"
            ),
            (
                "{minimise: false_positives, subject_to: {recall: {at_least: 0.4, guarantee: in_expectation}}}",
                .fewest(.falsePositives, holding: .rate(RateGuarantee(level: 0.6, sense: .expectation))),
                #"{"calibration":0.5,"minimise":"false_positives","subject_to":"#
                    + #"{"false_negative_rate":{"at_most":0.6,"guarantee":"in_expectation"}}}"#,
                "fewest false positives at a false-negative rate of at most 60% in expectation, set on 50% of the "
                    + "training groups concerned"
            ),
        ] {
            let read = try self.objective(text)
            #expect(read == objective)
            #expect(read.specification.text() == written)
            #expect(read.summary == summary)
        }
    }

    @Test func recallAndMissRateAreOne() throws {
        // Of the two training images with the label one is held out: what it shows of a rate of 70%, it shows by 70%.
        let rest = "with_probability: 0.6}}}"
        #expect(
            try objective("{minimise: false_positives, subject_to: {recall: {at_least: 0.3, \(rest)")
                == objective("{minimise: false_positives, subject_to: {false_negative_rate: {at_most: 0.7, \(rest)"))
    }

    @Test func whatIsHeldMustBeOneThingOfTheOtherKind() throws {
        for key in ["false_negatives: not_above_base", "recall: {at_least: 0.1, with_probability: 0.6}"] {
            try checkObjective(
                "{minimise: false_negatives, subject_to: {1️⃣\(key)}}",
                [
                    "`\(key.prefix { $0 != ":" })` holds what the objective minimises; only the other kind can be held"
                ])
        }
        try checkObjective(
            "{minimise: false_negatives, subject_to: "
                + "{false_positives: not_above_base, 1️⃣false_positive_rate: {at_most: 0.4, with_probability: 0.6}}}",
            ["`subject_to` holds one thing, given `false_positives` and `false_positive_rate`"])
        try checkObjective(
            "{minimise: cost, costs: {false_negative: 2, false_positive: 1}, subject_to: {1️⃣recall: "
                + "{at_least: 0.5, guarantee: in_expectation}}}",
            ["nothing is held where the `cost` of errors is minimised"])
    }

    @Test func aRateSaysHowSurelyItHolds() throws {
        let start = "{minimise: false_negatives, subject_to: {"
        try checkObjective(
            "\(start)1️⃣false_positive_rate: {at_most: 0.4}}}",
            [
                "`false_positive_rate` says not how surely it is to hold"
                    + " (add `with_probability: 0.95` or `guarantee: in_expectation`)"
            ])
        try checkObjective(
            "\(start)false_positive_rate: {at_most: 0.4, with_probability: 0.9, guarantee: 1️⃣in_expectation}}}",
            ["`with_probability` and `guarantee` exclude each other"])
        try checkObjective(
            "\(start)false_positive_rate: {at_most: 1️⃣5, with_probability: 2️⃣95}}, calibration: 3️⃣0}",
            [
                "`at_most` is a number from 0.0001 to 0.9999, given `5`",
                "`with_probability` is a number from 0.0001 to 0.9999, given `95`",
                "`calibration` is a number from 0.01 to 0.99, given `0`",
            ])
        try checkObjective(
            "\(start)false_positive_rate: {1️⃣at_least: 0.4, with_probability: 0.9}}}",
            [
                "unknown key `at_least` in `false_positive_rate`; allowed are `at_most`, `with_probability`, `guarantee`"
                    + " (`at_most` is missing: the rate on unseen images)"
            ])
    }

    @Test func marginsAndCostsHaveRanges() throws {
        try checkObjective(
            "{minimise: false_negatives, subject_to: {false_positives: {not_above_base: {margin: 1️⃣1}}}}",
            ["`margin` is a number from 0 to below 1, given `1`"])
        try checkObjective(
            "{minimise: cost, costs: {false_negative: 1️⃣0, false_positive: 2️⃣-1}}",
            [
                "`false_negative` is a number above 0 to 1000000, given `0`",
                "`false_positive` is a number above 0 to 1000000, given `-1`",
            ])
        try checkObjective(
            "{minimise: cost, costs: 1️⃣{false_negative: 5}}",
            [
                "the key `false_positive` is missing in `costs`"
                    + " (`false_positive`: the cost of one image that is wrongly flagged)"
            ])
        try checkObjective(
            "{minimise: 1️⃣cost}",
            ["`minimise: cost` needs `costs` (costs: {false_negative: 5, false_positive: 1})"])
    }

    @Test func keysThatGoWithAnotherObjective() throws {
        let costs = "costs: {false_negative: 5, false_positive: 1}"
        try checkObjective("{minimise: errors, 1️⃣\(costs)}", ["`costs` goes with `minimise: cost`"])
        try checkObjective("{minimise: false_negatives, 1️⃣\(costs)}", ["`costs` goes with `minimise: cost`"])
        try checkObjective(
            "{minimise: false_negatives, 1️⃣calibration: 0.4}", ["`calibration` goes with a guaranteed rate"])
        try checkObjective(
            "{minimise: cost, \(costs), 1️⃣calibration: 0.4}", ["`calibration` goes with a guaranteed rate"])
    }

    /// Four of the twelve images show the label, and half of the images are trained on.
    @Test func aGuaranteeThatTheTrainingImagesDoNotCarry() throws {
        let objective =
            "\nobjective: {minimise: false_positives, subject_to: {recall: {at_least: 0.9, with_probability: 0.95}}}"
        try check(
            TemporaryProject.experiment.replacing("split: {", with: "split: 1️⃣{") + objective,
            [
                "`Alcohol`: a false-negative rate of at most 10% with probability 95% takes 57 groups of training images with"
                    + " the label, of which 50%, 29, only set the threshold; there are 2, of which 1 would"
                    + " (select more images, ask for less, or hold another share out by `calibration`)"
            ])
    }
}
