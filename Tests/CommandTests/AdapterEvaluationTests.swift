import Foundation
import TestSupport
import Testing

/// The documents in Amazon Rekognition's forms say what scikit-learn says of the same scores.
@Suite struct AdapterEvaluationTests {
    /// Both targets are top-level: what Amazon's adapters have.
    private static let experiment = """
        experiment: e
        project: p
        base_model: tiny
        dataset: d
        labels: [Alcohol, Violence]
        threshold: 40
        split: {training: 0.5, test: 0.5, repeats: 1, seed: 3}
        adapters:
          - {kind: ridge, strength: [0.1, 1]}
        """

    private struct Counts: Codable, Equatable {
        let TruePositive: Int, TrueNegative: Int, FalsePositive: Int, FalseNegative: Int
    }

    private struct Evaluation: Decodable {
        struct Both: Decodable, Equatable { let BaseModel: Counts, Adapter: Counts }
        struct OfLabel: Decodable, Equatable { let Label: String, BaseModel: Counts, Adapter: Counts }
        struct At: Decodable {
            let ConfidenceThreshold: Double
            let AggregatedEvaluationResults: Both
            let LabelEvaluationResults: [OfLabel]
        }
        struct Aggregated: Decodable { let F1Score: Double }
        struct Details: Decodable {
            let EvaluationEndTimestamp: String
            let Labels: [String]
            let NumberOfTestingImages: Int
            let NumberOfTrainingImages: Int
            let ProjectVersionArn: String
        }
        struct Content: Decodable {
            let InputConfidenceThresholdEvalResults: At
            let AllConfidenceThresholdsEvalResults: [At]
        }
        let AggregatedEvaluationResults: Aggregated
        let EvaluationDetails: Details
        let ContentModeration: Content
    }

    /// What scikit-learn counts at one confidence.
    private struct Expected: Decodable {
        let confidence: Double
        /// By label, base model and adapter: true negatives, false positives, false negatives, true positives.
        let labels: [[[Int]]]
        let total: [[Int]]
        let f1: Double
    }

    private func project() throws -> AdapterProject {
        try AdapterProject(Self.experiment) { project in
            let file = project.root.appending(path: "Datasets/d/manifest.jsonl")
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").enumerated()
                .map { index, text -> String in
                    index % 4 == 0
                        ? String(text).replacing("\"present\": []", with: "\"present\": [\"Violence/Weapons\"]")
                            .replacing("[\"Alcohol\"]", with: "[\"Alcohol\", \"Violence\"]") : String(text)
                }
            try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
        }
    }

    private func counts(_ numbers: [Int]) -> Counts {
        Counts(
            TruePositive: numbers[3], TrueNegative: numbers[0], FalsePositive: numbers[1], FalseNegative: numbers[2])
    }

    @Test func countsAndF1AreScikitLearns() throws {
        let project = try project()
        try project.create()
        let evaluation = try JSONDecoder().decode(
            Evaluation.self, from: Data(contentsOf: project.file("evaluation.json")))
        // The confidences come from the output manifest: 5 and more, and no threshold is below.
        let script = """
            import numpy, warnings
            from sklearn.metrics import confusion_matrix, f1_score
            warnings.simplefilter("ignore")
            lines = [json.loads(line) for line in open(input)]
            names = ["Alcohol", "Violence"]
            def confidence(line, key):
                found = {x["Name"]: x["Confidence"] for x in line[key]["ModerationLabels"]}
                return [found.get(name, 0) for name in names]
            truth = numpy.array([[any(x["Name"] == name for x in
                                      line["content-moderation-groundtruth"]["ModerationLabels"]) for name in names]
                                 for line in lines])
            scores = [numpy.array([confidence(line, key) for line in lines])
                      for key in ("detect-moderation-labels-base-model", "detect-moderation-labels")]
            def counts(truth, flagged):
                return [int(n) for n in confusion_matrix(truth.ravel(), flagged.ravel(), labels=[False, True]).ravel()]
            answer([{
                "confidence": threshold,
                "labels": [[counts(truth[:, i], s[:, i] >= threshold) for s in scores] for i in range(2)],
                "total": [counts(truth, s >= threshold) for s in scores],
                "f1": float(f1_score(truth, scores[1] >= threshold, average="micro")),
            } for threshold in [40] + list(range(5, 101, 5))])
            """
        let file = project.file("test.rekognition.jsonl").path
        let expected = try Oracle.run(script, input: file, as: [Expected].self)
        let content = evaluation.ContentModeration
        let all = [content.InputConfidenceThresholdEvalResults] + content.AllConfidenceThresholdsEvalResults
        #expect(all.count == 21 && expected.count == 21)
        for (own, other) in zip(all, expected) {
            #expect(own.ConfidenceThreshold == other.confidence)
            #expect(own.AggregatedEvaluationResults.BaseModel == counts(other.total[0]))
            #expect(own.AggregatedEvaluationResults.Adapter == counts(other.total[1]))
            #expect(own.LabelEvaluationResults.map(\.Label) == ["Alcohol", "Violence"])
            #expect(own.LabelEvaluationResults.map(\.BaseModel) == other.labels.map { counts($0[0]) })
            #expect(own.LabelEvaluationResults.map(\.Adapter) == other.labels.map { counts($0[1]) })
        }
        #expect(Set(all.map(\.AggregatedEvaluationResults.Adapter.FalseNegative)).count > 5, "thresholds must matter")
        // One division of whole numbers, in doubles on both sides; scikit-learn divides twice.
        #expect(abs(evaluation.AggregatedEvaluationResults.F1Score - expected[0].f1) <= 1e-15)
        let details = evaluation.EvaluationDetails
        #expect((details.NumberOfTrainingImages, details.NumberOfTestingImages) == (30, 30))
        #expect(details.Labels == ["Alcohol", "Violence"])
        #expect(details.EvaluationEndTimestamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        #expect(details.ProjectVersionArn.hasPrefix("arn:aws:rekognition:local:000000000000:project/p/version/a/"))
    }

