import Foundation
import Moderation
import TestSupport
import Testing

@testable import Evaluation

/// What a reader explores, against the comparison at the declared threshold and against NumPy and scikit-learn elsewhere.
@Suite struct LabelExplorationTests {
    /// One split, and repeated ones; images by themselves, and in groups; a threshold of the grid and one between.
    @Test(arguments: [1, 6], [1, 6]) func declaredThresholdIsTheComparisonBitForBit(
        repeats: Int, largestGroup: Int
    ) throws {
        for confidence in [50, 62.5] {
            let records = RandomRecords(seed: 11, repeats: repeats, largestGroup: largestGroup).records
                .map { $0.at(confidence) }
            let comparison = try Comparison(records: records, adapters: RandomRecords.adapters).labels[0]
            let exploration = try #require(
                try LabelExploration.all(records: records, adapters: RandomRecords.adapters).first)
            let place = try #require(exploration.confidences.firstIndex(of: confidence))
            #expect(exploration.confidences.count == (confidence == 50 ? 99 : 100))
            let base = exploration.models[0].points[place]
            #expect(base.flaggedShare == comparison.base.flaggedShare)
            for kind in ErrorKind.allCases {
                #expect(base.errors[kind].errors == comparison.base.errors[kind].errors)
                #expect(base.errors[kind].fixed == 0 && base.errors[kind].broken == 0)
                #expect(base.errors[kind].improvement == nil)
            }
            #expect(exploration.models.count == 1 + comparison.adapters.count)
            for (model, row) in zip(exploration.models.dropFirst(), comparison.adapters) {
                #expect(model.adapter == row.adapter)
                #expect(model.points[place].flaggedShare == row.adapterFlaggedShare)
                for kind in ErrorKind.allCases {
                    let (found, expected) = (model.points[place].errors[kind], row.errors[kind])
                    #expect(found.errors == expected.cells.adapterErrors)
                    #expect(found.fixed == expected.cells.fixed && found.broken == expected.cells.broken)
                    #expect(found.improvement == expected.improvement)
                }
            }
        }
    }

    /// A point elsewhere is what the comparison would say had the experiment declared that threshold, intervals included.
    @Test(arguments: [1, 4]) func everyThresholdIsTheComparisonDeclaredThere(repeats: Int) throws {
        let records = RandomRecords(seed: 3, repeats: repeats, largestGroup: 4).records
        let exploration = try LabelExploration.all(records: records, adapters: ["better", "worse"])[0]
        for confidence in stride(from: 1.0, through: 99, by: 7) {
            let comparison = try Comparison(records: records.map { $0.at(confidence) }, adapters: ["better", "worse"])
            let place = try #require(exploration.confidences.firstIndex(of: confidence))
            for (model, row) in zip(exploration.models.dropFirst(), comparison.labels[0].adapters) {
                for kind in ErrorKind.allCases {
                    #expect(model.points[place].errors[kind].improvement == row.errors[kind].improvement)
                }
            }
        }
    }

    @Test(arguments: [1, 5]) func countsAndCurvesAreThoseOfNumPyAndScikitLearn(repeats: Int) throws {
        let records = RandomRecords(seed: 21, repeats: repeats, largestGroup: 3).records
        let exploration = try LabelExploration.all(records: records, adapters: RandomRecords.adapters)[0]
        let models = ([nil] + RandomRecords.adapters.map(Optional.some)).map { Input.tests(of: $0, in: records) }
        let input = Input(
            logits: exploration.confidences.map { Double(Threshold(confidence: $0).logit) }, models: models)
        let script = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Tests/EvaluationTests/Oracles/exploration.py"),
            encoding: .utf8)
        let expected = try Oracle.run(script, input: input, as: [Expected].self)
        #expect(exploration.models.count == expected.count)
        for (model, expected) in zip(exploration.models, expected) {
            for (point, expected) in zip(model.points, expected.points) {
                expectClose(point.flaggedShare, expected.flagged)
                for (kind, expected) in zip(ErrorKind.allCases, expected.kinds) {
                    let errors = point.errors[kind]
                    for (found, expected) in zip([errors.errors, errors.fixed, errors.broken], expected.means) {
                        expectClose(found, expected)
                    }
                    if model.adapter != nil { expectClose(errors.improvement?.value, expected.improvement) }
                }
            }
            expectClose(model.averagePrecision, expected.averagePrecision)
            expectClose(model.expectedCalibrationError, expected.error)
            #expect(model.reliability.map(\.tests) == expected.counts)
            for (bin, (share, confidence)) in zip(model.reliability, zip(expected.share, expected.confidence)) {
                expectClose(bin.sharePresent.value, share)
                expectClose(bin.meanConfidence, confidence)
            }
            expectThinned(model.precisionRecall, of: zip(expected.recall, expected.precision).map { ($0, $1) })
        }
    }

    /// Wilson's interval on one split of single images, from Wilson's own formula; the corrected one over repeats.
    @Test func binsHaveTheIntervalsOfRates() throws {
        let single = try LabelExploration.all(
            records: RandomRecords(seed: 2, repeats: 1, largestGroup: 1).records, adapters: ["better"])[0]
        for bin in single.models.flatMap(\.reliability) {
            let present = Int((bin.sharePresent.value * Double(bin.tests)).rounded())
            #expect(bin.sharePresent.interval == .wilson(present, of: bin.tests))
        }
        let repeated = try LabelExploration.all(
            records: RandomRecords(seed: 2, repeats: 6, largestGroup: 1).records, adapters: ["better"])[0]
        for bin in repeated.models.flatMap(\.reliability) {
            let present = Int((bin.sharePresent.value * Double(bin.tests)).rounded())
            #expect(bin.sharePresent.interval != .wilson(present, of: bin.tests))
            #expect(bin.sharePresent.interval?.contains(bin.sharePresent.value) ?? true)
        }
    }

    @Test func labelWithoutAPresentImageHasNoCurve() throws {
        var experiment = SyntheticExperiment()
        (experiment.present, experiment.missed) = (0, 0)
        let exploration = try LabelExploration.all(
            records: experiment.records(["same": .nothing]), adapters: ["same"])[0]
        for model in exploration.models {
            #expect(model.precisionRecall.isEmpty && model.averagePrecision == nil)
            #expect(model.reliability.allSatisfy { $0.sharePresent.value == 0 })
        }
    }

    @Test func recordsInAnyOrderGiveTheSame() throws {
        let records = RandomRecords(seed: 8, repeats: 3, largestGroup: 2).records
        let adapters = RandomRecords.adapters
        #expect(
            try LabelExploration.all(records: records, adapters: adapters)
                == LabelExploration.all(records: records.reversed(), adapters: adapters))
    }

    /// Ends included, no kept point is far from the next one dropped, and all are points of the whole curve.
    private func expectThinned(
        _ points: [LabelExploration.PrecisionRecallPoint], of curve: [(recall: Double, precision: Double)]
    ) {
        let isPoint = { (point: LabelExploration.PrecisionRecallPoint) in
            curve.contains {
                isClose($0.recall, point.recall, relative: 1e-12)
                    && isClose($0.precision, point.precision, relative: 1e-12)
            }
        }
        #expect(points.allSatisfy(isPoint))
        #expect(points.last?.recall == 1 && points.count <= curve.count)
        for (recall, precision) in curve {
            // What the picture cannot show: `thinned`'s step.
            #expect(points.contains { abs($0.recall - recall) + abs($0.precision - precision) < 0.01 })
        }
    }

    /// Both sides compute in double precision, in different orders.
    private func expectClose(_ value: Double?, _ expected: Double?) {
        #expect((value == nil) == (expected == nil))
        if let value, let expected { #expect(isClose(value, expected, relative: 1e-9)) }
    }
}

