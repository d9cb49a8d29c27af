import Foundation
import Harness
import Moderation
import TestSupport
import Testing

/// The findings for `marked`, as `line:column: message`, held against the markers.
func check(
    _ marked: String, _ expected: [String], project: TemporaryProject? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let project = try project ?? TemporaryProject()
    let text = MarkedText(marked)
    let file = try project.experiment(text.text)
    do {
        _ = try Experiment(file: file)
        Issue.record("no finding", sourceLocation: sourceLocation)
    } catch {
        let said = error.all.map { finding in
            "\(finding.place.map { "\($0.line):\($0.column)" } ?? "-"): \(finding.message)"
                + (finding.hint.map { " (\($0))" } ?? "")
        }
        let wanted = zip(text.places, expected).map { "\($0): \($1)" }
        #expect(said == wanted, sourceLocation: sourceLocation)
        #expect(text.places.count == expected.count, sourceLocation: sourceLocation)
    }
}