    /// What the output manifest says of an image is what `detect` says of it, for the targeted labels.
    @Test func theTestManifestHoldsTheDetections() throws {
        let project = try project()
        try project.create()
        let lines = try String(contentsOf: project.file("test.rekognition.jsonl"), encoding: .utf8).split(
            separator: "\n"
        )
        .map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        #expect(lines.count == 30)
        let targets: Set = ["Alcohol", "Violence"]
        func labels(_ response: Any?) throws -> [String: Double] {
            let entries = try #require((response as? [String: Any])?["ModerationLabels"] as? [[String: Any]])
            let found = entries.map { ($0["Name"] as? String ?? "", $0["Confidence"] as? Double ?? 0) }
            return Dictionary(uniqueKeysWithValues: found.filter { targets.contains($0.0) })
        }
        for line in lines.prefix(6) {
            #expect(
                Set(line.keys) == [
                    "source-ref", "content-moderation-groundtruth", "detect-moderation-labels",
                    "detect-moderation-labels-base-model",
                ])
            let image = "Datasets/d/\(try #require(line["source-ref"] as? String))"
            for (key, adapter) in [
                ("detect-moderation-labels", ["--adapter", "p/a"]), ("detect-moderation-labels-base-model", []),
            ] {
                let detected = try Program.run(
                    ["detect", image, "--base-model", "tiny", "--min-confidence", "5"] + adapter, in: project.root)
                let response = try JSONSerialization.jsonObject(with: Data(detected.output.utf8)) as? [String: Any]
                let printed = try labels(response)
                let kept = try labels(line[key])
                #expect(printed.keys.sorted() == kept.keys.sorted())
                // The score of a batch and of one image alone may differ in the last bits of a 32-bit number.
                for (name, confidence) in kept { #expect(abs(confidence - (printed[name] ?? 0)) <= 1e-4) }
                #expect(
                    (line[key] as? [String: Any])?["ProjectVersion"] as? String == response?["ProjectVersion"]
                        as? String)
                #expect((line[key] as? [String: Any])?["ModerationModelVersion"] as? String == "6.1")
            }
        }
        let training = try String(contentsOf: project.file("training.rekognition.jsonl"), encoding: .utf8)
        #expect(training.split(separator: "\n").count == 30 && !training.contains("detect-moderation-labels"))
    }

    /// The training manifest is one that the product takes, and this program too.
    @Test func theTrainingManifestReadsAsADataset() throws {
        let project = try project()
        try project.create()
        try FileManager.default.copyItem(
            at: project.file("training.rekognition.jsonl"), to: project.root.appending(path: "Datasets/d/amazon.jsonl"))
        let experiment = Self.experiment.replacing("dataset: d", with: "dataset: ../Datasets/d/amazon.jsonl")
        try project.project.write("Experiments/amazon.yaml", experiment)
        let run = try project.run("plan", "Experiments/amazon.yaml")
        #expect(run.status == 0 && run.talk.contains("30 images"), "\(run.talk)")
    }
}
