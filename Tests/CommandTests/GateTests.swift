import Foundation
import TestSupport
import Testing

/// `moderato gate` and `moderato baseline`, on real images: every verdict and every exit code.
@Suite struct GateTests {
    /// An experiment whose adapter finds most of what the base model misses.
    static let experiment = TemporaryProject.experiment.replacing("repeats: 2", with: "repeats: 8")

    private func project(
        _ rules: String, _ experiment: String = GateTests.experiment
    ) throws -> (TemporaryProject, file: String) {
        let project = try TemporaryProject()
        try project.makeImages()
        return (project, try write(rules, experiment, in: project))
    }

    @discardableResult
    private func write(
        _ rules: String, _ experiment: String = GateTests.experiment, in project: TemporaryProject
    ) throws -> String {
        try project.experiment(experiment + "\ngate:\n" + rules).path
    }

    private static let baselineRule = "  - {metric: false_positives, not_worse_than_baseline_by: 0.5}"

    private func junit(_ project: TemporaryProject, _ path: String) throws -> [String] {
        try Oracle.run(
            """
            import junitparser
            answer([type(c.result[0]).__name__ if c.result else "pass"
                    for suite in junitparser.JUnitXml.fromfile(input) for c in suite])
            """, input: project.root.appending(path: path).path)
    }

    private func gate(
        _ file: String, _ project: TemporaryProject, _ arguments: [String] = []
    ) throws -> (run: Program.Outcome, junit: [String]) {
        let junit = project.root.appending(path: "gate/junit.xml")
        try? FileManager.default.removeItem(at: junit)
        let run = try Program.run(["gate", file, "--quiet", "--junit", junit.path] + arguments)
        return (run, try self.junit(project, "gate/junit.xml"))
    }

    // MARK: Verdicts

    @Test func everyRuleThatHoldsIsAPass() throws {
        let (project, file) = try project(
            """
              - {metric: flagged, adapter: shift, at_most: 0.99}
              - {metric: false_positives, at_most: 0.99}
            """)
        let (run, junit) = try gate(file, project)
        #expect(run.status == 0 && junit == ["pass", "pass"], "\(run.output)\(run.talk)")
        #expect(run.output.hasPrefix("e: gate pass (2 rules: 2 pass)\n"))
    }

    @Test func whatCannotBeShownIsInconclusiveAndSaysWhy() throws {
        // 20 images with the label, of which half are tested at a time: even none missed would show 16% only.
        let (project, file) = try project("  - {metric: false_negatives, at_most: 0.01}")
        let (run, junit) = try gate(file, project)
        #expect(run.status == 6 && junit == ["Skipped"], "\(run.output)")
        #expect(run.output.contains("cannot show it even without a single error"), "\(run.output)")
        let allowed = try gate(file, project, ["--allow-inconclusive"])
        #expect(allowed.run.status == 0 && allowed.junit == ["Skipped"])
        let markdown = try Program.run(["gate", file, "--format", "markdown"])
        #expect(markdown.status == 6 && markdown.output.contains("inconclusive |"))
        let annotations = try Program.run(["gate", file, "--format", "github"])
        #expect(annotations.output.hasPrefix("::warning file="))
    }

    @Test func aFailureIsAnError5AndOutranksWhatIsInconclusive() throws {
        let (project, file) = try project(
            """
              - {metric: flagged, at_most: 0.001}
              - {metric: false_negatives, improvement_at_least: 0.999}
            """)
        defer { withExtendedLifetime(project) {} }
        let (run, junit) = try gate(file, project, ["--allow-inconclusive"])
        #expect(run.status == 5, "\(run.output)")
        #expect(junit[0] == "Failure")
        let annotations = try Program.run(["gate", "Experiments/e.yaml", "--format", "github"], in: project.root)
        #expect(annotations.output.contains("::error file=Experiments/e.yaml,line=13,col=5,title=fail%3A "))
    }

    // MARK: The baseline

