internal import Evaluation

extension LabelText {
    /// Definitions that hold on one split and over repeats alike.
    static func methods(_ comparison: Comparison) -> [String] {
        [
            "Improvement is (base errors − adapter errors) / base errors on the same test images at the same threshold: "
                + "undefined, not zero, where the base model made no such error.",
            "Images of unknown truth count for nothing.",
            "p (Holm) is corrected over all \(comparison.tests) tests of this report (Holm 1979). It corrects the claim, "
                + "not the size: the largest of several improvements is likely to be smaller on new images.",
            "Hyperparameters and operating points are chosen by the same scores of training images, each by a head that did "
                + "not see what the split keeps together with it, its group or the image alone: what is held there may be "
                + "missed on test images, in either direction.",
            "At matched error rates base and adapter are each cut where their own test scores are best: FP where neither "
                + "misses more than the base model does at the operating threshold, FN where neither flags more than "
                + "\(MatchedErrors.falsePositiveBudget)% of the images without the label; images of equal score go "
                + "together, at the cost of the one that has them. Nobody can set such a threshold without the truth.",
            "What the test images can show is the power of the test, by exact binomial sums, at the strictest step of "
                + "Holm's correction, for an adapter that breaks no image and is the same in every repeat: a real one "
                + "needs more. Every image counts once; images of a group are taken to be fixed together (Kish 1965).",
        ]
    }

    /// Methods of learning curves.
    static let curveMethods = [
        "Training sizes are drawn at random within a split's training images, for each label by itself; a smaller size is a "
            + "part of a larger one. Where a size asks for more than there is, all there is is used and drawn once.",
        "Learning curves claim nothing: their intervals answer for one point each, and Holm's correction ranges over the "
            + "tables alone. Images needed: the first measured size from which on it holds at every measured size that the interval of "
            + "the improvement lies above 0, and that besides the other kind of error is on average not made more often; "
            + "no size in between is guessed.",
    ]

    /// Methods on one split.
    static let singleMethods = [
        "Intervals: improvement by Bonett and Price (2006), rates by Wilson (1927), paired rate differences by Newcombe "
            + "(1998, method 10).",
        "p: McNemar's mid-p test (Fagerland, Lydersen and Laake 2013).",
        "Where images share a group, the test swaps whole groups (sign flips), and intervals are widened by the design effect "
            + "(Rao and Scott 1992) and Student's t.",
        "They speak of the heads of this split: another training set of the same size gives another head.",
    ]

    /// Methods over repeated splits.
    static let repeatedMethods = [
        "Counts are means over the repeats. Rates and improvements are of all repeats together, sums over sums, so that "
            + "repeats with many errors count for more than those with few.",
        "Intervals and p: t of these ratios (linearized, Cochran 1977), the variance corrected for the overlap of "
            + "repeated splits (Nadeau and Bengio 2003); the test is of the difference in error rate. They speak of "
            + "adapters trained on as many images, and are cautious where groups are large: they err towards no evidence.",
    ]
}
