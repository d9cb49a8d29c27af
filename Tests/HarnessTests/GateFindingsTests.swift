import Evaluation
import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

/// What a gate may say, and every way of saying it wrong.
extension ExperimentFindingsTests {
    private func gate(_ text: String, _ experiment: String = TemporaryProject.experiment) throws -> [GateRule] {
        let project = try TemporaryProject()
        return try Experiment(file: project.experiment(experiment + "\ngate:\n" + text)).gate
    }

    @Test func gatesAreReadWithTheirDefaults() throws {
        let rules = try gate(
            """
              - {metric: false_negatives, at_most: 0.4}
              - {label: Alcohol, metric: false_positives, adapter: shift, not_worse_than_baseline_by: 0}
              - {metric: false_negatives, improvement_at_least: 0.3, split: group}
              - {metric: flagged, adapter: platt, at_most: 0.3}
            """)
        #expect(rules.map(\.subject.adapter) == ["ridge", "shift", "ridge", "platt"])
        #expect(rules.allSatisfy { $0.subject.label == "Alcohol" && $0.subject.split == "group" })
        #expect(rules.map(\.metric) == [.falseNegatives, .falsePositives, .falseNegatives, .flagged])
        #expect(
            rules.map(\.condition) == [
                .atMost(0.4), .notWorseThanBaselineBy(0), .improvementAtLeast(0.3), .atMost(0.3),
            ])
        #expect(rules[0].place.line == 13 && rules[0].place.column == 5)
        let project = try TemporaryProject()
        #expect(try Experiment(file: project.experiment()).gate.isEmpty)
    }

    @Test func mistakesInAGateAreAllFound() throws {
        let known = "known are `platt`, `shift`, `ridge`"
        try check(
            TemporaryProject.experiment + """

                gate:
                  - {metric: false_negatives, 1️⃣zzz: 0.4, at_most: 0.4}
                  - {metric: 2️⃣misses, at_most: 0.4}
                  - {metric: false_negatives, adapter: 3️⃣rigde, at_most: 0.4}
                  - {metric: false_negatives, label: 4️⃣Weapons, at_most: 0.5}
                  - 5️⃣{metric: false_negatives}
                  - 6️⃣{metric: false_negatives, at_most: 0.4, improvement_at_least: 0.1}
                  - {metric: flagged, improvement_at_least: 7️⃣0.1}
                  - {metric: false_positives, at_most: 8️⃣1}
                  - {metric: false_positives, split: 9️⃣image, at_most: 0.1}
                """,
            [
                "unknown key `zzz` in `gate`; allowed are `label`, `metric`, `adapter`, `split`, `at_most`, "
                    + "`not_worse_than_baseline_by`, `improvement_at_least`",
                "`metric` is one of `false_negatives`, `false_positives`, `flagged`, given `misses`",
                "the experiment has no adapter `rigde`; \(known) (did you mean `ridge`?)",
                "the experiment has no label `Weapons`; known are `Alcohol`",
                "a rule asks one thing, given none of `at_most`, `not_worse_than_baseline_by`, `improvement_at_least` "
                    + "(add `not_worse_than_baseline_by: 0.02`)",
                "a rule asks one thing, given `at_most`, `improvement_at_least` of `at_most`, "
                    + "`not_worse_than_baseline_by`, `improvement_at_least` (make two rules of it)",
                "nothing improves by being flagged less: `improvement_at_least` is of `false_negatives` or "
                    + "`false_positives` (`at_most` limits what is flagged)",
                "`at_most` is a number above 0 and below 1, given `1`",
                "the experiment has no split `image`; known are `group`",
            ])
    }

    @Test func whatARuleIsAboutMustBeClear() throws {
        let two = TemporaryProject.experiment.replacing(
            "labels: [Alcohol]", with: "labels: [Alcohol, Violence/Weapons]"
        )
        .replacing(
            "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}",
            with: "split:\n  - {training: 0.5, test: 0.5}\n  - {training: 0.5, test: 0.5, by: image}")
        let said = #expect(throws: Findings.self) {
            try gate("  - {metric: false_negatives, at_most: 0.4}", two + "\n  - {kind: logistic}")
        }
        let messages = (said?.all ?? []).map { "\($0.message) (\($0.hint ?? ""))" }
        #expect(
            Set(messages).isSuperset(of: [
                "the rule says not which label it is about; there are `Alcohol`, `Violence/Weapons` (add `label: Alcohol`)",
                "the rule says not which adapter it is about; there are `ridge`, `logistic` (add `adapter: ridge`)",
                "the rule says not which split it is about; there are `group`, `image` (add `split: group`)",
            ]), "\(messages)")
    }

    @Test func aRuleIsAskedOnce() throws {
        try check(
            TemporaryProject.experiment + """

                gate:
                  - {metric: false_negatives, at_most: 0.4}
                  - 1️⃣{metric: false_negatives, at_most: 0.3}
                """,
            ["another rule asks the same of `false_negatives` of adapter `ridge` on `Alcohol` (keep the stricter one)"])
    }
}
