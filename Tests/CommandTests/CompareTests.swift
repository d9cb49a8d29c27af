import Foundation
import TestSupport
import Testing

/// `moderato compare`, as a user runs it.
@Suite struct CompareTests {
    private struct Document: Decodable {
        let adapters: [Adapter]
        let notes: [String]
        let comparison: Comparison

        struct Adapter: Decodable { let name: String, trainingSeconds: Double?, trials: [String] }
        struct Comparison: Decodable { let tables: [Table], refusals: [Refusal] }
        struct Table: Decodable { let label: String, models: [Model], pairs: [Pair] }
        struct Model: Decodable { let name: String, rank: Int, trainingImages: Double?, errors: Errors }
        struct Errors: Decodable { let falseNegatives: Counts, falsePositives: Counts }
        struct Counts: Decodable { let errors: Double }
        struct Pair: Decodable { let subject: String, reference: String }
        struct Refusal: Decodable { let models: [String], cause: String, reason: String }
    }

    private func compare(_ project: AdapterProject, _ arguments: String...) throws -> Document {
        let outcome = try Program.run(["compare", "--json"] + arguments, in: project.root)
        #expect(outcome.status == 0 && outcome.talk.isEmpty, "\(outcome.talk)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Document.self, from: Data(outcome.output.utf8))
    }

    private let file = "Experiments/e.yaml"

    @Test func anExperimentIsATableOfItsAdapters() throws {
        let project = try AdapterProject()
        let found = try compare(project, file)
        let table = try #require(found.comparison.tables.first)
        #expect(Set(table.models.map(\.name)) == ["base model", "shift", "ridge", "platt"])
        #expect(table.pairs.count == 6 && found.comparison.refusals.isEmpty)
        // Of 60 images half are trained on; every trial has a line in the log of the run.
        #expect(found.adapters.allSatisfy { $0.trials.count == 2 && ($0.trainingSeconds ?? 0) > 0 })
        #expect(table.models.allSatisfy { $0.trainingImages == nil || $0.trainingImages == 30 })

        // The same numbers as the experiment's own report has.
        let report = project.root.appending(path: "Results/p/e/comparison.csv")
        let script = """
            import csv
            rows = [r for r in csv.DictReader(open(input, newline="")) if r["row"] == "adapter"]
            answer({r["adapter"]: [float(r["fn_adapter_errors"]), float(r["fp_adapter_errors"])] for r in rows})
            """
        let expected = try Oracle.run(script, input: report.path, as: [String: [Double]].self)
        #expect(expected.count == 3)
        for (name, errors) in expected {
            let model = try #require(table.models.first { $0.name == name })
            #expect([model.errors.falseNegatives.errors, model.errors.falsePositives.errors] == errors)
        }
    }

    /// A split may be named where it is the only one, as with `--split`.
    @Test func theOnlySplitHasAName() throws {
        let project = try AdapterProject()
        let split = try #require(
            try Program.run(["compare", file, "--split", "nowhere"], in: project.root).talk
                .firstMatch(of: #/known are `([a-z]+)`/#)
        ).output.1
        let named = try compare(project, "\(file)/\(split)/ridge")
        #expect(named.comparison.tables.first?.models.map(\.name).sorted() == ["base model", "ridge"])
        // What nothing can be is not "not finished".
        let both = try Program.run(["compare", "\(file)/ridge/shift"], in: project.root)
        #expect(both.status == 1 && both.talk.contains("are named at once: `ridge`, `shift`"), "\(both.talk)")
    }

    @Test func theSameTwiceIsComparedOnceAndPrintsTheSameBytes() throws {
        let project = try AdapterProject()
        let once = try project.run("compare", file)
        let twice = try project.run("compare", file, file)
        #expect(once.status == 0 && once.output == twice.output && once.output.contains("rank  model"))
        #expect(try project.run("compare", file, "--format", "markdown").output.hasPrefix("# Models compared\n"))
        // Another file that asks for one of the trials.
        let other = TemporaryProject.experiment.replacing("experiment: e", with: "experiment: other")
            .replacing("kind: bias}", with: "kind: bias}\n  - {name: crest, kind: ridge, strength: [0.1, 1]}")
            .replacing("  - {kind: ridge, strength: [0.1, 1]}", with: "")
        try project.project.write("Experiments/other.yaml", other)
        let found = try compare(project, file, "Experiments/other.yaml")
        #expect(found.comparison.tables[0].models.count == 4)
        #expect(found.notes.contains { $0.contains("`Experiments/e.yaml/ridge`, `Experiments/other.yaml/crest`") })
    }

