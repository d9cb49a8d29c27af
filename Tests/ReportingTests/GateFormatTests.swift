import Evaluation
import Foundation
import Moderation
import Reporting
import TestSupport
import Testing

/// A gate says the same in every format.
@Suite struct GateFormatTests {
    // MARK: What programs read

    struct Document: Decodable {
        struct Rule: Decodable {
            struct Estimate: Decodable {
                struct Interval: Decodable { let lower: Double, upper: Double }
                let value: Double?, interval: Interval?
            }
            struct Power: Decodable {
                let images: Int, groups: Int, could_pass: Bool, best_limit: Double?, likely_limit: Double?
                let images_needed: Int?
            }
            struct Image: Decodable { let path: String, broken: Int, repaired: Int, tests: Int }
            struct Place: Decodable { let file: String, line: Int, column: Int }
            let name: String, status: String, reason: String, estimate: Estimate?, power: Power?, place: Place
            let condition: String, limit: Double, changed_images: [Image]?, notes: [String]
        }
        struct Problem: Decodable { let kind: String, message: String }
        let schema_version: Int, status: String, experiment: String, rules: [Rule], problems: [Problem]
    }

    private func document(_ gate: GateInput) throws -> Document {
        try JSONDecoder().decode(Document.self, from: Data(Report.json(gate).utf8))
    }

