import Evaluation
import Foundation
import Reporting
import TestSupport

/// A page in Debian's Chromium: what `Oracles/browser.py` finds out about it.
enum Browser {
    /// Runs `script`, in which `page` is the file of `html`, `input` is what is given besides, and all of `browser.py` is at
    /// hand; decodes the JSON it answers.
    static func run<Input: Encodable, Output: Decodable>(
        _ script: String, page html: String, input: Input, as type: Output.Type = Output.self
    ) throws -> Output {
        let file = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString).html")
        try Data(html.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let folder = Oracle.projectRoot.appending(path: "Tests/ReportingTests/Oracles")
        let prelude = """
            sys.path.insert(0, input["folder"])
            sys.dont_write_bytecode = True
            from browser import *
            page, input = input["page"], input["input"]

            """
        return try Oracle.run(
            prelude + script, input: Arguments(folder: folder.path, page: file.path, input: input), as: type)
    }

    private struct Arguments<Input: Encodable>: Encodable {
        let folder: String
        let page: String
        let input: Input
    }
}
