import Foundation
import TestSupport
import Testing

/// Standard output is data, standard error is talk, and the exit code is one of the table.
@Suite struct OutputTests {
    @Test func theComparisonIsJSONOnRequest() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let run = try Program.run(["run", project.experiment().path, "--json", "--quiet"])
        #expect(run.status == 0)
        #expect(run.talk.isEmpty, "\(run.talk)")
        let printed = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(printed?["experiment"] as? String == "e")
        let written = try project.files(below: "Results")["p/e/comparison.json"]
        #expect(
            written.map { String(decoding: $0, as: UTF8.self) }?.trimmingCharacters(in: .newlines)
                == run.output.trimmingCharacters(in: .newlines))
    }

    @Test func findingsGoToStandardErrorWithExitCodeOne() throws {
        let project = try TemporaryProject()
        let file = try project.experiment(TemporaryProject.experiment + "\ntreshold: 60\n")
        for verb in ["check", "plan", "run", "report"] {
            let outcome = try Program.run([verb, "Experiments/e.yaml"], in: project.root)
            #expect(outcome.status == 1)
            #expect(outcome.output.isEmpty)
            #expect(outcome.talk.hasPrefix("Experiments/e.yaml:12:1: error: unknown key `treshold`; allowed are "))
            #expect(outcome.talk.hasSuffix("  hint: did you mean `threshold`?\n"))
        }
        let json = try Program.run(["check", file.path, "--json"])
        #expect(json.status == 1)
        let findings = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(findings?.first?["line"] as? Int == 12)
        #expect(findings?.first?["hint"] as? String == "did you mean `threshold`?")
    }

    /// Command lines and the exit code of each.
    static let commandLines: [(String, Int32)] = [
        ("", 0), ("--help", 0), ("--version", 0), ("rum", 64), ("run", 64), ("run e --jobs 0", 64),
        ("detect x.png --min-confidence 101", 64), ("labels --taxonomy 5", 64), ("check /nowhere/e.yaml", 1),
        ("import /nowhere", 1), ("import . --name a/b", 64), ("detect x.png --root /nowhere", 1),
    ]

    @Test(arguments: commandLines) func exitCodes(line: String, status: Int32) throws {
        let arguments = line.split(separator: " ").map(String.init)
        #expect(try Program.run(arguments).status == status)
    }

    @Test func labelsAndSchemasArePrinted() throws {
        let labels = try Program.run(["labels"])
        #expect(labels.output.split(separator: "\n").count == 45)
        for kind in ["experiment", "base-model", "dataset"] {
            let schema = try Program.run(["schema", kind])
            #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
        }
    }

    /// Where nobody watches there is no escape sequence, with or without `NO_COLOR`.
    @Test func noEscapeSequencesReachAFile() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let run = try Program.run(["run", project.experiment().path], environment: ["NO_COLOR": "1"])
        #expect(!run.output.contains("\u{1B}") && !run.talk.contains("\u{1B}"))
    }

    /// A trial that cannot be fitted does not hide the others, and the exit code says so.
    @Test func failedTrialsAreNamed() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let run = try Program.run(
            ["run", project.experiment(TemporaryProject.experiment + "\ntraining_size: 1\n").path])
        #expect(run.status == 3, "\(run.talk)")
        #expect(run.output.contains("failed: ridge, repetition 0: Alcohol has"), "\(run.output)")
        #expect(run.talk.contains("6 trials: 2 trained now, 0 were finished, 4 failed"), "\(run.talk)")
    }

    /// Where no trial is left to report, their reasons are what there is to say.
    @Test func whereEveryTrialFailsTheReasonsAreSaid() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        // Every image with the label is skipped, which is known only after the experiment was found right.
        for index in stride(from: 0, to: 60, by: 3) { try project.write("Datasets/d/images/\(index).png", "no image") }
        let experiment = TemporaryProject.experiment + "\non_bad_image: skip\n"
        let run = try Program.run(["run", project.experiment(experiment).path])
        #expect(run.status == 3)
        #expect(run.output.isEmpty)
        #expect(run.talk.contains("error: no trial could be fitted, and no report is written\n  platt, repetition 0: "))
    }

    /// A rate that is promised is reported beside what became of it; where images are too few for it, the trial says so.
    @Test func guaranteesAreReportedOrRefused() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let experiment =
            TemporaryProject.experiment + "\nobjective: {minimise: false_negatives, "
            + "subject_to: {false_positive_rate: {at_most: 0.2, guarantee: in_expectation}}}"
        let kept = try Program.run(["run", project.experiment(experiment).path])
        #expect(kept.status == 0, "\(kept.talk)")
        let report = try String(contentsOf: project.root.appending(path: "Results/p/e/report.md"), encoding: .utf8)
        #expect(report.contains("FP rate at most 20.0% in expectation."))
        // Of 20 training images without the label, half set the threshold.
        #expect(report.contains("| Alcohol | ridge | 10.0 | 20.0% | 10.0% |"), "\(report)")
        let refused = try Program.run(["run", project.experiment(experiment + "\ntraining_size: 6\n").path])
        #expect(refused.status == 3)
        #expect(
            refused.talk.contains(
                "Alcohol: a false-positive rate of at most 20% in expectation takes 7 groups of training images without the "
                    + "label, of which 50%, 4, only set the threshold; there are 6, of which 3 would"),
            "\(refused.talk)")
    }

    /// A report of some trials does not claim the others.
    @Test func missingTrialsAreCounted() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment()
        #expect(try Program.run(["run", file.path]).status == 0)
        let trials = try project.files(below: ".moderato/trials").keys.filter { $0.hasSuffix(".h5") }.sorted()
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato/trials/\(trials[0])"))
        let report = try Program.run(["report", file.path])
        #expect(report.talk.contains("6 trials: 0 trained now, 5 were finished, 1 are missing"), "\(report.talk)")
    }

    /// Data that does not arrive is an error, and a closed stream is none.
    @Test func standardOutputThatTakesNothing() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let dataset = project.root.appending(path: "Datasets/d").path
        for command in ["run '\(try project.experiment().path)'", "export '\(dataset)'", "labels", "schema"] {
            let full = try Program.shell("\"$0\" \(command) >/dev/full")
            #expect(full.status == 2, "\(command): \(full.talk)")
            #expect(full.talk.hasSuffix("error: cannot write to standard output: the disk is full\n"), "\(full.talk)")
            #expect(try Program.shell("\"$0\" \(command) <&- >&- 2>&-").status == 0, "\(command)")
        }
    }

    /// A folder that was removed is a bad place to stand, but nothing to hang in.
    @Test func aCurrentFolderThatIsGone() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment().path
        let gone = try Program.shell("mkdir '\(file).d' && cd '\(file).d' && rmdir '\(file).d' && \"$0\" check e.yaml")
        #expect(gone.status == 1)
        #expect(gone.talk.hasSuffix("e.yaml: error: there is no such file\n"))
    }
}
