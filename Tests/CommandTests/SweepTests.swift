import Foundation
import TestSupport
import Testing

/// The life of a sweep: what is done, what changed, what comes out the same, what may go.
@Suite struct SweepTests {
    private static let experiment = TemporaryProject.experiment

    private func project(_ text: String = SweepTests.experiment) throws -> (TemporaryProject, String) {
        let project = try TemporaryProject()
        try project.makeImages()
        return (project, try project.experiment(text).path)
    }

    private struct Status: Decodable, Equatable {
        let trials: Int, done: Int, failed: Int, missing: Int, stale: Int
    }

    private func status(_ file: String) throws -> Status? {
        let outcome = try Program.run(["status", file, "--json"])
        return try JSONDecoder().decode([Status].self, from: Data(outcome.output.utf8)).first
    }

    @Test func statusFollowsASweep() throws {
        let (project, file) = try project()
        #expect(try status(file) == Status(trials: 6, done: 0, failed: 0, missing: 6, stale: 0))
        _ = try Program.run(["run", file])
        #expect(try status(file) == Status(trials: 6, done: 6, failed: 0, missing: 0, stale: 0))

        // A value more in a list, and a repetition more: only the new points are missing.
        try project.experiment(Self.experiment.replacing("repeats: 2", with: "repeats: 3"))
        #expect(try status(file) == Status(trials: 9, done: 6, failed: 0, missing: 3, stale: 0))
        let more = try Program.run(["run", file])
        #expect(more.talk.contains("9 trials: 3 trained now, 6 were finished"), "\(more.talk)")

        // Another truth of one image: the same recipes on inputs that have changed.
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try project.write(
            "Datasets/d/manifest.jsonl",
            text.replacing("\"present\": []", with: "\"present\": [\"Alcohol\"]", maxReplacements: 1))
        #expect(try status(file) == Status(trials: 9, done: 0, failed: 0, missing: 0, stale: 9))
    }

    @Test func explainNamesWhatChanged() throws {
        struct Line: Decodable { let trial: String, adapter: String, finished: Bool }
        let (project, file) = try project()
        _ = try Program.run(["run", file])
        let plan = { () throws -> [Line] in
            try JSONDecoder().decode([Line].self, from: Data(Program.run(["plan", file, "--json"]).output.utf8))
        }
        try project.experiment(Self.experiment.replacing("[0.1, 1]", with: "[0.1, 1, 3]"))
        let ridge = try #require(try plan().first { $0.adapter == "ridge" && !$0.finished })
        let explained = try Program.run(["explain", ridge.trial, "--experiment", file])
        #expect(explained.output.contains("trial \(ridge.trial.prefix(12)): missing"), "\(explained.talk)")
        #expect(explained.output.contains("ridge of Experiments/e.yaml"))
        #expect(explained.output.contains("adapter.strength  [0.1,1] -> [0.1,1,3]"), "\(explained.output)")
        #expect(!explained.output.contains("images"))

        try project.experiment()
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try project.write(
            "Datasets/d/manifest.jsonl",
            text.replacing("\"present\": []", with: "\"present\": [\"Alcohol\"]", maxReplacements: 1))
        let stale = try #require(try plan().first { $0.adapter == "ridge" })
        let images = try Program.run(["explain", String(stale.trial.prefix(12)), "--experiment", file])
        #expect(images.output.contains("1 images annotated otherwise: images/1.png"), "\(images.output)")

        let unknown = try Program.run(["explain", "ffffffffffff", "--experiment", file])
        #expect(unknown.status == 2 && unknown.talk.contains("no finished trial answers to `ffffffffffff`"))
    }

    @Test(arguments: [
        ["OPENBLAS_CORETYPE": "", "OPENBLAS_NUM_THREADS": "2"], ["OPENBLAS_CORETYPE": "SkylakeX"],
        ["OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1"],
    ])
    func trialsComeOutTheSameInAnyEnvironment(environment: [String: String]) throws {
        let (project, file) = try project()
        defer { withExtendedLifetime(project) {} }
        _ = try Program.run(["run", file, "--jobs", "1"])
        for jobs in ["1", "2", "5"] {
            let verified = try Program.run(["verify", file, "--jobs", jobs], environment: environment)
            #expect(verified.status == 0)
            #expect(verified.output.contains("6 of 6 trials come out the same, bit for bit"), "\(verified.output)")
        }
        let sample = try Program.run(["verify", file, "--sample", "2"], environment: environment)
        #expect(sample.output.contains("2 of 2 trials come out the same"))
    }

    @Test func nativeKernelsGiveTrialsOfTheirOwnWithinABound() throws {
        let (project, file) = try project()
        let native = try Program.run(["run", file, "--native-kernels"])
        #expect(native.talk.contains("6 trained now") && native.status == 0, "\(native.talk)")
        let report = try String(contentsOf: project.root.appending(path: "Results/p/e/report.md"), encoding: .utf8)
        #expect(report.contains("computed with native kernels") && report.contains("--native-kernels"))
        let verified = try Program.run(["verify", file, "--native-kernels"])
        #expect(verified.output.contains("6 of 6 trials come out the same"), "\(verified.output)")
        let other = try Program.run(["verify", file])
        #expect(other.status == 0 && other.output.contains("6 within 0.001 logits of what"), "\(other.output)")
        #expect(try Program.run(["run", file]).talk.contains("6 trained now, 0 were finished"))
    }

