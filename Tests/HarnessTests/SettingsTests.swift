import Foundation
import Harness
import Moderation
import TestSupport
import Testing

/// An experiment with several splits and training sizes: what it says, and every misuse.
@Suite struct SettingsTests {
    private static let head = "experiment: e\nproject: p\nbase_model: tiny\ndataset: d\nlabels: [Alcohol]\n"
    private static let adapters = "adapters: [{kind: ridge}]"

    private func settings(_ text: String) throws -> [Experiment.Setting] {
        let project = try TemporaryProject()
        return try Experiment(file: project.experiment("\(Self.head)\(text)\n\(Self.adapters)")).settings
    }

    private func check(_ marked: String, _ expected: [String]) throws {
        try HarnessTests.check("\(Self.head)\(marked)\n\(Self.adapters)", expected)
    }

    @Test func aSingleSplitIsOneSetting() throws {
        let settings = try settings("split: {training: 0.5, test: 0.5, by: image, seed: 3}")
        #expect(settings.map(\.split.name) == ["image"] && settings[0].trainingSize == .all)
        #expect(settings[0].division.seed == 3)
    }

    @Test func splitsAndSizesMultiply() throws {
        let settings = try settings(
            """
            split:
              - {training: 0.5, test: 0.5, by: image, repeats: 3}
              - {name: few, training: 0.5, test: 0.5, by: image, training_size: {positives: 2}}
              - {training: 0.8, test: 0.2}
            training_size: [2, {positives: 3, negatives: all}, all]
            """)
        let common = [TrainingSize(positives: 2, negatives: 2), TrainingSize(positives: 3), .all]
        #expect(settings.map(\.split.name) == ["image", "image", "image", "few", "group", "group", "group"])
        #expect(settings.map(\.trainingSize) == common + [TrainingSize(positives: 2)] + common)
        #expect(settings.map(\.division.repeats) == [3, 3, 3, 1, 1, 1, 1])
    }

    @Test func namesAreGivenOnce() throws {
        try check(
            """
            split:
              - {training: 0.5, test: 0.5, by: image}
              - {name: a, training: 0.5, test: 0.5}
              - {name: 1️⃣a, training: 0.4, test: 0.5}
              - 2️⃣{training: 0.3, test: 0.3, by: image}
            """,
            [
                "two splits are called `a` (give each a `name` of its own)",
                "two splits are called `image` (give each a `name` of its own)",
            ])
    }

    @Test func sizesAreGivenOnce() throws {
        try check(
            """
            split: {training: 0.5, test: 0.5}
            training_size: [2, all, 1️⃣{positives: 2, negatives: 2}, 2️⃣{positives: all}]
            """,
            [
                "the same training size stands in the list twice", "the same training size stands in the list twice",
            ])
    }

    @Test func emptyListsAreNone() throws {
        try check(
            "split: 1️⃣[]\ntraining_size: 2️⃣[]",
            [
                "`split` is a list, each element a mapping with the keys `name`, `training`, `test`, `by`, `repeats`, `seed`, "
                    + "`training_size`, `allow_leaks`, given an empty list",
                "`training_size` is `all`, or a whole number from 1, or a mapping with the keys `positives`, `negatives`, "
                    + "or a list of such, given an empty list",
            ])
    }

    @Test func everyElementIsChecked() throws {
        try check(
            """
            split:
              - 1️⃣{name: one, training: 2️⃣2, test: 0.5}
              - {name: two, training: 0.5, test: 0.5, 3️⃣test_dataset: d}
              - 4️⃣{name: three, training: 0.6, test: 0.5, training_size: [5️⃣0, 3]}
            """,
            [
                "`training` and `test` add up to 2.5, more than 1",
                "`training` is a number above 0 and below 1, given `2`",
                "unknown key `test_dataset` in `split`; allowed are `name`, `training`, `test`, `by`, `repeats`, `seed`, "
                    + "`training_size`, `allow_leaks`",
                "`training` and `test` add up to 1.1, more than 1",
                "`training_size` is `all`, or a whole number from 1, or a mapping with the keys `positives`, `negatives`, "
                    + "given `0`",
            ])
    }

    @Test func aSizeThatNoSplitUsesIsSaidToBeUnused() throws {
        try check(
            """
            split: [{training: 0.5, test: 0.5, training_size: 2}]
            training_size: 1️⃣[2, all]
            """, ["`training_size` is not used: every split has its own (leave it out)"])
    }

    /// Each split is looked at by itself: one of 12 images has no look-alike beside it.
    @Test func aSplitThatLeavesNothingIsFound() throws {
        try check(
            """
            split:
              - {name: good, training: 0.5, test: 0.5}
              - 1️⃣{name: bad, training: 0.05, test: 0.5}
            """,
            [
                "`Alcohol` is absent in none of the 1 images that the split leaves to train on "
                    + "(train on a larger share, or select more images)"
            ])
    }
}
