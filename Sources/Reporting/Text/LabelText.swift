internal import Evaluation

/// Sentences that stand around a label's table.
enum LabelText {
    /// `60 test images: 21 with the label, 39 without; threshold 50%`.
    static func images(_ label: LabelComparison, _ comparison: Comparison) -> String {
        let base = label.base
        let counts = ErrorKind.allCases.map { NumberText.count(base.errors[$0].images, repeats: base.repeats) }
        let means = base.repeats > 1 ? ", means over \(base.repeats) repeats of the split" : ""
        let images = NumberText.count(base.images, repeats: base.repeats)
        return "\(images) test images: \(counts[0]) with the label, \(counts[1]) without"
            + "\(means); threshold \(NumberText.threshold(comparison.thresholdConfidence))"
    }

    /// What the test images can show, a sentence for each kind of error.
    static func limits(_ label: LabelComparison) -> [String] {
        ErrorKind.allCases.map { label.limits[$0].sentence($0) }
    }

    /// What the data lack, against the product's minima.
    static func advice(_ label: LabelComparison) -> [String] {
        label.composition.advice.map { "Advice: \($0.sentence(label.composition))" }
    }

    /// How many images of each kind there are to train and test on.
    static func composition(_ label: LabelComparison) -> String {
        let composition = label.composition
        let least = label.base.repeats > 1 ? " (the least of any repeat)" : ""
        return "Composition\(least): \(composition.trainingImages) training images, among them "
            + "\(composition.trainingFalsePositives) false positives and \(composition.trainingFalseNegatives) false "
            + "negatives of the base model; \(composition.testImages) test images"
    }

    /// What the columns and verdicts mean.
    static func legend(_ comparison: Comparison) -> [String] {
        let level = NumberText.wholeShare(comparison.level)
        return [
            "FN: false negatives, the label is there and was missed; FP: false positives, flagged without it; flagged: "
                + "share of images sent to review; ↓ less is better, ↑ more is better",
            "improvement: share of the base model's errors that is gone, with its 95% interval in brackets",
            "improved, worse: shown at \(level) over all \(comparison.tests) tests of this report (Holm); no evidence: "
                + "chance alone could give it, which is not to say that nothing changed; too small: too few errors of the "
                + "base model for any improvement to be shown",
            "a verdict answers for all tests at once, an interval for one: an interval may leave out 0 where the verdict "
                + "claims nothing",
        ]
    }
}
