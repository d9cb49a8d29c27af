import Moderation
import Testing

@Suite struct NamesTests {
    @Test(arguments: [
        ("labls", "labels"), ("treshold", "threshold"), ("Logistic", "logistic"), ("rigde", "ridge"),
    ])
    func theNearestNameIsFound(written: String, meant: String) {
        let candidates = ["labels", "threshold", "logistic", "ridge", "platt"]
        #expect(Names.nearest(to: written, among: candidates) == meant)
        #expect(Names.hint(for: written, among: candidates) == "did you mean `\(meant)`?")
    }

    @Test func farNamesAreNotOffered() {
        #expect(Names.nearest(to: "forest", among: ["ridge", "platt"]) == nil)
        #expect(Names.nearest(to: "", among: []) == nil)
    }

    @Test func longListsAreCut() {
        #expect(Names.list(["a", "b"]) == "`a`, `b`")
        #expect(Names.list(["a", "b", "c"], limit: 2) == "`a`, `b` and 1 more")
    }
}
