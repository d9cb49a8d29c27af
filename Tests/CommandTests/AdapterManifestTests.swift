import Foundation
import TestSupport
import Testing

/// The manifests of an adapter say what it was trained and tested on: training on them again gives the same adapter.
@Suite struct AdapterManifestTests {
    /// Two labels and truths that are not always known, a training size, and a second dataset.
    private static let experiment = """
        experiment: e
        project: p
        base_model: tiny
        dataset: d
        labels: [Alcohol, Violence/Weapons]
        split: {training: 0.6, test: 0.3, by: group, repeats: 1, seed: 3}
        training_size: {positives: 6, negatives: 8}
        adapters:
          - {kind: ridge, strength: [0.1, 1]}
          - {kind: kernel}
        """

    private struct Line: Codable, Equatable {
        var image: String
        var sha256: String?
        var present: [String] = []
        var absent: [String] = []
        var unknown: [String]?
        var group: String
        var source: String?
    }

    /// Weapons in every fourth image, not known of every fifth; three images a group.
    private func annotate(_ project: TemporaryProject) throws {
        let file = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").enumerated().map {
            index, text in
            var line = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            var present = line["present"] as? [String] ?? []
            if index % 5 == 4 {
                line["unknown"] = ["Violence/Weapons"]
            } else if index % 4 == 0 {
                present.append("Violence/Weapons")
            }
            line["present"] = present
            line["group"] = "object \(index / 3)"
            line["source"] = index % 2 == 0 ? "camera" : "pen"
            return String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self)
        }
        try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
    }

    private func lines(_ file: URL) throws -> [Line] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private struct Recorded: Decodable {
        struct Label: Decodable {
            let name: String
            /// By path, of test images of known truth.
            let test: [String: Float]
            /// Paths of the training images that have a score.
            let training: [String: Int]
        }
        let labels: [Label]
    }

    /// What the file of a trial says, by h5py.
    private func recorded(_ project: TemporaryProject, _ trial: String) throws -> Recorded {
        let script = """
            import h5py, numpy
            root, trial = input
            f = h5py.File(f"{root}/.moderato/trials/{trial[:2]}/{trial}.h5")
            images = h5py.File(f"{root}/.moderato/images/" + f.attrs["images"] + ".h5")
            paths, parts = images["path"].asstr()[:], f["parts"][:]
            labels = []
            for index in range(f.attrs.get("labels", images["labels"].attrs["count"])):
                truth, scores = images[f"labels/{index}/truth"][:], f[f"labels/{index}/adapter_scores"][:]
                test, training = [numpy.flatnonzero((parts == part) & ~numpy.isnan(scores)) for part in (2, 1)]
                labels.append({
                    "name": f[f"labels/{index}"].attrs["name"],
                    "test": {paths[i].split("d/", 1)[-1].split("t/")[-1]: float(scores[i]) for i in test},
                    "training": {paths[i]: int(truth[i]) for i in training}})
            answer({"labels": labels})
            """
        return try Oracle.run(script, input: [project.root.path, trial], as: Recorded.self)
    }

    @Test func theyListExactlyWhatEachLabelWasTrainedOn() throws {
        let project = try AdapterProject(Self.experiment, prepare: annotate)
        try project.create()
        let trial = try recorded(project.project, project.trial())
        let training = try lines(project.file("training.jsonl"))
        let test = try lines(project.file("test.jsonl"))
        #expect(Set(training.map(\.image)).isDisjoint(with: test.map(\.image)))
        for label in trial.labels {
            let listed = Dictionary(
                uniqueKeysWithValues: training.compactMap { line -> (String, Int)? in
                    if line.present.contains(label.name) { return (line.image, 1) }
                    return line.absent.contains(label.name) ? (line.image, 0) : nil
                })
            #expect(listed == label.training && !listed.isEmpty)
            // Left over by the size, or not known: both are unknown here.
            #expect(training.contains { $0.unknown?.contains(label.name) == true })
            let tested = test.filter { ($0.present + $0.absent).contains(label.name) }
            #expect(Set(tested.map(\.image)) == Set(label.test.keys))
        }
        let originals = try String(
            contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl"), encoding: .utf8)
        for line in training + test {
            #expect(line.group.hasPrefix("object ") && line.sha256.map(originals.contains) == true)
            #expect(["camera", "pen"].contains(line.source))
        }
    }

    /// The manifests, put where their images are, as the datasets of an experiment that divides nothing: heads and scores
    /// come out as they were, since the same rows in the same order go in.
    @Test(arguments: ["ridge", "kernel"]) func trainedAgainTheyGiveTheSameScores(kind: String) throws {
        let project = try AdapterProject(Self.experiment, prepare: annotate)
        try project.create(from: kind)
        let before = try recorded(project.project, project.trial(kind))
        for (name, target) in [("training.jsonl", "again.jsonl"), ("test.jsonl", "test.jsonl")] {
            try FileManager.default.copyItem(
                at: project.file(name), to: project.root.appending(path: "Datasets/d/\(target)"))
        }
        let again = Self.experiment.replacing("dataset: d", with: "dataset: ../Datasets/d/again.jsonl")
            .replacing(
                "{training: 0.6, test: 0.3, by: group, repeats: 1, seed: 3}",
                with: "{test_dataset: ../Datasets/d/test.jsonl, seed: 3}"
            )
            .replacing("training_size: {positives: 6, negatives: 8}", with: "training_size: all")
        try project.project.write("Experiments/again.yaml", again)
        let run = try project.run("run", "Experiments/again.yaml")
        #expect(run.status == 0, "\(run.talk)")
        let plan = try project.run("plan", "Experiments/again.yaml", "--json")
        let trials = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [[String: Any]]
        let id = try #require(trials?.first { $0["adapter"] as? String == kind }?["trial"] as? String)
        // An adapter of that trial lists what the first one does: its datasets are bare manifests that an experiment names.
        let made = try project.run("adapter", "create", "p", "again", "--from", id)
        #expect(made.status == 0, "\(made.talk)")
        for name in ["training.jsonl", "test.jsonl"] {
            let again = project.file(name, adapter: "again")
            #expect(try Data(contentsOf: again) == Data(contentsOf: project.file(name)), "\(name)")
        }
        let after = try recorded(project.project, id)
        for (old, new) in zip(before.labels, after.labels) {
            let bytes = { (scores: [String: Float]) in scores.mapValues(\.bitPattern) }
            #expect(old.test.count > 5 && bytes(old.test) == bytes(new.test), "\(old.test) \(new.test)")
        }
    }

    /// A larger dataset that has all of the images too, at the same paths, is not where they come from.
    @Test func theSmallestDatasetThatHasAllImagesIsTheirs() throws {
        let project = try AdapterProject { project in
            let manifest = try String(
                contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl"), encoding: .utf8)
            let more = #"{"image":"images/more.png","present":[],"absent":"others"}"#
            try project.write("Datasets/all/manifest.jsonl", manifest + more)
            try project.write("Datasets/all/dataset.yaml", "dataset: all\ntaxonomy: \"6.1\"\n")
            try FileManager.default.copyItem(
                at: project.root.appending(path: "Datasets/d/images"),
                to: project.root.appending(path: "Datasets/all/images"))
        }
        let folder = { try String(contentsOf: project.file("adapter.json"), encoding: .utf8) }
        try project.create()
        #expect(try folder().contains(#""folder" : "Datasets/d""#))
        #expect(try project.run("adapter", "delete", "p/a/1", "--yes").status == 0)
        // Where that one has changed, the larger one still has what the trial was made of.
        try project.project.write("Datasets/d/manifest.jsonl", #"{"image":"images/0.png","present":[]}"#)
        try project.create()
        #expect(
            try String(contentsOf: project.file("adapter.json", of: 2), encoding: .utf8)
                .contains(#""folder" : "Datasets/all""#))
    }

    /// With several datasets, and one of them outside the project, paths start from the folder above all of them.
    @Test func severalDatasetsHaveOneFolder() throws {
        let outside = try TemporaryProject()
        let project = try AdapterProject(
            Self.experiment.replacing("dataset: d\n", with: "dataset: [d, \(outside.root.path)/Datasets/e]\n")
        ) { project in
            try annotate(project)
            let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
            let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
            try project.write("Datasets/d/manifest.jsonl", lines.prefix(30).joined(separator: "\n"))
            try outside.write("Datasets/e/manifest.jsonl", lines.suffix(30).joined(separator: "\n"))
            try outside.write("Datasets/e/dataset.yaml", "dataset: e\ntaxonomy: \"6.1\"\n")
            try FileManager.default.copyItem(
                at: project.root.appending(path: "Datasets/d/images"),
                to: outside.root.appending(path: "Datasets/e/images"))
        }
        defer { withExtendedLifetime(outside) {} }
        try project.create()
        let description =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: project.file("adapter.json"))) as? [String: Any]
        let images = try #require(description?["images"] as? [String: Any])
        #expect(images["datasets"] as? [String] == ["d", "e"])
        let folder = try #require(images["folder"] as? String)
        for line in try lines(project.file("training.jsonl")) + lines(project.file("test.jsonl")) {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(line.image)"), "\(folder)/\(line.image)")
        }
    }
}
