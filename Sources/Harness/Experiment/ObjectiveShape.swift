internal import Adapters

extension Objective {
    /// What `objective` in an experiment file may contain.
    static let shape = Shape.mapping([
        .init(
            "minimise", .word(ErrorKind.allCases.map(\.rawValue) + ["errors", "cost"]), required: true,
            "the errors to make fewest of"),
        .init(
            "subject_to", limitShape, default: "the other kind of error not above the base model's",
            "what must hold of the other kind of error meanwhile"),
        .init(
            "costs",
            .mapping([
                .init("false_negative", cost, required: true, "the cost of one image in which the label is missed"),
                .init("false_positive", cost, required: true, "the cost of one image that is wrongly flagged"),
            ]), "with `minimise: cost`, what errors cost; only their ratio counts"),
        .init(
            "calibration", .number(closed(RateGuarantee.shares)), default: "\(RateGuarantee.standardCalibration)",
            "of a guaranteed rate, the share of training groups that only set the threshold"),
    ])

    private static let cost = Shape.number(NumberRange(from: 0, to: 1_000_000, includesLower: false))

    private static let limitShape = Shape.mapping(
        ErrorKind.allCases.map {
            .init($0.rawValue, countShape, "no more of these than the base model makes on training images")
        } + [
            .init("false_negative_rate", rateShape("at_most"), "a guaranteed share of images with the label"),
            .init("false_positive_rate", rateShape("at_most"), "a guaranteed share of images without the label"),
            .init(
                "recall", rateShape("at_least"),
                "a guaranteed share of images with the label: 1 - false_negative_rate"),
        ])

    private static let countShape = Shape.either([
        .word(["not_above_base"]),
        .mapping([
            .init(
                "not_above_base",
                .mapping([
                    .init(
                        "margin", .number(NumberRange(from: 0, to: 1, includesUpper: false)), required: true,
                        "how much further below the base model's count to stay, as a share of it")
                ]), required: true, "no more than the base model makes, with a margin")
        ]),
    ])

    private static func rateShape(_ bound: String) -> Shape {
        .mapping([
            .init(bound, .number(closed(RateGuarantee.levels)), required: true, "the rate on unseen images"),
            .init(
                "with_probability", .number(closed(RateGuarantee.levels)),
                "over training images, how often the rate is to hold (Neyman-Pearson)"),
            .init("guarantee", .word(["in_expectation"]), "the rate is to hold on average (conformal risk control)"),
        ])
    }

    private static func closed(_ range: ClosedRange<Double>) -> NumberRange {
        NumberRange(from: range.lowerBound, to: range.upperBound)
    }
}
