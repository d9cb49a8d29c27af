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
                + "not see its group: what is held there may be missed on test images, in either direction.",
            "What the test images can show is the power of the test, by exact binomial sums, at the strictest step of "
                + "Holm's correction, for an adapter that breaks no image and is the same in every repeat: a real one "
                + "needs more. Every image counts once; images of a group are taken to be fixed together (Kish 1965).",
        ]
    }

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
