import Foundation
import TestSupport
import Testing

/// What README shows is what the program prints.
@Suite struct DocumentationTests {
    /// The fenced blocks of README that begin with `$ command`: the command, and what follows it.
    private func blocks() throws -> [String: String] {
        let text = try String(contentsOf: Oracle.projectRoot.appending(path: "README.md"), encoding: .utf8)
        var blocks: [String: String] = [:]
        for block in text.components(separatedBy: "```console\n$ ").dropFirst() {
            let body = block.components(separatedBy: "\n```")[0]
            let lines = body.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            blocks[String(lines[0])] = lines.count > 1 ? String(lines[1]) : ""
        }
        return blocks
    }

    @Test func helpIsTheProgramsOwn() throws {
        let help = try Program.run(["--help"], environment: ["COLUMNS": "80"])
        #expect(try blocks()["moderato --help"] == help.output.trimmingCharacters(in: .newlines))
    }

    @Test func theTableOfExitCodesIsTheProgramsOwn() throws {
        let readme = try String(contentsOf: Oracle.projectRoot.appending(path: "README.md"), encoding: .utf8)
        let codes = try Program.run(["--help"], environment: ["COLUMNS": "200"]).output
            .matches(of: #/\n  (\d+) - (.+)/#).map { "| \($0.output.1) | \($0.output.2) |" }
        #expect(codes.count == 9)
        for code in codes { #expect(readme.contains(code)) }
    }

    @Test func theErrorIsTheProgramsOwn() throws {
        let project = try TemporaryProject()
        let weapons = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Experiments/weapons.yaml"), encoding: .utf8)
        for folder in ["Datasets", "Experiments/base-models"] {
            let target = project.root.appending(path: folder)
            try FileManager.default.removeItem(at: target)
            try FileManager.default.createSymbolicLink(
                at: target, withDestinationURL: Oracle.projectRoot.appending(path: folder))
        }
        let wrong = weapons.replacingOccurrences(of: "threshold: 50", with: "treshold: 50")
            .replacingOccurrences(of: "kind: ridge", with: "kind: rigde")
        try project.write("Experiments/weapons.yaml", wrong)
        let check = try Program.run(["check", "Experiments/weapons.yaml"], in: project.root)
        #expect(
            try blocks()["moderato check Experiments/weapons.yaml"] == check.talk.trimmingCharacters(in: .newlines))
    }

    @Test func theExperimentOnTheFirstScreenIsTheShippedOne() throws {
        let readme = try String(contentsOf: Oracle.projectRoot.appending(path: "README.md"), encoding: .utf8)
        let weapons = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Experiments/weapons.yaml"), encoding: .utf8)
        #expect(readme.contains("```yaml\n\(weapons)```"))
    }

    private struct Schema: Decodable {
        struct Property: Decodable {}
        let properties: [String: Property]
    }

    @Test func theLauncherInTheDocumentationIsTheShippedOneAndEveryKeyIsExplained() throws {
        let page = try String(contentsOf: Oracle.projectRoot.appending(path: "docs/clusters.md"), encoding: .utf8)
        let launcher = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Experiments/launchers/slurm.yaml"), encoding: .utf8)
        #expect(page.contains("```yaml\n\(launcher)```"))
        let schema = try Program.run(["schema", "launcher"]).output
        let keys = try JSONDecoder().decode(Schema.self, from: Data(schema.utf8)).properties.keys
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        for key in keys where key != "launcher" { #expect(rows.contains { $0.contains("`\(key)`") }, "\(key)") }
    }

    /// Editors read the committed schemas; `moderato schema KIND > docs/schemas/KIND.json` renews them.
    @Test(arguments: ["experiment", "base-model", "dataset", "launcher", "project", "credentials"])
    func schemasAreCurrent(kind: String) throws {
        let file = Oracle.projectRoot.appending(path: "docs/schemas/\(kind).json")
        #expect(try Program.run(["schema", kind]).output == String(contentsOf: file, encoding: .utf8))
    }
}
