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
            "What the test images can show is the power of the test, by exact binomial sums, at the strictest step of "
                + "Holm's correction, for an adapter that breaks no image. Every image counts once.",
        ]
    }

    /// Methods on one split.
    static let singleMethods = [
        "Intervals: improvement by Bonett and Price (2006), rates by Wilson (1927), paired rate differences by Newcombe "
            + "(1998, method 10).",
        "p: McNemar's mid-p test (Fagerland, Lydersen and Laake 2013).",
    ]

    /// Methods over repeated splits.
    static let repeatedMethods = [
        "Counts, rates and improvements are means over the repeats in which they are defined, so a rate need not be the "
            + "quotient of the counts beside it.",
        "Intervals and p: t with the variance corrected for the overlap of repeated splits (Nadeau and Bengio 2003); the "
            + "test is of the difference in error rate, which is defined in every repeat.",
    ]
}
