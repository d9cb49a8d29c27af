public import Moderation

/// One thing a description says that cannot be.
public struct DescriptionProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where it stands in the description's file: `["input", "size"]`.
    public let keys: [String]
    /// What is wrong and what is allowed, one sentence.
    public let message: String

    public init(keys: [String], message: String) {
        self.keys = keys
        self.message = message
    }

    /// `input.size: ...`
    public var description: String { keys.joined(separator: ".") + ": " + message }
}

extension BaseModelDescription {
    /// The largest side of an input, in pixels.
    public static let maximumSide = 4096

    /// Everything that contradicts itself or the taxonomy, in the order of the file; empty for a sound description.
    ///
    /// What contradicts the network shows when `BaseModel` opens it.
    public var problems: [DescriptionProblem] {
        input.problems(under: ["input"]) + scoringProblems + labelProblems + coverageProblems + embeddingProblems
    }

    /// The labels with evidence of their own or below them, in taxonomy order.
    public var coveredLabels: [Label] {
        taxonomy.labels.filter { label in labels.keys.contains { $0 == label || $0.isDescendant(of: label) } }
    }

    private var scoringProblems: [DescriptionProblem] {
        var problems: [DescriptionProblem] = []
        if !(scoring.scale > 0 && scoring.scale.isFinite) {
            problems.append(
                DescriptionProblem(keys: ["scoring", "scale"], message: "\(scoring.scale); allowed: a number above 0"))
        }
        if !scoring.offset.isFinite {
            problems.append(
                DescriptionProblem(keys: ["scoring", "offset"], message: "\(scoring.offset); allowed: a number"))
        }
        return problems
    }

    private var labelProblems: [DescriptionProblem] {
        var problems: [DescriptionProblem] = []
        if labels.isEmpty {
            problems.append(DescriptionProblem(keys: ["labels"], message: "no label is covered; list at least one"))
        }
        for (label, indices) in labels.sorted(by: { $0.key < $1.key }) {
            let keys = ["labels", label.description]
            if !taxonomy.contains(label) { problems.append(unknown(label, keys: keys)) }
            if indices.isEmpty || indices.contains(where: { $0 < 0 }) {
                problems.append(
                    DescriptionProblem(keys: keys, message: "\(indices); allowed: at least one place, counted from 0"))
            }
        }
        return problems
    }

    /// Every label is either covered or declared not to be, so that none is forgotten.
    private var coverageProblems: [DescriptionProblem] {
        let covered = Set(coveredLabels)
        var problems: [DescriptionProblem] = []
        for label in uncovered {
            if !taxonomy.contains(label) { problems.append(unknown(label, keys: ["uncovered"])) }
            if covered.contains(label) {
                problems.append(
                    DescriptionProblem(keys: ["uncovered"], message: "`\(label)` is covered by `labels` as well"))
            }
        }
        let forgotten = taxonomy.leaves.filter { leaf in
            !covered.contains(leaf) && !uncovered.contains { $0 == leaf || leaf.isDescendant(of: $0) }
        }
        if !forgotten.isEmpty {
            let names = forgotten.map(\.description).joined(separator: ", ")
            problems.append(
                DescriptionProblem(
                    keys: ["uncovered"], message: "these labels are neither in `labels` nor in `uncovered`: \(names)"))
        }
        return problems
    }

    private func unknown(_ label: Label, keys: [String]) -> DescriptionProblem {
        DescriptionProblem(keys: keys, message: taxonomy.objection(to: label.description))
    }
}

extension BaseModelDescription.Input {
    /// What contradicts itself in an input that stands under `keys`.
    func problems(under keys: [String]) -> [DescriptionProblem] {
        var problems: [DescriptionProblem] = []
        let sides = 1...BaseModelDescription.maximumSide
        if !sides.contains(height) || !sides.contains(width) {
            problems.append(
                DescriptionProblem(
                    keys: keys + ["size"],
                    message: "\(height) x \(width) pixels; allowed: 1 to \(sides.upperBound) a side"))
        }
        for (key, values) in [("mean", mean), ("deviation", deviation)] {
            let isAllowed = values.count == 3 && values.allSatisfy { $0.isFinite && (key == "mean" || $0 > 0) }
            if !isAllowed {
                let allowed = key == "mean" ? "3 numbers" : "3 numbers above 0"
                problems.append(DescriptionProblem(keys: keys + [key], message: "\(values); allowed: \(allowed)"))
            }
        }
        return problems
    }
}
