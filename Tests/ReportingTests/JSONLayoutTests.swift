import Foundation
import Testing

@testable import Reporting

@Suite struct JSONLayoutTests {
    @Test func whatFitsStandsInALine() {
        let long = String(repeating: "x", count: 80)
        let compact = #"{"a":{"b":[1,-2.5e-3],"c":null},"d":"\#(long)","e":[],"f":{}}"#
        #expect(
            JSONLayout.lines(compact) == """
                {
                  "a": {"b": [1, -2.5e-3], "c": null},
                  "d": "\(long)",
                  "e": [],
                  "f": {}
                }
                """)
        for scalar in ["1", "true", #""a, b""#, "[]"] { #expect(JSONLayout.lines(scalar) == scalar) }
    }

    /// Brackets, commas, colons and quotes within texts are texts, short or long.
    @Test func textsStayAsTheyAre() throws {
        let texts = [#"a"b"#, "[1,2", "}:,", #"\"#, #"\","#, "é\n\u{1}", ""]
        let value = [
            "short": [texts], "long": (0..<20).map { count in texts.map { String(repeating: $0, count: count) } },
        ]
        let data = try JSONEncoder().encode(value)
        let lines = JSONLayout.lines(String(decoding: data, as: UTF8.self))
        #expect(try JSONDecoder().decode([String: [[String]]].self, from: Data(lines.utf8)) == value)
        #expect(lines.split(separator: "\n").count > 20)
    }
}
