import Foundation
import TestSupport
import Testing

/// A trial's id is what its result depends on: nothing else moves it, and all of that does.
@Suite struct TrialIdentityTests {
    /// An experiment as parts that can be written in any order and form.
    private struct Parts {
        var head = ["# Is the question here?", "#   moderato run e.yaml"]
        var keys: [(name: String, value: String)] = [
            ("experiment", "e"), ("project", "p"), ("base_model", "tiny"), ("dataset", "d"), ("labels", "[Alcohol]"),
            ("threshold", "50"), ("on_bad_image", "fail"),
        ]
        var split: [(name: String, value: String)] = [
            ("training", "0.5"), ("test", "0.5"), ("by", "group"), ("repeats", "2"), ("seed", "1"),
        ]
        var adapters: [[(name: String, value: String)]] = [
            [("name", "shift"), ("kind", "bias")],
            [("name", "ridge"), ("kind", "ridge"), ("strength", "[0.1, 1]"), ("target", "3")],
        ]

        /// The YAML text in flow form, or in block form.
        func text(inBlocks: Bool) -> String {
            let mapping = { (entries: [(name: String, value: String)], indent: String) in
                inBlocks
                    ? entries.map { "\n\(indent)\($0.name): \($0.value)" }.joined()
                    : " {" + entries.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
            }
            let list = adapters.map { entry in
                inBlocks
                    ? "  -" + mapping(entry, "    ").dropFirst(4) : "  -" + mapping(entry, "")
            }
            let lines = keys.map { "\($0.name): \($0.value)" } + ["split:" + mapping(split, "  "), "adapters:"] + list
            return (head + lines).joined(separator: "\n") + "\n"
        }

        mutating func set(_ name: String, _ value: String) {
            keys.removeAll { $0.name == name }
            keys.append((name, value))
        }
    }

    private struct Line: Decodable { let trial: String }

    private static func ids(_ project: TemporaryProject, _ text: String) throws -> [String] {
        let plan = try Program.run(["plan", project.experiment(text).path, "--json"])
        #expect(plan.status == 0, "\(plan.talk)\n\(text)")
        return try JSONDecoder().decode([Line].self, from: Data(plan.output.utf8)).map(\.trial).sorted()
    }

    @Test func orderCommentsFormattingAndNamesChangeNoId() throws {
        let project = try TemporaryProject()
        try project.makeImages(24)
        let expected = try Self.ids(project, Parts().text(inBlocks: false))
        var random = SystemRandomNumberGenerator()
        for turn in 0..<16 {
            var parts = Parts()
            parts.keys.shuffle(using: &random)
            parts.split.shuffle(using: &random)
            parts.adapters = parts.adapters.map { $0.shuffled(using: &random) }.shuffled(using: &random)
            parts.head.append("# turn \(turn)")
            if Bool.random(using: &random) { parts.set("experiment", "other-name") }
            if Bool.random(using: &random) { parts.keys.removeAll { ["threshold", "on_bad_image"].contains($0.name) } }
            if Bool.random(using: &random) { parts.keys = parts.keys.map { ($0.name, "\($0.value)   # \(turn)") } }
            let text = parts.text(inBlocks: Bool.random(using: &random))
                .replacing("[0.1, 1]", with: ["[1, 0.1]", "[0.1, 1, 1.0]", "[1e-1, 1]"].randomElement(using: &random)!)
                .replacing("name: ridge", with: "name: my-ridge")
            #expect(try Self.ids(project, text) == expected, "\(text)")
        }
    }

    @Test func everyChangeOfMeaningChangesEveryIdThatItTouches() throws {
        let project = try TemporaryProject()
        try project.makeImages(24)
        var seen = Set(try Self.ids(project, Parts().text(inBlocks: false)))
        let changes: [(what: String, touched: Int, change: (inout Parts) -> Void)] = [
            ("threshold", 6, { $0.set("threshold", "60") }),
            ("objective", 6, { $0.set("objective", "{minimise: false_positives}") }),
            ("training size", 6, { $0.set("training_size", "3") }),
            ("seed", 6, { $0.split[4].value = "2" }), ("unit", 6, { $0.split[2].value = "image" }),
            ("share", 6, { $0.split[0].value = "0.4" }),
            // Two adapters more repetitions, and the platt baseline.
            ("repeats", 3, { $0.split[3].value = "3" }),
            ("strength", 2, { $0.adapters[1][2].value = "[0.1, 2]" }),
            ("target", 2, { $0.adapters[1][3].value = "4" }),
            ("kind", 2, { $0.adapters[1] = [("name", "ridge"), ("kind", "logistic")] }),
        ]
        for (what, touched, change) in changes {
            var parts = Parts()
            change(&parts)
            let ids = Set(try Self.ids(project, parts.text(inBlocks: false)))
            #expect(ids.subtracting(seen).count == touched, "\(what)")
            seen.formUnion(ids)
        }
    }

    @Test(arguments: ["truth", "group", "bytes", "removed", "added"])
    func everyChangeOfTheImagesChangesAllIds(change: String) throws {
        let project = try TemporaryProject()
        try project.makeImages(24)
        let before = try Self.ids(project, Parts().text(inBlocks: false))
        let file = "Datasets/d/manifest.jsonl"
        var lines = try String(contentsOf: project.root.appending(path: file), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        switch change {
        case "truth": lines[1] = lines[1].replacing("\"present\": []", with: "\"present\": [\"Alcohol\"]")
        case "group": lines[1] = lines[1].replacing("{\"image\"", with: "{\"group\": \"g\", \"image\"")
        case "bytes": lines[1] = lines[1].replacing(/"sha256": "[0-9a-f]{2}/, with: "\"sha256\": \"ff")
        case "removed": lines.removeLast()
        default: lines.append(lines[3].replacing("images/3.png", with: "images/copy.png"))
        }
        if change == "added" {
            let images = project.root.appending(path: "Datasets/d/images")
            try Data(contentsOf: images.appending(path: "3.png")).write(to: images.appending(path: "copy.png"))
            let digest = String(repeating: "a", count: 64)
            lines[24] = lines[24].replacing(/"sha256": "[0-9a-f]+"/, with: "\"sha256\": \"\(digest)\"")
        }
        try project.write(file, lines.joined(separator: "\n") + "\n")
        let after = try Self.ids(project, Parts().text(inBlocks: false))
        #expect(Set(after).isDisjoint(with: before) && after.count == before.count)
    }
}