    @Test func aBaselineIsWrittenComparedWithAndOutgrown() throws {
        let (project, file) = try project(Self.baselineRule)
        let path = project.root.appending(path: "Experiments/baselines/e.json")
        let missing = try gate(file, project)
        #expect(missing.run.status == 1 && missing.junit == ["Error"])
        #expect(missing.run.output.contains("there is no baseline at"), "\(missing.run.output)")
        #expect(missing.run.output.contains("`moderato baseline update"))

        #expect(try Program.run(["baseline", "update", "--check", file]).status == 1)
        // What a killed process left half written is not to be committed.
        try project.write("Experiments/baselines/e.json.tmp-1-1", "{")
        let update = try Program.run(["baseline", "update", file])
        let beside = path.deletingLastPathComponent().path
        #expect(try FileManager.default.contentsOfDirectory(atPath: beside) == ["e.json"])
        #expect(update.status == 0 && update.talk.contains("written; commit it"), "\(update.talk)")
        let first = try Data(contentsOf: path)
        #expect(try Program.run(["baseline", "update", "--check", file]).status == 0)
        #expect(try Program.run(["baseline", "show", file]).output == update.output)
        let again = try Program.run(["baseline", "update", file])
        #expect(try again.talk.contains("up to date") && Data(contentsOf: path) == first)

        let same = try gate(file, project)
        #expect(same.run.status == 0 && same.junit == ["pass"], "\(same.run.output)")
        #expect(same.run.output.contains("the trials are those of the baseline"))

        // Fewer errors in the file than there were: where the rates do not say so, it was changed by hand.
        let text = String(decoding: first, as: UTF8.self)
        // The last line is of a false alarm, which the rule is about.
        let masks = try #require(text.matches(of: #/"images/\d+.png" : "[-o]*x[-ox]*"/#).last)
        let fewer = text.replacing(masks.output, with: masks.output.replacing("x", with: "o"))
        try project.write("Experiments/baselines/e.json", fewer)
        let byHand = try gate(file, project, ["--json"])
        #expect(byHand.run.status == 1 && byHand.run.output.contains("it was changed by hand"), "\(byHand.run.output)")
        // Where they do, it is judged like any other difference.
        let rates = try #require(
            fewer.firstMatch(
                of: #/"false_positives" : \{\s+"errors" : (\d+),(\s+"images" : \d+,)\s+"rate" : [\d.]+,[^}]+ : (\d+)/#)
        ).output
        let tests = try #require(Double(rates.3))
        let errors = try #require(Int(rates.1)) - masks.output.count { $0 == "x" }
        let rate = (Double(errors) / tests * 10_000).rounded() / 10_000
        let agreed = #""false_positives":{"errors":\#(errors),\#(rates.2)"rate":\#(rate),"tests":\#(rates.3)"#
        try project.write("Experiments/baselines/e.json", fewer.replacing(rates.0, with: agreed))
        let other = try Program.run(["gate", file, "--quiet"])
        #expect(other.output.contains("but decisions differ"), "\(other.output)")
        try project.write("Experiments/baselines/e.json", first)

        // Another recipe: other trials, other errors, the same test images.
        let recipe = Self.experiment.replacing("strength: [0.1, 1]", with: "strength: [1000]")
        try write(Self.baselineRule, recipe, in: project)
        #expect(try Program.run(["baseline", "update", "--check", file]).status == 1)
        let changed = try Program.run(["gate", file, "--json"])
        #expect([0, 5, 6].contains(changed.status), "\(changed.talk)")
        struct Gate: Decodable {
            struct Rule: Decodable {
                struct Image: Decodable { let path: String, broken: Int, repaired: Int, tests: Int }
                let basis: String, changed_images: [Image]
            }
            let rules: [Rule]
        }
        let rule = try JSONDecoder().decode(Gate.self, from: Data(changed.output.utf8)).rules[0]
        #expect(rule.basis == "repeats" && !rule.changed_images.isEmpty)
        #expect(rule.changed_images.allSatisfy { $0.broken + $0.repaired > 0 && $0.broken + $0.repaired <= $0.tests })

        // The same bytes from the same records, whatever was in between.
        try write(Self.baselineRule, in: project)
        try FileManager.default.removeItem(at: path)
        #expect(try Program.run(["baseline", "update", file]).status == 0)
        #expect(try Data(contentsOf: path) == first)
    }