    @Test func whatDoesNotComeOutTheSameIsNamed() throws {
        let (project, file) = try project()
        _ = try Program.run(["run", file])
        // A file in perfect order that holds another trial.
        let names = try project.files(below: ".moderato/trials").keys.filter { $0.hasSuffix(".h5") }.sorted()
        let trials = project.root.appending(path: ".moderato/trials")
        let bytes = try Data(contentsOf: trials.appending(path: names[0]))
        try bytes.write(to: trials.appending(path: names[1]))
        let verified = try Program.run(["verify", file])
        #expect(verified.status == 4, "\(verified.output) \(verified.talk)")
        #expect(verified.output.contains("5 of 6 trials come out the same, bit for bit; 1 do not"))
        #expect(verified.output.contains("it holds the trial"))
    }

    @Test func whereNothingIsFinishedThereIsNothingToVerify() throws {
        let (project, file) = try project()
        let verified = try Program.run(["verify", file])
        #expect(verified.status == 2 && verified.talk.contains("none of the 6 trials is finished"), "\(verified.talk)")
        #expect(try !project.files(below: ".moderato").keys.contains { $0.hasSuffix(".h5") })
    }

    /// Other trials of the same form, on images of their own, are not trials that have changed.
    @Test func whatWasNeverTriedIsNotStale() throws {
        let (project, file) = try project(Self.experiment.replacing("labels:", with: "images: {tags: [one]}\nlabels:"))
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
        let tagged = lines.enumerated().map { index, line in
            line.dropLast() + #", "tags": ["\#(index < 30 ? "one" : "other")"]}"#
        }
        try project.write("Datasets/d/manifest.jsonl", tagged.joined(separator: "\n") + "\n")
        #expect(try Program.run(["run", file]).status == 0)
        try project.experiment(Self.experiment.replacing("labels:", with: "images: {tags: [other]}\nlabels:"))
        #expect(try status(file) == Status(trials: 6, done: 0, failed: 0, missing: 6, stale: 0))
    }

    @Test func withoutExperimentsNothingIsCleaned() throws {
        let (project, file) = try project()
        _ = try Program.run(["run", file])
        let root = ["--root", project.root.path]
        // One in a folder of its own asks for its trials too.
        try project.write("Experiments/team/e.yml", Self.experiment)
        try FileManager.default.removeItem(atPath: file)
        let kept = try Program.run(["clean", "--unreferenced", "--yes"] + root)
        #expect(kept.talk.contains("0 trials") && kept.talk.contains("6 that one asks for stay"), "\(kept.talk)")
        try FileManager.default.removeItem(at: project.root.appending(path: "Experiments/team"))
        let refused = try Program.run(["clean", "--unreferenced", "--yes"] + root)
        #expect(refused.status == 2 && refused.talk.contains("there is no experiment in"), "\(refused.talk)")
        #expect(try project.files(below: ".moderato/trials").keys.count { $0.hasSuffix(".h5") } == 6)
    }

    @Test func whatOnlyAnEarlierReportHadGoes() throws {
        let (project, file) = try project()
        let whole = try Program.run(["run", file])
        let expected = try project.files(below: "Results")
        try project.experiment(Self.experiment + "\ntraining_size: [4, all]\n")
        _ = try Program.run(["run", file])
        #expect(try project.files(below: "Results").keys.contains { $0.hasSuffix("curves.csv") })
        try project.experiment()
        #expect(try Program.run(["run", file]).output == whole.output)
        #expect(try project.files(below: "Results") == expected)
    }

    @Test func cleaningRemovesWhatNoExperimentAsksFor() throws {
        let (project, file) = try project()
        _ = try Program.run(["run", file])
        let before = try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        try project.experiment(Self.experiment.replacing("repeats: 2", with: "repeats: 1"))
        let root = ["--root", project.root.path]
        #expect(try Program.run(["clean"] + root).status == 64)
        let asked = try Program.run(["clean", "--unreferenced"] + root)
        #expect(asked.status == 64 && asked.talk.contains("Remove 3 trials"), "\(asked.talk)")
        #expect(try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") } == before)

        // An experiment that cannot be read may ask for any trial.
        try project.write("Experiments/broken.yaml", "experiment: [")
        #expect(try Program.run(["clean", "--unreferenced", "--yes"] + root).status == 1)
        try FileManager.default.removeItem(at: project.root.appending(path: "Experiments/broken.yaml"))
        #expect(try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") } == before)

        let removed = try Program.run(["clean", "--unreferenced", "--yes"] + root)
        #expect(removed.status == 0 && removed.talk.contains("removed 3 trials"), "\(removed.talk)")
        let left = try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        #expect(left.count == 3 && left.allSatisfy { before[$0.key] == $0.value })
        let again = try Program.run(["run", file])
        #expect(again.talk.contains("3 trials: 0 trained now, 3 were finished"))
    }

    /// Two images of one group leave logistic without folds: it fails, the others do not.
    private static let failing = experiment.replacing(
        "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}",
        with: "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}\ntraining_size: 1")

    @Test func failuresAreCountedAndFailFastStops() throws {
        let (project, file) = try project(Self.failing)
        defer { withExtendedLifetime(project) {} }
        let stopped = try Program.run(["run", file, "--fail-fast", "--jobs", "1"])
        #expect(stopped.status == 3 && stopped.talk.contains("failed, and the run stops there"), "\(stopped.talk)")
        #expect(stopped.output.isEmpty)
        let kept = try Program.run(["run", file])
        #expect(kept.status == 3, "\(kept.talk)")
        let status = try #require(try status(file))
        #expect(status.failed > 0 && status.done + status.failed == status.trials && status.missing == 0)
        let both = try Program.run(["run", file, "--fail-fast", "--keep-going"])
        #expect(both.status == 64)
    }
}
