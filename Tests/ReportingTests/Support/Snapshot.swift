import Foundation
import TestSupport
import Testing

/// Golden texts under `Snapshots`: `RECORD_SNAPSHOTS=1` records, and a recording fails once so that somebody looks.
enum Snapshot {
    static func expect(_ text: String, named name: String) throws {
        let file = Oracle.projectRoot.appending(path: "Tests/ReportingTests/Snapshots/\(name)")
        let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
        guard !isRecording, let golden = try? String(contentsOf: file, encoding: .utf8) else {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name): read it, then run again")
            return
        }
        #expect(text == golden, "\(name) differs: RECORD_SNAPSHOTS=1 records it anew")
    }
}
