import Evaluation
import Foundation
import Moderation
import TestSupport
import Testing

@Suite struct LearningCurveTests {
    /// Random records whose training images are those of the first groups, up to a share of them.
    private func records(share: Double, seed: UInt64 = 4) -> [TrialRecord] {
        RandomRecords(seed: seed, repeats: 4, largestGroup: 3).records.map { record in
            let last = Int(share * Double(record.images.count))
            return TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 50,
                images: record.images,
                parts: record.parts.enumerated().map { $1 == .training && $0 >= last ? .unused : $1 },
                labels: record.labels)
        }
    }

    private var sizes: [(size: TrainingSize, records: [TrialRecord])] {
        [
            (.all, records(share: 1)), (TrainingSize(positives: 30), records(share: 0.5)),
            (TrainingSize(positives: 9), records(share: 0.2)),
        ]
    }

    /// Counts against NumPy; improvements are those of a comparison, whose every number has its own oracle.
    @Test func pointsAreCountedAndComparedByRisingSize() throws {
        struct Point: Decodable { let positives: Double, negatives: Double, groups: Double }
        struct Trial: Encodable {
            let part: [Int], truth: [Int], group: [String]

            init(_ record: TrialRecord) {
                part = record.parts.map { Int($0.rawValue) }
                truth = record.labels[0].truth.map { Int($0.rawValue) }
                group = record.images.map(\.group)
            }
        }
        let curve = try LearningCurve.all(split: "s", sizes: sizes, adapters: ["worse", "better"])[0]
        #expect(curve.adapters.map(\.adapter) == ["worse", "better"])
        let rising = Array(sizes.reversed())
        for adapter in curve.adapters {
            #expect(adapter.points.map(\.requested) == rising.map(\.size))
            let expected: [Point] = try Oracle.run(
                """
                import numpy as np
                points = []
                for trials in input:
                    rows = [(np.array(t["part"]) == 1, np.array(t["truth"]), np.array(t["group"])) for t in trials]
                    points.append({
                        "positives": float(np.mean([(p & (t == 1)).sum() for p, t, _ in rows])),
                        "negatives": float(np.mean([(p & (t == 0)).sum() for p, t, _ in rows])),
                        "groups": float(np.mean([len(set(g[p & (t < 2)])) for p, t, g in rows]))})
                answer(points)
                """, input: rising.map { $0.records.filter { $0.adapter == adapter.adapter }.map(Trial.init) })
            for (point, (expected, size)) in zip(adapter.points, zip(expected, rising)) {
                #expect(point.positives == expected.positives && point.negatives == expected.negatives)
                #expect(point.groups == expected.groups && point.repeats == 4)
                let row = try Comparison(records: size.records, adapters: [adapter.adapter]).labels[0].adapters[0]
                for kind in ErrorKind.allCases { #expect(point.improvement[kind] == row.errors[kind].improvement) }
            }
        }
    }

    @Test func sizesThatTrainOnTheSameImagesAreOnePoint() throws {
        let sizes = [
            (size: TrainingSize(positives: 9), records: records(share: 0.2)),
            (TrainingSize(positives: 500), records(share: 1)), (TrainingSize(positives: 900), records(share: 1)),
        ]
        let points = try LearningCurve.all(split: "s", sizes: sizes, adapters: ["better"])[0].adapters[0].points
        #expect(points.map(\.requested.positives) == [9, 900])
        // The first size was not held against 9: it has what the first groups hold.
        #expect(points[1].hasAllPositives && points.allSatisfy(\.hasAllNegatives))
    }

    @Test func anAdapterWithoutTrialsHasNoCurve() throws {
        let curve = try LearningCurve.all(split: "s", sizes: sizes, adapters: ["better", "unheard"])[0]
        #expect(curve.adapters.map(\.adapter) == ["better"])
    }

    /// Rows a training size leaves to one label are none of another's: they have no score.
    @Test func imagesWithoutAScoreAreNotTrainedOn() throws {
        let whole = records(share: 1)
        let half = whole.map { record in
            let result = record.labels[0]
            let scores = result.adapterScores.enumerated().map { index, score in
                record.parts[index] == .training && index % 2 == 0 ? Float.nan : score
            }
            return TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 50, images: record.images, parts: record.parts,
                labels: [
                    LabelResult(
                        label: result.label, truth: result.truth, baseScores: result.baseScores, adapterScores: scores,
                        chosen: [], head: [])
                ])
        }
        let sizes = [(size: TrainingSize(positives: 60), records: half), (size: .all, records: whole)]
        let points = try LearningCurve.all(split: "s", sizes: sizes, adapters: ["better"])[0].adapters[0].points
        #expect(points.count == 2 && points[0].images < 0.6 * points[1].images)
        let trained = try Comparison(records: half, adapters: ["better"]).labels[0].composition.trainingImages
        #expect(Double(trained) <= points[0].images)
    }
}
