import Foundation
import TestSupport
import Testing

/// An adapter detects what its trial detects, bit for bit, and needs nothing but its folder and its base model.
@Suite struct AdapterDetectionTests {
    private static let kinds = ["ridge", "kernel", "logistic", "platt", "bias", "gda", "cache", "auto", "none"]

    private static let experiment =
        TemporaryProject.experiment.components(separatedBy: "adapters:")[0]
        + "adapters:\n" + kinds.map { "  - {kind: \($0), name: \($0)}\n" }.joined()

    /// Confidences are printed as 32-bit numbers with all their digits: equal texts are equal bits.
    @Test func detectionsAreThoseOfTheTrial() throws {
        let project = try AdapterProject(Self.experiment)
        var detections: [String: [String]] = [:]
        for kind in Self.kinds {
            try project.create(kind, from: kind)
            detections[kind] = try project.detections(project.trial(kind), ["--base-model", "tiny"])
            #expect(detections[kind]?.count == 60)
        }
        #expect(Set(detections.values).count >= 6, "kinds that answer alike tell nothing apart")
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato"))
        for kind in Self.kinds {
            #expect(try project.detections("p/\(kind)") == detections[kind], "\(kind)")
            #expect(try project.detections("p/\(kind)/1", ["--base-model", "tiny"]) == detections[kind], "\(kind)")
        }
    }

    @Test func soAreThoseOnARicherEmbedding() throws {
        let experiment =
            TemporaryProject.experiment + "\n  - {kind: kernel, name: rich, embedding: rich}\n"
        let project = try AdapterProject(experiment) { try $0.declareEmbedding() }
        let expected = try project.detections(project.trial("rich"), ["--base-model", "tiny"])
        try project.create("rich", from: "rich")
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato"))
        #expect(try project.detections("p/rich") == expected)
        // Without its embedding the base model is still itself, and the adapter means nothing.
        let file = project.root.appending(path: "Experiments/base-models/tiny.yaml")
        let text = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\nembeddings:")[0]
        try Data(text.utf8).write(to: file)
        let refused = try project.run("detect", "Datasets/d/images/0.png", "--adapter", "p/rich")
        #expect(refused.status == 2 && refused.talk.contains("which base model `tiny` does not declare"))
    }

    @Test func theResponseNamesTheVersionAsRekognitionWould() throws {
        let project = try AdapterProject()
        try project.create()
        let detected = try project.run("detect", "Datasets/d/images/0.png", "--adapter", "p/a")
        let arn = try #require(detected.output.firstMatch(of: /"ProjectVersion" : "([^"]+)"/)).output.1
        // The pattern of botocore 1.43.11's service model for ProjectVersionArn.
        let pattern =
            #/^arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.\-]{1,255}\/version\/[a-zA-Z0-9_.\-]{1,255}\/[0-9]+$/#
        #expect(String(arn).wholeMatch(of: pattern) != nil, "\(arn)")
        #expect(arn.hasPrefix("arn:aws:rekognition:local:000000000000:project/p/version/a/"))
    }

    @Test func anotherBaseModelIsRefusedByBothDigests() throws {
        let project = try AdapterProject()
        try project.create()
        try project.writeOtherBaseModel()
        let image = "Datasets/d/images/0.png"
        let other = try project.run("detect", image, "--adapter", "p/a", "--base-model", "other")
        #expect(other.status == 2 && other.output.isEmpty)
        #expect(
            other.talk.contains(
                /adapter `p\/a\/1` was trained on base model tiny \([0-9a-f]{12}\), not on other \([0-9a-f]{12}\)/),
            "\(other.talk)")
        #expect(other.talk.contains("moderato update p --base-model NEW"))
        // Edited in its place, it is another one too.
        let file = project.root.appending(path: "Experiments/base-models/tiny.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("rule: logit", with: "rule: logit, scale: 2").utf8).write(to: file)
        #expect(try project.run("detect", image, "--adapter", "p/a").talk.contains("was trained on base model tiny"))
        try FileManager.default.removeItem(at: file)
        let gone = try project.run("detect", image, "--adapter", "p/a")
        #expect(gone.status == 2)
        #expect(gone.talk.contains("its file `Experiments/base-models/tiny.yaml` is not there"), "\(gone.talk)")
    }

    @Test func aDeprecatedAdapterWorksWithAWarningAndACandidateByItsNumber() throws {
        let project = try AdapterProject()
        try project.create()
        let expected = try project.detections("p/a")
        let file = project.file("adapter.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        for status in ["deprecated", "candidate"] {
            try Data(text.replacing("\"trained\"", with: "\"\(status)\"").utf8).write(to: file)
            #expect(try project.detections("p/a/1") == expected)
            let detected = try project.run("detect", "Datasets/d/images/0.png", "--adapter", "p/a/1")
            #expect(detected.talk.contains("adapter `p/a/1` is deprecated") == (status == "deprecated"))
            let byName = try project.run("detect", "Datasets/d/images/0.png", "--adapter", "p/a")
            #expect(byName.status == 2 && byName.talk.contains("no version of `p/a` is in use: 1 is"), "\(byName.talk)")
        }
        try project.create()
        #expect(try project.run("adapter", "show", "p/a", "--json").output.contains(#""number" : 2"#))
    }
}