    @Test func aBaselineOfOtherImagesIsRefusedWithTheReason() throws {
        let (project, file) = try project(Self.baselineRule)
        #expect(try Program.run(["baseline", "update", file]).status == 0)
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
        try project.write("Datasets/d/manifest.jsonl", lines.dropLast(2).joined(separator: "\n") + "\n")
        let fewer = try gate(file, project)
        #expect(fewer.run.status == 1 && fewer.junit == ["Error"])
        #expect(fewer.run.output.contains("it is of other test images: "), "\(fewer.run.output)")

        try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n") + "\n")
        #expect(try gate(file, project).run.status == 0)
        try write(Self.baselineRule, Self.experiment + "\nthreshold: 60", in: project)
        let threshold = try gate(file, project)
        #expect(threshold.run.status == 1)
        #expect(
            threshold.run.output.contains("decisions at threshold 50, and"), "\(threshold.run.output)")

        try write(Self.baselineRule, in: project)
        for (text, said) in [("<<<<<<< HEAD\n", "this is no baseline"), ("{}", "this is no baseline")] {
            try project.write("Experiments/baselines/e.json", text)
            let broken = try gate(file, project)
            #expect(broken.run.status == 1 && broken.run.output.contains(said), "\(broken.run.output)")
        }
    }

    // MARK: Errors

    @Test func whatGoesWrongIsNeverAPass() throws {
        let rule = "  - {metric: flagged, adapter: shift, at_most: 0.99}"
        let (project, file) = try project(rule)
        // Trials that no rule is about fail: the rule passes, the gate does not.
        try write(rule, Self.experiment + "\ntraining_size: 1", in: project)
        let failed = try gate(file, project)
        #expect(failed.run.status == 3 && failed.junit.contains("Error"), "\(failed.run.output)")
        // What a rule is about is all there, so that it can be written; where it is not, nothing is.
        #expect(try Program.run(["baseline", "update", file]).status == 0)
        try write("  - {metric: flagged, at_most: 0.99}", Self.experiment + "\ntraining_size: 1", in: project)
        let refused = try Program.run(["baseline", "update", file, "--baseline", "/nowhere/b.json", "--quiet"])
        #expect(refused.status == 3 && refused.talk.contains("`ridge` could not be trained in repetition 0: "))
        #expect(try gate(file, project).junit == ["Error", "Error"])

        try write("  - {metric: misses, at_most: 0.99}", in: project)
        let wrong = try gate(file, project)
        #expect(wrong.run.status == 1 && wrong.junit == ["Error"])
        #expect(wrong.run.output.contains("given `misses`"))

        try project.experiment(Self.experiment)
        let without = try gate(file, project)
        #expect(without.run.status == 1 && without.run.output.contains("hint: add `gate:`"), "\(without.run.output)")
    }

    @Test func anImageThatIsGoneIsAnErrorOfEveryRule() throws {
        let (project, file) = try project(
            "  - {metric: flagged, adapter: shift, at_most: 0.99}\n  - {metric: flagged, at_most: 0.99}")
        try FileManager.default.removeItem(at: project.root.appending(path: "Datasets/d/images/7.png"))
        let world = try gate(file, project, ["--format", "github"])
        #expect(world.run.status == 2 && world.junit.allSatisfy { $0 == "Error" }, "\(world.run.output)")
        #expect(world.run.output.contains("::error ") && world.run.talk.contains("error: "))
        // What is wrong in a file says which.
        let nowhere = try Program.run(["gate", "/nowhere/e.yaml", "--format", "github"])
        #expect(nowhere.talk == "/nowhere/e.yaml: error: there is no such file\n", "\(nowhere.talk)")
    }

    @Test func aJUnitFileThatCannotBeWrittenIsAnError() throws {
        let (project, file) = try project("  - {metric: flagged, adapter: shift, at_most: 0.99}")
        try project.write("taken", "a file, no folder")
        let run = try Program.run(["gate", file, "--junit", project.root.appending(path: "taken/junit.xml").path])
        #expect(run.status == 2 && run.output.contains("gate pass"), "\(run.talk)")
    }

    @Test func wrongOptionsAreRefused() throws {
        #expect(try Program.run(["gate", "e.yaml", "--json", "--format", "github"]).status == 64)
        #expect(try Program.run(["gate", "e.yaml", "--jobs", "0"]).status == 64)
        #expect(try Program.run(["baseline", "update", "e.yaml", "--jobs", "0"]).status == 64)
        #expect(try Program.run(["gate", "/nowhere/e.yaml"]).status == 1)
    }

    @Test func aGateIsNoPartOfATrialsIdentity() throws {
        let (project, file) = try project("  - {metric: flagged, at_most: 0.99}")
        let gated = try Program.run(["plan", file, "--json"])
        try project.experiment(Self.experiment)
        let plain = try Program.run(["plan", file, "--json"])
        #expect(gated.status == 0 && gated.output == plain.output)
    }

    /// Of several training sizes the largest counts, and each split is judged by itself.
    @Test func aRuleIsAboutTheLargestTrainingSizeOfItsSplit() throws {
        let splits = Self.experiment.replacing(
            "split: {training: 0.5, test: 0.5, repeats: 8, seed: 1}",
            with: """
                training_size: [10, all]
                split:
                  - {training: 0.5, test: 0.5, repeats: 3, seed: 1}
                  - {training: 0.4, test: 0.6, repeats: 8, seed: 1, by: image}
                """)
        let (project, file) = try project("  - {metric: flagged, split: image, at_most: 0.99}", splits)
        let judged = try gate(file, project)
        #expect(judged.run.status == 0, "\(judged.run.output)")
        struct Planned: Decodable {
            let trial: String, adapter: String, split: String, repetition: Int, training_images: Int
        }
        let plan = try JSONDecoder().decode(
            [Planned].self, from: Data(Program.run(["plan", file, "--json"]).output.utf8)
        ).filter { $0.adapter == "ridge" && $0.split == "image" && $0.training_images > 20 }
        #expect(plan.count == 8)
        struct Baseline: Decodable {
            struct Wrong: Decodable { let split: String, trials: [String] }
            let wrong: [Wrong]
        }
        #expect(try Program.run(["baseline", "update", file]).status == 0)
        let text = try Data(contentsOf: project.root.appending(path: "Experiments/baselines/e.json"))
        let wrong = try JSONDecoder().decode(Baseline.self, from: text).wrong
        #expect(wrong.map(\.split) == ["image"])
        #expect(wrong.first?.trials == plan.sorted { $0.repetition < $1.repetition }.map(\.trial))
    }

    @Test func aBaselineThatCannotBeWrittenIsAnErrorAndLeavesNothing() throws {
        let (project, file) = try project(Self.baselineRule)
        try project.write("Experiments/baselines", "a file, no folder")
        let update = try Program.run(["baseline", "update", file, "--quiet"])
        #expect(update.status == 2 && update.talk.contains("error: "), "\(update.talk)")
        #expect(try gate(file, project).run.status == 1)
    }

    @Test func theShippedBaselineIsOfTheShippedExperiment() throws {
        let shown = try Program.run(["baseline", "show", "Experiments/weapons.yaml"], in: Oracle.projectRoot)
        #expect(shown.status == 0 && shown.output.contains("kernel"), "\(shown.talk)")
    }
}
