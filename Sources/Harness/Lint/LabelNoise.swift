internal import Adapters
internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Images whose annotation is contradicted by a model that was fitted without them.
///
/// Each image is left out by itself, not with its group: the other images of an object are the best witnesses. With whole
/// groups left out, planted flips drown among objects that are merely unlike all others (`docs/lint.md`).
///
/// Confident learning (Northcutt, Jiang and Chuang 2021): of each class the threshold is the mean probability that its own
/// annotated images get. An image that reaches the other class's threshold and not its own class's word for it is a
/// candidate; candidates are ranked by the normalized margin, the other class's probability minus the own one's.
struct LabelNoise {
    /// Fewer images with the label, or without it, teach nothing.
    static let fewestImages = 10
    static let strength = 0.3

    /// A candidate.
    struct Candidate: Equatable {
        let index: Int
        let isAnnotatedPresent: Bool
        /// Probability of the label by the model that did not see the image, in percent.
        let confidence: Double
        /// Probability of the other class minus that of the annotated one: -1 to 1.
        let margin: Double
    }

    /// The candidates among rows of known truth, the surest first.
    ///
    /// - Parameters:
    ///   - scores: out-of-fold scores as logits, one per row.
    ///   - truth: whether the label is annotated as present, one per row.
    static func candidates(scores: [Float], truth: [Bool]) -> [Candidate] {
        let probabilities = scores.map { 1 / (1 + exp(-Double($0))) }
        let positives = zip(probabilities, truth).filter(\.1).map(\.0)
        let negatives = zip(probabilities, truth).filter { !$0.1 }.map { 1 - $0.0 }
        guard !positives.isEmpty, !negatives.isEmpty else { return [] }
        let presentThreshold = positives.reduce(0, +) / Double(positives.count)
        let absentThreshold = negatives.reduce(0, +) / Double(negatives.count)
        let candidates = truth.indices.compactMap { index -> Candidate? in
            let probability = probabilities[index]
            let other = truth[index] ? 1 - probability : probability
            guard other >= (truth[index] ? absentThreshold : presentThreshold), other > 0.5 else { return nil }
            return Candidate(
                index: index, isAnnotatedPresent: truth[index], confidence: 100 * probability, margin: 2 * other - 1)
        }
        return candidates.sorted { ($1.margin, $0.index) < ($0.margin, $1.index) }
    }
}

extension LintSubject {
    /// The candidates for wrong annotations of `label`; a note instead where there is too little to learn from.
    ///
    /// - Parameter taxonomy: the columns of the base scores.
    func noiseFindings(_ label: LintLabel, taxonomy: Taxonomy) -> (findings: [LintFinding], note: String?) {
        guard let column = taxonomy.labels.firstIndex(of: label.label) else {
            preconditionFailure("\(label.label) is none of the \(taxonomy.labels.count) labels of the taxonomy")
        }
        let known = label.truth.indices.filter { label.truth[$0] != .unknown }
        let truth = known.map { label.truth[$0] == .present }
        let positives = truth.count { $0 }
        guard min(positives, truth.count - positives) >= LabelNoise.fewestImages else {
            return (
                [],
                "`\(label.label)` is present in \(positives) images and absent in \(truth.count - positives): wrong "
                    + "annotations are looked for from \(LabelNoise.fewestImages) of each on"
            )
        }
        // Images of the same pixels would vouch for each other.
        let folds = fingerprints.map(\.pixels.description).numbered
        let rows = Rows<Training>(
            label: label.label,
            images: EmbeddingSet(embeddings: embeddings.selecting(rows: known), groups: known.map { folds[$0] }),
            baseScores: known.map { baseScores[$0, column] }, truth: truth)
        do throws(AdapterError) {
            let recipe = try Recipe(.ridge, ["strength": [LabelNoise.strength]])
            let fit = try recipe.fit(rows, threshold: Threshold(confidence: 50), objective: .errors, seed: Seed(0))
            let candidates = LabelNoise.candidates(scores: fit.outOfFoldScores, truth: truth)
            return (candidates.enumerated().map { finding($1, rank: $0 + 1, label.label, at: known[$1.index]) }, nil)
        } catch {
            return ([], "wrong annotations of `\(label.label)` cannot be looked for: \(error)")
        }
    }

    private func finding(_ candidate: LabelNoise.Candidate, rank: Int, _ label: Label, at index: Int) -> LintFinding {
        let annotated = candidate.isAnnotatedPresent ? "present" : "absent"
        return LintFinding(
            .labelNoise,
            "`\(path(index))` is annotated as `\(label)` \(annotated); a model that did not see it says "
                + String(format: "%.0f%%", candidate.confidence),
            images: [path(index)],
            values: [
                "label": .text(label.description), "annotated": .text(annotated), "rank": .integer(rank),
                "confidence": .number(candidate.confidence),
            ])
    }
}