extension LabelExplorationTests {
    /// The tests of each model, repeat by repeat.
    private struct Input: Encodable {
        let logits: [Double]
        let models: [[Tests]]

        struct Tests: Encodable {
            let base: [Float]
            let scores: [Float]
            let present: [Int]
        }

        static func tests(of adapter: String?, in records: [TrialRecord]) -> [Tests] {
            records.filter { $0.adapter == adapter ?? RandomRecords.adapters[0] }.map { record in
                let label = record.labels[0]
                let test = record.images.indices.filter { record.parts[$0] == .test && label.truth[$0] != .unknown }
                return Tests(
                    base: test.map { label.baseScores[$0] },
                    scores: test.map { (adapter == nil ? label.baseScores : label.adapterScores)[$0] },
                    present: test.map { label.truth[$0] == .present ? 1 : 0 })
            }
        }
    }

    private struct Expected: Decodable {
        struct Point: Decodable {
            struct Kind: Decodable {
                let means: [Double]
                let improvement: Double?
            }
            let kinds: [Kind]
            let flagged: Double
        }
        let points: [Point]
        let precision: [Double]
        let recall: [Double]
        let averagePrecision: Double
        let share: [Double]
        let confidence: [Double]
        let counts: [Int]
        let error: Double
    }
}

extension TrialRecord {
    /// The record of the same scores under another threshold.
    fileprivate func at(_ confidence: Double) -> TrialRecord {
        TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter, repetition: repetition,
            thresholdConfidence: confidence, images: images, parts: parts, labels: labels)
    }
}
