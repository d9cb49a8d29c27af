import Foundation
import TestSupport
import Testing

/// The recipes of `docs/gate.md`.
@Suite struct GateRecipeTests {
    /// The fenced blocks of a language, in order.
    private func blocks(_ language: String) throws -> [String] {
        let file = Oracle.projectRoot.appending(path: "docs/gate.md")
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "```\(language)\n").dropFirst().map
        {
            $0.components(separatedBy: "\n```")[0] + "\n"
        }
    }

    @Test(arguments: [("at_most: 0.99", 0, "passes"), ("at_most: 0.001", 5, "fails")])
    func theShellRecipeGates(limit: String, status: Int, said: String) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.experiment(GateTests.experiment + "\ngate:\n  - {metric: flagged, adapter: shift, \(limit)}")
        let script = try #require(blocks("sh").first)
        try project.write("gate.sh", script)
        let run = try Program.shell(
            """
            export PATH="$(dirname "$0"):$PATH"
            cd '\(project.root.path)'
            sh gate.sh Experiments/e.yaml
            """)
        #expect(run.status == Int32(status) && run.output.contains("the gate \(said)"), "\(run.output)\(run.talk)")
        let left = try project.files(below: "gate")
        #expect(Set(left.keys) == ["junit.xml", "gate.json", "comment.md"])
        #expect(left.values.allSatisfy { !$0.isEmpty })
    }

    @Test func anExperimentThatCannotBeReadIsToldOfToo() throws {
        let project = try TemporaryProject()
        try project.write("gate.sh", try #require(blocks("sh").first))
        let run = try Program.shell(
            """
            export PATH="$(dirname "$0"):$PATH"
            cd '\(project.root.path)'
            sh gate.sh Experiments/none.yaml
            """)
        #expect(run.status == 1 && run.output.contains("could not be judged"), "\(run.talk)")
        #expect(try project.files(below: "gate")["junit.xml"] != nil)
    }

    /// What CI reads is YAML, whose jobs have what their platform asks for, and whose commands the program has.
    @Test func theRecipesOfPlatformsParse() throws {
        struct Answer: Decodable { let kinds: [String], commands: [String] }
        let answer = try Oracle.run(
            """
            import yaml
            kinds, commands = [], []
            for text in input:
                data = yaml.safe_load(text)
                if "jobs" in data:
                    kinds.append("github")
                    steps = data["jobs"]["gate"]["steps"]
                    assert all(("run" in step) != ("uses" in step) for step in steps)
                    # The container's gh is Debian 12's 2.23: `--create-if-none` came in 2025.
                    assert not any("--create-if-none" in step.get("run", "") for step in steps)
                    # gh asks git for the repository else, and git trusts no checkout of another user's.
                    assert all("GH_REPO" in step["env"] for step in steps if "gh pr" in step.get("run", ""))
                    commands += [line for step in steps for line in step.get("run", "").splitlines()]
                elif isinstance(data.get("gate"), dict):
                    kinds.append("gitlab")
                    assert all(isinstance(line, str) for line in data["gate"]["script"] + data["gate"]["after_script"])
                    # CI_MERGE_REQUEST_IID is there in pipelines of merge requests only, which a job must ask for.
                    assert any("merge_request_event" in rule["if"] for rule in data["gate"]["rules"])
                    assert data["gate"]["artifacts"]["reports"]["junit"] == "gate/junit.xml"
                    commands += data["gate"]["script"]
                else:
                    kinds.append("rules")
            answer({"kinds": kinds, "commands": commands})
            """, input: blocks("yaml"), as: Answer.self)
        #expect(answer.kinds == ["rules", "github", "gitlab"])
        let gates = answer.commands.filter { $0.hasPrefix("moderato gate") }
        #expect(gates.count == 2 && gates.allSatisfy { $0.contains("Experiments/weapons.yaml") })
    }
}
