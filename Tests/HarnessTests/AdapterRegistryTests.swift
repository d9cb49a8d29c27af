import Adapters
import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import Store
import TestSupport
import Testing

@testable import Harness

/// What adapters of projects are called, and what is written of them.
@Suite struct AdapterRegistryTests {
    @Test func idsAreReadAsTheyAreWritten() throws {
        for text in ["p/a", "p/a/1", "P.1/_-./120", "a/" + String(repeating: "x", count: 255)] {
            #expect(try AdapterID(text).description == text)
        }
        for text in [
            "", "p", "p/", "/a", "p/a/", "p/a/0", "p/a/01", "p/a/+1", "p/a/x", "p/a/1/1", "./a", "p/..", "p/ä", "p/a b",
            "p/" + String(repeating: "x", count: 256), "p/a/99999999999999999999",
        ] {
            #expect(throws: ProjectError.self, "\(text)") { try AdapterID(text) }
        }
    }

    @Test func anArnLeadsBackToItsVersion() throws {
        let name = ProjectVersionArn(
            account: "123456789012", project: "p", name: "a.b", createdMilliseconds: 1_795_377_347_293)
        let arn = name.description
        #expect(ProjectVersionArn(arn) == name)
        for other in [
            "", "arn:aws:rekognition:us-east-1:000000000000:project/p/version/a/1", arn + "/1", arn + "x",
            arn.replacing("a.b", with: ".."), arn.replacing("version", with: "dataset"),
            arn.replacing("12:", with: ":"),
        ] {
            #expect(ProjectVersionArn(other) == nil, "\(other)")
        }
    }

    /// Every objective that a file can describe comes back from the words that a trial keeps.
    @Test func objectivesComeBackFromTheirSpecification() throws {
        var objectives: [Objective] = [.errors, .leastCost(falseNegative: 5, falsePositive: 0.25)]
        for kind in Objective.ErrorKind.allCases {
            objectives += [
                .fewest(kind, holding: .notAboveBase(margin: 0)), .fewest(kind, holding: .notAboveBase(margin: 0.1)),
                .fewest(kind, holding: .rate(RateGuarantee(level: 0.05, sense: .expectation, calibration: 0.3))),
                .fewest(kind, holding: .rate(RateGuarantee(level: 0.5, sense: .probability(0.9)))),
            ]
        }
        for objective in objectives {
            let text = objective.specification.text()
            let read = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
            #expect(Objective(specification: read) == objective, "\(text)")
        }
        for text in ["\"error\"", "1", "{}", #"{"minimise":"false_negatives"}"#, #"{"costs":{"false_negative":1}}"#] {
            let read = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
            #expect(Objective(specification: read) == nil, "\(text)")
        }
    }

    /// A store may hold trials of another version of the program.
    @Test(arguments: ["", "{}", #"{"objective":"fewest"}"#]) func aTrialOfUnknownObjectiveIsNamed(text: String) {
        let trial = TrialRecord(
            id: Digest(of: "t"), specification: text, determinants: [], adapter: "ridge", repetition: 0,
            thresholdConfidence: 50, images: [], parts: [], labels: [])
        let error = #expect(throws: Findings.self) { try trial.objective }
        #expect(error?.all.first?.message.hasSuffix("does not say what it was trained for") == true)
    }

    @Test func timesKeepTheirMilliseconds() {
        for milliseconds in [0, 1, 999, 1000, 1_795_377_347_293, 1_795_377_347_007, 4_102_444_799_999] {
            #expect(Timestamp.milliseconds(Timestamp.text(milliseconds)) == milliseconds)
        }
        #expect(Timestamp.text(1_795_377_347_007) == "2026-11-22T19:55:47.007Z")
        for text in ["", "2026-11-22T19:55:47Z", "2026-13-22T19:55:47.007Z", "x2026-11-22T19:55:47.007Z"] {
            #expect(Timestamp.milliseconds(text) == nil, "\(text)")
        }
    }

    // MARK: Manifests of trials

    private static let labels = ["Violence", "Violence/Weapons", "Violence/Self Injury", "Alcohol"].compactMap(
        Label.init)

    /// A trial on `count` images with every kind of truth that annotations can give labels one above the other, some of
    /// them left over by a training size.
    private static func trial(_ count: Int) -> TrialRecord {
        var stream = RandomStream(Seed(11))
        let annotations = (0..<count).map { _ -> Annotation in
            let some = { (stream: inout RandomStream) in labels.filter { _ in stream.unit() < 0.3 } }
            return Annotation(
                present: some(&stream), absent: stream.unit() < 0.5 ? .others : .only(some(&stream)),
                unknown: some(&stream))
        }
        let results = labels.map { label in
            LabelResult(
                label: label, truth: annotations.map { $0.truth(of: label) },
                baseScores: [Float](repeating: 0, count: count),
                adapterScores: (0..<count).map { _ in stream.unit() < 0.3 ? .nan : 1 }, chosen: [], head: [])
        }
        return TrialRecord(
            id: Digest(of: "t"), specification: "", determinants: [], adapter: "ridge", repetition: 0,
            thresholdConfidence: 50,
            images: (0..<count).map { .init(digest: Digest(of: "\($0)"), path: "d/\($0)", group: "d/\($0 / 2 * 2)") },
            parts: (0..<count).map { $0 % 3 == 0 ? .test : .training }, labels: results)
    }

    /// What was left over or is not known never becomes known, whatever stands above or below it; and nothing that was used
    /// changes its truth.
    @Test func manifestsSayNothingThatATrialDidNotUse() {
        let trial = Self.trial(3000)
        let located = LocatedImages(
            folder: URL(filePath: "/x"), datasets: ["d"], images: trial.images.indices.map { ("x/\($0)", nil) })
        var kept = 0
        var lost: [TrialRecord.SplitPart: Int] = [:]
        for part in [TrialRecord.SplitPart.training, .test] {
            let records = Manifest(of: trial, part: part, at: located).records
            #expect(Set(records.map(\.path)).count == records.count && records.count > 500)
            let byPath = Dictionary(uniqueKeysWithValues: records.map { ($0.path, $0) })
            for result in trial.labels {
                let used = Set(trial.images(of: part, knownIn: result))
                for image in trial.images.indices {
                    let truth = byPath["x/\(image)"]?.annotation.truth(of: result.label) ?? .unknown
                    if !used.contains(image) {
                        #expect(truth == .unknown, "\(result.label) of \(image)")
                    } else if truth == .unknown {
                        lost[part, default: 0] += 1
                    } else {
                        #expect(truth == result.truth[image])
                        kept += 1
                    }
                }
            }
            // A lone image is called by its path, and stays alone under another one.
            for record in records {
                let number = Int(record.path.dropFirst(2)) ?? 0
                #expect(record.group == (number % 2 == 0 ? record.path : "d/\(number - 1)"))
            }
        }
        // Only labels one above the other can lose, and only where one of them was left over: test images never do.
        #expect(kept > 4 * (lost[.training] ?? 0) && lost[.training] != nil && lost[.test] == nil, "\(kept): \(lost)")
        let alone = trial.labels[3]
        let records = Manifest(of: trial, part: .training, at: located).records
        #expect(
            records.count { $0.annotation.truth(of: alone.label) != .unknown }
                == trial.images(of: .training, knownIn: alone).count)
    }

