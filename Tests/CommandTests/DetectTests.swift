import Foundation
import TestSupport
import Testing

/// `moderato detect` answers as Rekognition's `DetectModerationLabels` does.
@Suite struct DetectTests {
    private struct Response: Decodable {
        struct Label: Decodable {
            let Confidence: Double
            let Name: String
            let ParentName: String
        }
        let ModerationLabels: [Label]
        let ModerationModelVersion: String
        let ProjectVersion: String?
    }

    private struct Line: Decodable {
        let response: Response
        enum CodingKeys: String, CodingKey { case response = "detect-moderation-labels" }
    }

    private func response(_ output: String) throws -> Response {
        try JSONDecoder().decode(Response.self, from: Data(output.utf8))
    }

    @Test func labelsComeWithTheirParentsAndTheMinimumConfidenceHolds() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let detect = { (minimum: String) in
            try Program.run(
                ["detect", "Datasets/d/images/0.png", "--base-model", "tiny", "--min-confidence", minimum],
                in: project.root)
        }
        let all = try response(detect("0").output)
        #expect(Set(all.ModerationLabels.map(\.Name)) == ["Alcohol", "Alcoholic Beverages", "Violence", "Weapons"])
        #expect(all.ModerationModelVersion == "6.1")
        #expect(all.ProjectVersion == nil)
        for label in all.ModerationLabels where label.ParentName.isEmpty {
            let children = all.ModerationLabels.filter { $0.ParentName == label.Name }
            #expect(label.Confidence == children.map(\.Confidence).max())
        }
        let top = try #require(all.ModerationLabels.map(\.Confidence).max())
        #expect(try response(detect("\(top)").output).ModerationLabels.allSatisfy { $0.Confidence >= top })
        #expect(try response(detect("100").output).ModerationLabels.isEmpty)
    }

    /// The score of an image is the one its trial recorded, and labels that were not targeted keep the base's.
    @Test(arguments: ["ridge", "kernel", "gda", "cache"])
    func aTrialGivesTheScoresItRecorded(adapter: String) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(TemporaryProject.experiment + "\n  - {kind: \(adapter), name: tried}\n")
        #expect(try Program.run(["run", file.path]).status == 0)
        let plan = try Program.run(["plan", file.path, "--json"])
        let trials = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [[String: Any]]
        let id = try #require(trials?.first { $0["adapter"] as? String == "tried" }?["trial"] as? String)

        struct Input: Encodable { let file: String }
        struct Recorded: Decodable { let path: String, confidence: Double }
        let script = """
            import h5py, math, pathlib
            trial = h5py.File(input["file"])
            store = pathlib.Path(input["file"]).parents[2]
            images = h5py.File(store / "images" / (trial.attrs["images"] + ".h5"))
            part, paths = trial["parts"][:], images["path"][:]
            scores = trial["labels/0/adapter_scores"][:]
            index = int((part == 2).nonzero()[0][0])
            answer({"path": paths[index].decode(), "confidence": 100 / (1 + math.exp(-float(scores[index])))})
            """
        let trial = project.root.appending(path: ".moderato/trials/\(id.prefix(2))/\(id).h5")
        let recorded = try Oracle.run(script, input: Input(file: trial.path), as: Recorded.self)
        let image = "Datasets/d/\(recorded.path)"
        let arguments = ["detect", image, "--base-model", "tiny", "--min-confidence", "0"]
        let adapted = try Program.run(arguments + ["--adapter", String(id.prefix(12))], in: project.root)
        let with = try response(adapted.output)
        #expect(with.ProjectVersion == id)
        let alcohol = try #require(with.ModerationLabels.first { $0.Name == "Alcohol" })
        // Printed as a 32-bit number of percent: seven digits.
        #expect(abs(alcohol.Confidence - recorded.confidence) <= 1e-5)

        let without = try response(Program.run(arguments, in: project.root).output)
        for label in without.ModerationLabels where label.Name != "Alcohol" {
            #expect(with.ModerationLabels.contains { $0.Name == label.Name && $0.Confidence == label.Confidence })
        }
    }

    /// A kernel compares with its training images, whose embeddings the trial's file leaves to the cache.
    @Test func anAdapterWithoutItsTrainingImagesSaysSo() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(
                of: "kind: ridge, strength: [0.1, 1]", with: "kind: kernel"))
        #expect(try Program.run(["run", file.path]).status == 0)
        let plan = try Program.run(["plan", file.path])
        let id = try #require(plan.output.split(separator: "\n").last?.split(separator: " ").first)
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato/embeddings"))
        let image = "Datasets/d/images/0.png"
        let refused = try Program.run(
            ["detect", image, "--base-model", "tiny", "--adapter", String(id)], in: project.root)
        #expect(refused.status == 2)
        #expect(refused.talk.contains("the embedding cache no longer has 30 of these 30"), "\(refused.talk)")
        #expect(refused.talk.contains("hint: delete `.moderato/trials/"), "\(refused.talk)")
    }

    @Test func severalImagesGiveOneLineEach() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let run = try Program.run(
            ["detect", "Datasets/d/images/0.png", "Datasets/d/images/1.png", "--base-model", "tiny"], in: project.root)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines { _ = try JSONDecoder().decode(Line.self, from: Data(line.utf8)) }
    }

    @Test func oneBadImageDoesNotStopTheOthers() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.write("Datasets/d/images/1.png", "spoilt")
        let images = [0, 1, 2].map { "Datasets/d/images/\($0).png" }
        let run = try Program.run(["detect"] + images + ["--base-model", "tiny"], in: project.root)
        #expect(run.status == 2)
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(run.talk.contains("images/1.png` cannot be read: not an image"), "\(run.talk)")
    }

    @Test func mistakesAreNamed() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let detect = { (arguments: [String]) in try Program.run(["detect"] + arguments, in: project.root) }
        let image = "Datasets/d/images/0.png"
        #expect(try detect(["nothing.png", "--base-model", "tiny"]).talk.contains("there is no such file"))
        let huge = try detect([image, "--base-model", "huge"])
        #expect(huge.status == 1)
        #expect(huge.talk.contains("error: there is no base model `huge`") && huge.talk.contains("`--root` names"))
        let unknown = try detect([image, "--base-model", "tiny", "--adapter", "abcd1234"])
        #expect(unknown.status == 2)
        #expect(unknown.talk.contains("no finished trial answers to `abcd1234`"))
    }

    /// An adapter on another base model would give numbers without meaning.
    @Test func anAdapterOfAnotherBaseModelIsRefused() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path]).status == 0)
        let plan = try Program.run(["plan", file.path])
        let id = try #require(plan.output.split(separator: "\n").last?.split(separator: " ").first)
        let model = project.root.appending(path: "Experiments/base-models/tiny.yaml")
        let changed = try String(contentsOf: model, encoding: .utf8)
            .replacingOccurrences(of: "{rule: logit}", with: "{rule: logit, scale: 2}")
        try Data(changed.utf8).write(to: model)
        let refused = try Program.run(
            ["detect", "Datasets/d/images/0.png", "--base-model", "tiny", "--adapter", String(id)], in: project.root)
        #expect(refused.status == 2)
        #expect(refused.talk.contains("was trained on base model"))
    }
}