    @Test func trialsAndAdaptersStandSideBySide() throws {
        let project = try AdapterProject()
        try project.create("kept", from: "ridge")
        let trial = try project.trial("shift")
        let found = try compare(project, "p/kept", String(trial.prefix(8)))
        // A trial is called after its method, since experiments may give it several names.
        let names = Set(found.comparison.tables[0].models.map(\.name))
        #expect(names == ["base model", "p/kept/1", "bias@\(trial.prefix(12))"])

        // The experiment has two repeats, an adapter one.
        let beside = try compare(project, file, "p/kept")
        #expect(beside.comparison.refusals.map(\.models) == [["p/kept/1"]])
        // An adapter's test images are half of those tested in any of the repeats.
        #expect(["images", "repeats"].contains(beside.comparison.refusals[0].cause))
    }

    @Test func whatCannotBeComparedIsRefusedWithTheReason() throws {
        let project = try AdapterProject()
        let refused = try project.run(
            "compare", try project.trial("ridge"), try project.trial("shift", repetition: 1))
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.talk.contains("cannot be compared with") && refused.talk.contains("tested on the same images"))
        #expect(refused.talk.contains("hint: "))
    }

    @Test func aProjectIsAllThatIsFinishedOfIt() throws {
        let project = try AdapterProject()
        try project.create("kept", from: "ridge")
        try project.project.write(
            "Experiments/later.yaml",
            TemporaryProject.experiment.replacing("experiment: e", with: "experiment: later")
                .replacing("seed: 1", with: "seed: 2"))
        let found = try compare(project, "--project", "p")
        // `later` has no finished trial; the adapter has one repeat only.
        #expect(found.comparison.tables[0].models.count == 4)
        #expect(found.comparison.refusals.map(\.models) == [["p/kept/1"]])
        let unknown = try project.run("compare", "--project", "q")
        #expect(unknown.status == 1 && unknown.talk.contains("is of project `q`; known are `p`"), "\(unknown.talk)")
    }

    @Test(arguments: [
        (["nothing"], 1, "`nothing` names no experiment file, no adapter and no trial"),
        (["Experiments/x.yaml"], 1, "there is no experiment file `Experiments/x.yaml`"),
        (["Experiments/e.yaml/rigde"], 1, "did you mean `ridge`?"),
        (["Experiments/e.yaml", "--label", "Alcohl"], 1, "did you mean `Alcohol`?"),
        (["Experiments/e.yaml", "--split", "other"], 1, "no split `other`"),
        (["Experiments/e.yaml", "--objective", "misses"], 1, "--objective: error: `minimise` is one of"),
        (["p/nobody"], 2, "there is no adapter `p/nobody`"),
        (["ffffffff"], 2, "no finished trial answers to `ffffffff`"),
        ([], 64, "name what to compare"),
        (["Experiments/e.yaml", "--json", "--format", "markdown"], 64, "exclude each other"),
    ])
    func wrongNamesAreSaid(arguments: [String], status: Int32, message: String) throws {
        let outcome = try Program.run(["compare"] + arguments, in: Self.shared.get().root)
        #expect(outcome.status == status && outcome.output.isEmpty)
        #expect(outcome.talk.contains(message), "\(outcome.talk)")
    }

    private static let shared = Result { try AdapterProject() }

    @Test func anExperimentThatNeverRanHasNothingToCompare() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        let outcome = try Program.run(["compare", file.path])
        #expect(outcome.status == 1 && outcome.talk.contains("no trial of"), "\(outcome.talk)")
        #expect(outcome.talk.contains("`moderato run"))
    }

    @Test func damagedLogsSayNothing() throws {
        let project = try AdapterProject()
        let runs = project.root.appending(path: ".moderato/runs")
        let trial = try project.trial("ridge")
        // Read after all others: a torn line, one of another kind, bytes that are no text, and the last training of a trial.
        var bytes = Data("{\"trial\":\"\(trial)\",\"wall_sec\n[1]\n{\"trial\":\"\(trial)\",\"wall_seconds\":-3}\n".utf8)
        bytes += [0xFF, 0xFE, 0x0A]
        bytes += Data("{\"trial\":\"\(trial)\",\"wall_seconds\":1234}\n{\"trial\":\"\(trial)\",\"wall_seconds\":9".utf8)
        try bytes.write(to: runs.appending(path: "99999999T000000.000Z-host-1.jsonl"))
        try FileManager.default.createDirectory(
            at: runs.appending(path: "99999999T000001.000Z-host-1.jsonl"), withIntermediateDirectories: true)
        let found = try compare(project, trial, try project.trial("shift"))
        #expect(found.adapters[0].trainingSeconds == 1234)
        try FileManager.default.removeItem(at: runs)
        #expect(try compare(project, trial, try project.trial("shift")).adapters[0].trainingSeconds == nil)
    }
}
