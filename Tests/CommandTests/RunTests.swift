import Foundation
import TestSupport
import Testing

/// `moderato run`, from the experiment file to the report, on a small project.
@Suite struct RunTests {
    @Test func aRunEndsInATableAndAReportAndASecondOneDoesNothing() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        let first = try Program.run(["run", file.path])
        #expect(first.status == 0, "\(first.talk)")
        #expect(first.output.contains("base model") && first.output.contains("ridge"))
        #expect(first.talk.contains("6 trials: 6 trained now, 0 were finished"))
        #expect(first.talk.contains("Results/p/e/report.html"))
        let before = try project.files()
        #expect(before.keys.filter { $0.hasPrefix("Results/p/e/") }.count == 12)
        let report = project.root.appending(path: "Results/p/e/report.md")
        let written = try FileManager.default.attributesOfItem(atPath: report.path)[.systemFileNumber] as? Int

        let second = try Program.run(["run", file.path])
        #expect(second.status == 0)
        #expect(second.output == first.output)
        #expect(second.talk.contains("6 trials: 0 trained now, 6 were finished"))
        #expect(try project.files() == before)
        let now = try FileManager.default.attributesOfItem(atPath: report.path)[.systemFileNumber] as? Int
        #expect(now == written, "the report was written again")
    }

    @Test func aRunLeavesALogWithALineForEachTrial() throws {
        struct Run: Decodable { let started_at: String, jobs: Int, machine: [String: Value] }
        struct Trial: Decodable { let trial: String, finished_at: String, wall_seconds: Double, peak_bytes: Int }
        struct Value: Decodable { init(from decoder: any Decoder) {} }
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path, "--jobs", "1"]).status == 0)
        #expect(try Program.run(["run", file.path]).status == 0)
        let logs = try project.files(below: ".moderato/runs")
        #expect(logs.count == 1, "a run with nothing to do leaves none")
        let lines = try #require(logs.first).value.split(separator: UInt8(ascii: "\n"))
        let run = try JSONDecoder().decode(Run.self, from: try #require(lines.first))
        #expect(run.jobs == 1 && run.machine["host"] != nil)
        let trials = try lines.dropFirst().map { try JSONDecoder().decode(Trial.self, from: $0) }
        let ids = try project.files(below: ".moderato/trials").keys.map { $0.suffix(67).prefix(64) }
        #expect(Set(trials.map { $0.trial[...] }) == Set(ids) && trials.count == 6)
        #expect(trials.allSatisfy { $0.wall_seconds > 0 && $0.peak_bytes > 1 << 20 })
        #expect(trials.allSatisfy { $0.finished_at >= run.started_at })
    }

    /// Threads, the BLAS settings of the environment, the folder one stands in: nothing of it reaches a file.
    @Test(arguments: [
        (["--jobs", "1"], ["OPENBLAS_CORETYPE": "", "OPENBLAS_NUM_THREADS": "4"]),
        (["--jobs", "3"], ["OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": ""]),
    ])
    func bytesDependOnNothingOutside(arguments: [String], environment: [String: String]) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let more = ["kernel", "gda", "cache", "auto"].map { "\n  - {kind: \($0)}" }.joined()
        let file = try project.experiment(TemporaryProject.experiment + more)
        #expect(try Program.run(["run", file.path]).status == 0)
        let reference = try Self.determined(project)
        #expect(reference.count == 14 + 12)

        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato"))
        try FileManager.default.removeItem(at: project.root.appending(path: "Results"))
        let again = try Program.run(
            ["run", "Experiments/e.yaml"] + arguments, in: project.root, environment: environment)
        #expect(again.status == 0, "\(again.talk)")
        #expect(try Self.determined(project) == reference)
    }

    /// A background is part of what a trial of an adapter that learns from it is; other trials stay what they were.
    @Test func aBackgroundMakesOtherTrialsOfWhatLearnsFromIt() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
        let tagged = lines.enumerated().map { index, line in
            line.dropLast() + #", "tags": ["\#(index < 45 ? "used" : "spare")"]}"#
        }
        try Data(tagged.joined(separator: "\n").utf8).write(to: manifest)
        let plain = TemporaryProject.experiment.replacingOccurrences(
            of: "labels: [Alcohol]", with: "images: {tags: [used]}\nlabels: [Alcohol]")
        let kernels = plain + "\n  - {kind: kernel}\n  - {kind: gda}\n"
        let file = try project.experiment(kernels)
        #expect(try Program.run(["run", file.path]).talk.contains("10 trials: 10 trained now"))
        try project.experiment(
            kernels.replacingOccurrences(
                of: "labels: [Alcohol]", with: "background: {tags: [spare]}\nlabels: [Alcohol]"))
        let with = try Program.run(["run", file.path])
        #expect(with.talk.contains("10 trials: 4 trained now, 6 were finished"), "\(with.talk)")
        try project.experiment(kernels)
        #expect(try Program.run(["run", file.path]).talk.contains("10 trials: 0 trained now, 10 were finished"))
    }

    @Test func anExperimentThatGainsAnAdapterTrainsOnlyThatOne() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path]).status == 0)
        try project.experiment(TemporaryProject.experiment + "\n  - {kind: logistic}\n")
        let more = try Program.run(["run", file.path])
        #expect(more.talk.contains("8 trials: 2 trained now, 6 were finished"))
        // Names are not part of a trial: another experiment with the same content shares the work.
        try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "experiment: e", with: "experiment: other")
                .replacingOccurrences(of: "name: shift", with: "name: moved"))
        let shared = try Program.run(["run", file.path])
        #expect(shared.talk.contains("6 trials: 0 trained now, 6 were finished"))
        #expect(shared.output.contains("moved"))
    }

    /// One trial that two entries share is trained once, and counts for both.
    @Test func aTrialThatTwoEntriesShareCountsForBoth() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(TemporaryProject.experiment + "\n  - {name: again, kind: bias}\n")
        let run = try Program.run(["run", file.path])
        #expect(run.talk.contains("8 trials: 8 trained now, 0 were finished"), "\(run.talk)")
        #expect(try Program.run(["plan", file.path]).talk.contains("8 of 8 trials are finished"))
    }

    @Test func checkAndPlanWriteNothing() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        let before = try project.files()
        let check = try Program.run(["check", file.path])
        #expect(check.status == 0)
        #expect(check.output.isEmpty)
        #expect(check.talk.contains("nothing wrong; 60 images, 6 trials"))
        let plan = try Program.run(["plan", file.path])
        #expect(plan.status == 0)
        #expect(plan.output.split(separator: "\n").count == 1 + 6)
        #expect(plan.talk.contains("0 of 6 trials are finished"))
        #expect(try project.files() == before)
        #expect(!FileManager.default.fileExists(atPath: project.root.appending(path: ".moderato").path))
    }

    @Test func aReportIsWrittenAgainFromRecordsAlone() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        // Pictures are the one thing that takes the images themselves.
        let file = try project.experiment(TemporaryProject.experiment + "\nreport: {images: false}\n")
        #expect(try Program.run(["report", file.path]).status == 2)
        let run = try Program.run(["run", file.path])
        let before = try project.files(below: "Results")
        for gone in ["Results", "Datasets/d/images", "Experiments/base-models/tiny.onnx", ".moderato/embeddings"] {
            try FileManager.default.removeItem(at: project.root.appending(path: gone))
        }
        let report = try Program.run(["report", file.path])
        #expect(report.status == 0, "\(report.talk)")
        #expect(report.output == run.output)
        #expect(try project.files(below: "Results") == before)
    }

    @Test func aSeparateTestDatasetIsTestedOn() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        // The last 20 images become a dataset of their own.
        let lines = try String(contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        try project.write("Datasets/d/manifest.jsonl", lines.prefix(40).joined(separator: "\n"))
        try project.write("Datasets/t/dataset.yaml", "dataset: t\ntaxonomy: \"6.1\"\n")
        try project.write("Datasets/t/manifest.jsonl", lines.suffix(20).joined(separator: "\n"))
        try FileManager.default.copyItem(
            at: project.root.appending(path: "Datasets/d/images"), to: project.root.appending(path: "Datasets/t/images")
        )
        let split = "split: {test_dataset: t, seed: 1}"
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(
                of: "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}", with: split))
        let run = try Program.run(["run", file.path])
        #expect(run.status == 0, "\(run.talk)")
        #expect(run.output.contains("20 test images"))

        // A group that stands on both sides is refused.
        let grouped = { (line: Substring) in line.replacing("}", with: #","group":"the same"}"#) }
        try project.write(
            "Datasets/d/manifest.jsonl", (lines.prefix(39) + [grouped(lines[39])[...]]).joined(separator: "\n"))
        try project.write(
            "Datasets/t/manifest.jsonl", (lines.suffix(19) + [grouped(lines[40])[...]]).joined(separator: "\n"))
        let refused = try Program.run(["check", file.path])
        #expect(refused.status == 1)
        #expect(
            refused.talk.contains("training and test are not apart: on both sides are the groups `the same`"))

        // So is an image, with digests in the manifests or without.
        let undeclared = lines.map { $0.replacing(#/"sha256": "[0-9a-f]*", /#, with: "")[...] }
        for (lines, said) in [(lines, "the datasets share images (1 in all)"), (undeclared, "has the same bytes as")] {
            try project.write("Datasets/d/manifest.jsonl", lines.prefix(40).joined(separator: "\n"))
            try project.write("Datasets/t/manifest.jsonl", lines.suffix(21).joined(separator: "\n"))
            let refused = try Program.run(["run", file.path])
            #expect(refused.status == 1)
            #expect(refused.talk.contains(said) && refused.talk.contains("`d/images/39.png`"), "\(refused.talk)")
        }
    }

    /// The files that are a function of the project's content alone: trials and reports, but no run logs.
    private static func determined(_ project: TemporaryProject) throws -> [String: Data] {
        let trials = try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        return trials.merging(try project.files(below: "Results")) { $1 }
    }
}
