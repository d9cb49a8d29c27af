import Foundation
import Moderation
import Testing

@testable import BaseModel

/// Each scoring rule against its formula, on scores whose moments are known: mean 2, population deviation 2.
@Suite struct ScoringTests {
    private let outputs: [Float] = [0, 0, 2, 4, 4, 2, 0, 0, 6, 2]
    private let alcohol = Label(path: ["Alcohol"])

    private func scores(_ rule: ScoringRule, of outputs: [Float], scale: Double, offset: Double) throws -> [Float] {
        var description = try ShippedModel.description()
        description.labels = [
            Label(path: ["Alcohol", "Alcoholic Beverages"]): [3, 8], Label(path: ["Alcohol", "Drinking"]): [2],
            Label(path: ["Alcohol"]): [4], Label(path: ["Violence"]): [5], Label(path: ["Violence", "Weapons"]): [1],
        ]
        description.scoring = BaseModelDescription.Scoring(rule: rule, scale: scale, offset: offset)
        let scores = try LabelScorer(description).scores(of: outputs)
        let chosen = [["Alcohol"], ["Alcohol", "Drinking"], ["Violence"], ["Violence", "Weapons"], ["Tobacco"]]
        return chosen.map { path in
            scores[Taxonomy.version6_1.labels.firstIndex(of: Label(path: path)) ?? 0]
        }
    }

    @Test func maxZScore() throws {
        // z-scores of 6, 2 and 0 are 2, 0 and -1; a parent takes the best of its own places and its children's.
        #expect(try scores(.maxZScore, of: outputs, scale: 1.5, offset: 4) == [-3, -6, -6, -7.5, -16])
    }

    @Test func equalScoresStandOutNowhere() throws {
        let equal = [Float](repeating: 0.1, count: 10)
        #expect(try scores(.maxZScore, of: equal, scale: 1.5, offset: 4) == [-6, -6, -6, -6, -16])
    }

    @Test func logit() throws {
        #expect(try scores(.logit, of: outputs, scale: 0.5, offset: -1) == [3.5, 1.5, 1.5, 0.5, -16])
    }

    @Test func probability() throws {
        let chances: [Float] = [0, 0.25, 0.5, 0.75, 0, 1, 0, 0, 0.5, 0]
        let found = try scores(.probability, of: chances, scale: 2, offset: 1)
        let bound: Double = 2 * (log((1 - 1e-7) / 1e-7) - 1)
        let oddsOfThree = log(3.0)
        let expected: [Double] = [2 * (oddsOfThree - 1), -2, bound, 2 * (-oddsOfThree - 1), -16]
        for (score, value) in zip(found, expected) {
            // Float holds values of this size to 2e-6.
            #expect(abs(Double(score) - value) < 4e-6)
        }
    }
}