    @Test func jsonTellsAll() throws {
        let gate = try GateFixture.all()
        let document = try document(gate)
        #expect(document.schema_version == Report.gateSchemaVersion && document.status == "error")
        #expect(document.experiment == GateFixture.nasty)
        #expect(document.rules.map(\.status) == ["pass", "fail", "inconclusive", "error"])
        #expect(
            document.rules.map(\.condition) == [
                "at_most", "at_most", "not_worse_than_baseline_by", "improvement_at_least",
            ])
        #expect(document.rules[2].changed_images?.count == 18, "people see 10 of them")
        for (rule, told) in zip(gate.rules, document.rules) {
            guard case .judged(let judgement) = rule.result else { continue }
            #expect(told.estimate?.value == judgement.estimate.value)
            #expect(told.estimate?.interval?.upper == judgement.estimate.interval?.upper)
            #expect(told.power?.likely_limit == judgement.power.likelyLimit && told.power?.images == 200)
            #expect(told.power?.could_pass == judgement.power.couldPass)
            #expect(told.place.line == rule.place.line)
        }
        #expect(try Report.json(GateFixture.all()) == Report.json(gate))
    }

    struct JUnit: Decodable {
        struct Case: Decodable { let name: String, results: [String], message: String?, output: String }
        let name: String, tests: Int, failures: Int, errors: Int, skipped: Int, cases: [Case]
    }

    /// As `junitparser` reads it, which CI tools use; the counts are those of its own count.
    private func junit(_ gate: GateInput) throws -> JUnit {
        try Oracle.run(
            """
            import junitparser
            xml = junitparser.JUnitXml.fromstring(input.encode())
            suites = list(xml)
            assert len(suites) == 1
            suite = suites[0]
            written = [suite.tests, suite.failures, suite.errors, suite.skipped]
            cases = [{"name": c.name, "results": [type(r).__name__ for r in c.result],
                      "message": c.result[0].message if c.result else None,
                      "output": (c.system_out or "") + "".join(r.text or "" for r in c.result)} for c in suite]
            suite.update_statistics()
            assert written == [suite.tests, suite.failures, suite.errors, suite.skipped], written
            answer({"name": suite.name, "tests": suite.tests, "failures": suite.failures, "errors": suite.errors,
                    "skipped": suite.skipped, "cases": cases})
            """, input: Report.junit(gate))
    }

    @Test func junitKeepsFailureErrorAndSkippedApart() throws {
        let gate = try GateFixture.all(problems: [GateInput.Problem(.trials, "a trial \u{1} failed: <singular>")])
        let junit = try junit(gate)
        let rules = try document(gate).rules
        #expect(junit.tests == 5 && junit.failures == 1 && junit.errors == 2 && junit.skipped == 1)
        #expect(junit.cases.map(\.results) == [[], ["Failure"], ["Skipped"], ["Error"], ["Error"]])
        #expect(junit.name == "market.\(GateFixture.nasty)")
        for (rule, told) in zip(rules, junit.cases) {
            #expect(told.name == rule.name)
            if rule.status != "pass" { #expect(told.message == rule.reason) }
            #expect(told.output.contains(rule.reason))
        }
        #expect(junit.cases[4].message == "a trial \u{FFFD} failed: <singular>", "XML 1.0 has no control characters")
        #expect(junit.cases[2].output.contains("images/0 <&\"%|:,>.png: broken in 1 of 1 repeat (FN)"))
    }

    /// GitHub's own way back: properties and messages are unescaped after they are taken apart.
    private func annotations(_ gate: GateInput) throws -> [(
        command: String, properties: [String: String], message: String
    )] {
        try Report.annotations(gate).split(separator: "\n").map { line in
            let parts = try #require(line.wholeMatch(of: #/::(\w+) (.*?)::(.*)/#)).output
            let unescaped = { (text: Substring) in
                text.replacing("%3A", with: ":").replacing("%2C", with: ",").replacing("%0A", with: "\n")
                    .replacing("%0D", with: "\r").replacing("%25", with: "%")
            }
            let properties = parts.2.split(separator: ",").map { property -> (String, String) in
                let pair = property.split(separator: "=", maxSplits: 1)
                return (String(pair[0]), pair.count > 1 ? String(unescaped(pair[1])) : "")
            }
            return (String(parts.1), Dictionary(uniqueKeysWithValues: properties), String(unescaped(parts.3)))
        }
    }

    @Test func annotationsAreOfWhatDoesNotPass() throws {
        let gate = try GateFixture.all()
        let rules = try document(gate).rules.filter { $0.status != "pass" }
        let annotations = try annotations(gate)
        #expect(annotations.map(\.command) == ["error", "warning", "error", "notice"])
        for (rule, annotation) in zip(rules, annotations) {
            #expect(annotation.properties["file"] == "Experiments/a,b.yaml")
            #expect(annotation.properties["line"] == "\(rule.place.line)" && annotation.properties["col"] == "5")
            #expect(annotation.properties["title"] == "\(rule.status): \(rule.name)")
            #expect(annotation.message.contains(rule.reason))
        }
        #expect(annotations[3].message.contains("gate error (4 rules: 1 error, 1 fail, 1 inconclusive, 1 pass)"))
    }

    // MARK: What people read

    @Test func tableAndMarkdownTellTheSame() throws {
        let gate = try GateFixture.all()
        let rules = try document(gate).rules
        // Line breaks of the table are no part of what it says.
        let terminal = Report.terminal(gate).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let markdown = Report.markdown(gate).replacing("\\", with: "")
        for rule in rules {
            #expect(terminal.contains("\(rule.status) \(rule.name)"))
            #expect(terminal.contains("\(rule.status): \(rule.name)"))
            #expect(terminal.contains(rule.reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
            #expect(markdown.contains(rule.reason), "\(rule.reason)")
            #expect(markdown.contains("\(rule.status) |"))
        }
        let measured = ["14.0% [9.9, 19.5]", "+4.0 points ["]
        for text in measured { #expect(terminal.contains(text) && markdown.contains(text), "\(text)") }
        #expect(terminal.contains("and 8 more; JSON lists all"))
        #expect(markdown.contains("images that changed since the baseline: 18"))
    }

    @Test func onlyWhatIsInconclusiveSpeaksOfPower() throws {
        let terminal = Report.terminal(try GateFixture.all())
        #expect(terminal.components(separatedBy: "would pass in 8 of 10").count == 2)
    }

    /// One rule a row, whatever bars a name holds: cells are split as GitHub does it, at bars without a backslash.
    @Test func markdownKeepsItsColumns() throws {
        let rows = Report.markdown(try GateFixture.all()).split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 2 + 4)
        #expect(rows.allSatisfy { $0.replacing("\\|", with: "").count { $0 == "|" } == 4 })
    }

    @Test func colourSaysNothingMore() throws {
        let styled = Report.terminal(try GateFixture.all(), styled: true)
        #expect(styled.contains("\u{1B}[31m"))
        #expect(styled.replacing(#/\u{1B}\[\d+m/#, with: "") == Report.terminal(try GateFixture.all()))
    }

    // MARK: The whole

    @Test func theWorstStatusIsTheGates() throws {
        let rules = try GateFixture.all().rules
        let gate = { (rules: [GateInput.Rule], problems: [GateInput.Problem]) in
            GateInput(experiment: "e", project: nil, baseline: nil, rules: rules, problems: problems).status
        }
        #expect(gate([rules[0]], []) == .pass)
        #expect(gate([rules[0], rules[2]], []) == .inconclusive)
        #expect(gate([rules[1], rules[0], rules[2]], []) == .fail)
        #expect(gate(rules, []) == .error, "what is not judged may be worse than what fails")
        #expect(gate([rules[0]], [GateInput.Problem(.world, "no disk")]) == .error)
        #expect(gate([], [GateInput.Problem(.findings, "no file")]) == .error)
    }

    @Test func aGateWithoutRulesIsToldToo() throws {
        let place = Place(file: "e.yaml", line: 2, column: 3)
        let gate = GateInput(
            experiment: "e", project: nil, baseline: nil, rules: [],
            problems: [GateInput.Problem(.findings, "unknown key", at: place)])
        #expect(Report.terminal(gate).contains("error: e.yaml:2:3: unknown key"))
        #expect(Report.markdown(gate).contains("e.yaml:2:3: unknown key"))
        #expect(try annotations(gate)[0].properties["line"] == "2")
        #expect(try junit(gate).errors == 1)
        #expect(try document(gate).problems[0].message == "unknown key")
    }
}
