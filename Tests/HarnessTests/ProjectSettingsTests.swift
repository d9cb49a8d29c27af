import Evaluation
import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

@Suite struct ProjectSettingsTests {
    private func settings(_ text: String?) throws -> ProjectSettings {
        let project = try TemporaryProject()
        if let text { try project.write("Projects/p/project.yaml", text) }
        return try ProjectSettings(of: "p", workspace: Workspace(root: project.root))
    }

    private func findings(_ marked: String) throws -> (said: [String], places: [String]) {
        let text = MarkedText(marked)
        let error = #expect(throws: Findings.self) { try settings(text.text) }
        let said = error?.all.map { "\($0.place.map { "\($0.line):\($0.column)" } ?? "-"): \($0.message)" }
        return (said ?? [], text.places)
    }

    @Test func withoutAFileAllIsAsTheSchemaSays() throws {
        for text in [nil, "project: p\n"] {
            let settings = try settings(text)
            #expect(settings.project == "p" && settings.baseModelFile == nil && !settings.updatesAutomatically)
            #expect(settings.margins == ByErrorKind { _ in 0.05 })
        }
    }

    @Test func everyKeyCounts() throws {
        let settings = try settings(
            """
            project: p
            description: what buyers see
            base_model: tiny
            auto_update: true
            update_gate: {not_worse_by: {false_negatives: 0.02}}
            """)
        #expect(settings.description == "what buyers see" && settings.updatesAutomatically)
        #expect(settings.baseModelFile?.lastPathComponent == "tiny.yaml")
        #expect(settings.margins.falseNegatives == 0.02 && settings.margins.falsePositives == 0.05)
        #expect(
            try self.settings("project: p\nupdate_gate: {not_worse_by: 0.1}\n").margins == ByErrorKind { _ in 0.1 })
    }

    @Test func everyMistakeIsFoundAtItsPlace() throws {
        let (said, places) = try findings(
            """
            project: 1️⃣q
            auto_update: 2️⃣yes
            base_model: 3️⃣tny
            update_gate: {not_worse_by: 4️⃣2}
            5️⃣autoupdate: true
            """)
        #expect(said.count == 5)
        #expect(said.map { $0.components(separatedBy: ": ")[0] } == places)
        #expect(said[0].hasSuffix("`project` is `q`, and the folder is `p`"))
        #expect(said[1].hasSuffix("`auto_update` is `true` or `false`, given `yes`"))
        #expect(said[2].contains("there is no base model `tny`: no file"))
        #expect(said[4].contains("unknown key `autoupdate`"))
    }

    @Test func theSchemaAgrees() throws {
        let texts = [
            ("project: p\nauto_update: true\nupdate_gate: {not_worse_by: 0.1}\n", true),
            ("project: p\nupdate_gate: {not_worse_by: {false_positives: 0}}\n", true),
            ("project: p\nauto_update: maybe\n", false), ("auto_update: true\n", false),
            ("project: p\nupdate_gate: {not_worse_by: 2}\n", false), ("project: p\nautoupdate: true\n", false),
        ]
        #expect(try JSONSchemaTests().isValid(texts.map(\.0), ProjectSettings.shape) == texts.map(\.1))
        for (text, isRight) in texts where isRight { #expect(throws: Never.self) { try settings(text) } }
        for (text, isRight) in texts where !isRight { #expect(throws: Findings.self) { try settings(text) } }
    }
}
