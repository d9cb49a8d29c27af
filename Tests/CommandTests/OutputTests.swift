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
        ("import /nowhere", 1), ("detect x.png --root /nowhere", 1),
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
        try project.makeImages(6)
        let run = try Program.run(["run", project.experiment().path])
        #expect(run.status == 3 || run.status == 2, "\(run.talk)")
        #expect(run.output.contains("failed") || run.talk.contains("failed"), "\(run.output)\(run.talk)")
    }
}
