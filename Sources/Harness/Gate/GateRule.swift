public import Evaluation
public import Moderation

/// A rule of an experiment's gate: what is asked of one adapter, for one label.
public struct GateRule: Sendable {
    /// The label, the adapter and the split, by name.
    public let subject: Baseline.Subject
    /// The rate it is about.
    public let metric: GateMetric
    /// What is asked of it.
    public let condition: GateCondition
    /// Where the file says so.
    public let place: Place
}

extension Experiment {
    /// What a rule of the gate may contain.
    static let gateRuleShape = Shape.mapping([
        .init("label", .text, default: "the only one", "the label it is about"),
        .init(
            "metric", .word(GateMetric.allCases.map(\.rawValue)), required: true,
            "misses of images with the label, false alarms on images without it, or images that are flagged"),
        .init("adapter", .text, default: "the only one that is no baseline", "the adapter it is about"),
        .init("split", .text, default: "the only one", "the split it is about, at its largest training size"),
        .init(
            "at_most", .number(NumberRange(from: 0, to: 1, includesLower: false, includesUpper: false)),
            "the rate is at most this"),
        .init(
            "not_worse_than_baseline_by", .number(NumberRange(from: 0, to: 1, includesUpper: false)),
            "the rate is at most this much above that of the committed baseline"),
        .init(
            "improvement_at_least", .number(NumberRange(from: 0, to: 1, includesUpper: false)),
            "this share of the base model's errors is gone, at least"),
    ])
}