    /// A sealed file may still be another trial's, or lack what its heads compare with.
    @Test func aTrialThatIsNotTheAdaptersIsTold() {
        let id = Digest(of: "t")
        let record = TrialRecord(
            id: id, specification: "", determinants: [], adapter: "kernel", repetition: 0, thresholdConfidence: 50,
            images: ["a", "b", "a", "c"].map { .init(digest: Digest(of: $0), path: $0, group: $0) },
            parts: [.training, .training, .training, .test],
            labels: [
                LabelResult(
                    label: Self.labels[3], truth: [.absent, .present, .absent, .present],
                    baseScores: [0, 0, 0, 0], adapterScores: [0, 0, 0, 0], chosen: [],
                    head: [.init(name: "coefficients", values: Matrix([[1, 1, 1]]))])
            ])
        let compared = ["a", "b"].map { Digest(of: $0) }
        #expect(record.comparedImages == compared)
        let whole = AdapterTrial(record: record, supports: compared, embeddings: Matrix([[1], [2]]))
        #expect(whole.fault(as: id) == nil)
        #expect(whole.fault(as: compared[0])?.hasPrefix("it holds trial") == true)
        let part = AdapterTrial(record: record, supports: [compared[0]], embeddings: Matrix([[1]]))
        #expect(part.fault(as: id) == "1 training images that its heads compare with are missing")
    }

    // MARK: Rekognition

    @Test func aRepeatedNameIsToldApart() throws {
        let taxonomy = Taxonomy.version6_1
        let names = ["Gambling", "Gambling/Gambling", "Violence/Weapons"].compactMap(Label.init)
            .map(taxonomy.rekognitionName)
        #expect(names == ["Gambling", "Gambling/Gambling", "Weapons"])
        for taxonomy in Taxonomy.all {
            #expect(Set(taxonomy.labels.map(taxonomy.rekognitionName)).count == taxonomy.labels.count)
        }
    }

    /// At 100 percent only a confidence that is 100 flags; without positives and flags there is no F1 to write.
    @Test func cornersOfTheEvaluation() throws {
        let counts = OutcomeCounts(
            scores: [100, 10, -100, 3], truth: [.present, .absent, .present, .unknown], confidence: 100)
        #expect((counts.truePositive, counts.trueNegative, counts.falsePositive, counts.falseNegative) == (1, 1, 0, 1))
        #expect(OutcomeCounts(scores: [-3], truth: [.absent], confidence: 50).f1Score == nil)
        let record = TrialRecord(
            id: Digest(of: "t"), specification: "", determinants: [], adapter: "ridge", repetition: 0,
            thresholdConfidence: 50, images: [.init(digest: Digest(of: "i"), path: "i", group: "i")], parts: [.test],
            labels: [
                LabelResult(
                    label: Self.labels[3], truth: [.absent], baseScores: [-3], adapterScores: [-3], chosen: [], head: []
                )
            ])
        let results = EvaluationResults(of: record, taxonomy: .version6_1, arn: "arn", ended: "now")
        #expect(try results.json().contains(#""AggregatedEvaluationResults":{},"ContentModeration""#))
    }
}
