internal import Foundation
internal import Moderation

/// Turns a network's scores of one image into base scores of a taxonomy's labels.
struct LabelScorer: Sendable {
    private let scoring: BaseModelDescription.Scoring
    private let output: String
    /// For each label of the taxonomy, the places of its own evidence and of all that stands below it.
    ///
    /// A score grows with its evidence, so the greatest of all these is the greatest score of a parent's children.
    private let places: [[Int]]

    init(_ description: BaseModelDescription) {
        scoring = description.scoring
        output = description.outputs.scores
        places = description.taxonomy.labels.map { label in
            description.taxonomy.subtree(of: label).flatMap { description.labels[$0] ?? [] }
        }
    }

    /// `[labels]`: the base scores for `outputs`, the network's scores, all finite.
    func scores(of outputs: [Float]) throws(EncodingError) -> [Float] {
        let evidence = try evidence(in: outputs)
        return places.map { places in
            guard let greatest = places.map({ outputs[$0] }).max() else { return BaseScores.uncovered }
            return Float(scoring.scale * (evidence(Double(greatest)) - scoring.offset))
        }
    }

    /// What an element of `outputs` says for a label, by the scoring rule.
    private func evidence(in outputs: [Float]) throws(EncodingError) -> (Double) -> Double {
        switch scoring.rule {
        case .logit: return { $0 }
        case .maxZScore:
            let (mean, deviation) = LabelScorer.moments(of: outputs)
            // Where all scores are equal none stands out, and each z-score is 0.
            return { deviation == 0 ? 0 : ($0 - mean) / deviation }
        case .probability:
            // Rounding may carry a probability past 1 by a little, never by so much.
            let tolerance: Float = 1e-3
            if let value = outputs.first(where: { $0 < -tolerance || $0 > 1 + tolerance }) {
                throw .notProbability(value, output: output)
            }
            return { LabelScorer.logit(of: min(max($0, 1e-7), 1 - 1e-7)) }
        }
    }

    private static func logit(of probability: Double) -> Double { log(probability / (1 - probability)) }

    /// Mean and population standard deviation, summed in double precision in the order of the places.
    private static func moments(of values: [Float]) -> (mean: Double, deviation: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0) { $0 + Double($1) } / count
        let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (mean, (squares / count).squareRoot())
    }
}
