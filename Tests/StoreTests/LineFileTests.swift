import Foundation
import Testing

@testable import Store

@Suite struct LineFileTests {
    @Test func linesOfManyThreadsStayWhole() throws {
        try withFolder { folder in
            let file = folder.appending(path: "runs/a.jsonl")
            let lines = try LineFile(appendingTo: file)
            let long = String(repeating: "é", count: 3000)
            DispatchQueue.concurrentPerform(iterations: 200) { index in
                #expect(throws: Never.self) { try lines.append("\(index) \(long)") }
            }
            #expect(try LineFile.lines(of: file).sorted() == (0..<200).map { "\($0) \(long)" }.sorted())
            try LineFile(appendingTo: file).append("another")
            #expect(try LineFile.lines(of: file).last == "another")
        }
    }

    @Test func aTornLineIsNone() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.jsonl")
            try LineFile(appendingTo: file).append(#"{"first": "é"}"#)
            let whole = try Data(contentsOf: file)
            for count in 0..<whole.count {
                try whole.prefix(count).write(to: file)
                #expect(try LineFile.lines(of: file) == [])
            }
            try (whole + Data("{".utf8)).write(to: file)
            #expect(try LineFile.lines(of: file) == [#"{"first": "é"}"#])
            #expect(throws: StoreError.self) { try LineFile.lines(of: folder.appending(path: "none")) }
        }
    }
}
