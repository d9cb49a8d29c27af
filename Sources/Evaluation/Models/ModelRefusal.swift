public import Moderation

/// Models that stand in no table of a label, and why.
public struct ModelRefusal: Sendable, Equatable, Codable {
    /// The label.
    public let label: Label
    /// The subjects that are refused, in their order.
    public let models: [String]
    /// A model of the table that they cannot be held against.
    public let reference: String
    /// What keeps them apart.
    public let cause: Cause
    /// The same in a sentence about the model of the table and each of these.
    public let reason: String

    /// What keeps two models apart.
    public enum Cause: String, Sendable, Codable {
        case threshold, images, truth, groups, repeats
        case noTests = "no_tests"
    }

    /// What would help.
    public var hint: String {
        switch cause {
        case .threshold: "errors count at the threshold that a model was trained for: compare models of one threshold"
        case .images: "compare what was tested on the same images: one dataset, split and seed (`--split` picks one)"
        case .truth: "an annotation was changed between them: train those of the old manifest again"
        case .groups: "images were put into other groups between them: train those of the old manifest again"
        case .repeats: "name adapters of experiments with the same repeats, all of them finished, or single trials"
        case .noTests: "the test part holds no image in which the label is known"
        }
    }

    /// Why `subject` cannot be held against `reference`; `nil` where it can.
    static func cause(_ reference: TestedSubject, _ subject: TestedSubject) -> (cause: Cause, reason: String)? {
        guard reference.thresholdConfidence == subject.thresholdConfidence else {
            let thresholds = [reference, subject].map { "\($0.thresholdConfidence)%" }
            return (.threshold, "they decide at other thresholds: \(thresholds[0]) and \(thresholds[1])")
        }
        do throws(PairRefusal) {
            try PairRefusal.check(reference.errors, subject.errors)
            return nil
        } catch {
            return (Cause(error), error.description)
        }
    }
}

extension ModelRefusal.Cause {
    /// The cause that `refusal` names.
    fileprivate init(_ refusal: PairRefusal) {
        switch refusal {
        case .labels: preconditionFailure("models of one label are held against one another: \(refusal)")
        case .images: self = .images
        case .truth: self = .truth
        case .groups: self = .groups
        case .repeats: self = .repeats
        case .noTests: self = .noTests
        }
    }
}
