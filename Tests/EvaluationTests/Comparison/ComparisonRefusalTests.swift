import Evaluation
import LinearAlgebra
import Moderation
import Testing

@Suite struct ComparisonRefusalTests {
    let experiment = SyntheticExperiment()

    @Test func nothingToCompareIsRefused() {
        #expect(throws: ComparisonRefusal.noRecords) { try Comparison(records: [], adapters: []) }
    }

    @Test func theSameTrialTwiceIsRefused() {
        let records = experiment.records(["ridge": .nothing])
        #expect(throws: ComparisonRefusal.repeatedTrial(adapter: "ridge", repetition: 0)) {
            try Comparison(records: records + records, adapters: ["ridge"])
        }
    }

    @Test(arguments: [
        (SyntheticExperiment(present: 21), ComparisonRefusal.Shared.images),
        (SyntheticExperiment(present: 21, absent: 29), .truth),
        (SyntheticExperiment(missed: 11), .baseScores),
        (SyntheticExperiment(labelPath: ["Weapons"]), .labels),
    ])
    func recordsOfAnotherExperimentAreRefused(other: SyntheticExperiment, shared: ComparisonRefusal.Shared) {
        let records = experiment.records(["bias": .nothing]) + other.records(["ridge": .nothing])
        #expect(throws: ComparisonRefusal.different(shared, adapter: "ridge", repetition: 0)) {
            try Comparison(records: records, adapters: ["bias", "ridge"])
        }
    }

    @Test func anotherSplitOfOneRepetitionIsRefused() {
        let records = experiment.records(["bias": .nothing], repeats: 2, split: SyntheticExperiment.halves)
        let other = experiment.records(["ridge": .nothing], repeats: 2) { repetition, image in
            repetition == 0 ? SyntheticExperiment.halves(0, image) : .test
        }
        let refusal = ComparisonRefusal.different(.split, adapter: "ridge", repetition: 1)
        #expect(throws: refusal) { try Comparison(records: records + other, adapters: ["bias", "ridge"]) }
        #expect(refusal.description.contains("`ridge` in repetition 1 has other split"))
    }
}
