import Harness
import TestSupport
import Testing

@testable import Service

/// The table of input shapes against botocore's service model: every member of every operation.
@Suite struct InputShapeTests {
    @Test func shapesAreThoseOfTheServiceModel() throws {
        let model: [String: JSONValue] = try Oracle.run(
            ServiceModel.reading
                + """
                def described(name):
                    shape = shapes[name]
                    kind = shape["type"]
                    low, high = shape.get("min", 0), shape.get("max", 2**63 - 1)
                    if kind == "structure":
                        required = shape.get("required", [])
                        return {"kind": kind, "members": [
                            {"name": member, "required": member in required, "shape": described(value["shape"])}
                            for member, value in sorted(shape["members"].items())]}
                    if kind == "string":
                        return {"kind": kind, "min": low, "max": high, "pattern": shape.get("pattern", ""),
                                "values": shape.get("enum", [])}
                    if kind == "list":
                        return {"kind": kind, "min": low, "max": high, "of": described(shape["member"]["shape"])}
                    if kind == "map":
                        return {"kind": kind, "min": low, "max": high, "key": described(shape["key"]["shape"]),
                                "value": described(shape["value"]["shape"])}
                    if kind == "boolean":
                        return {"kind": kind}
                    return {"kind": kind, "min": low, "max": high}

                answer({name: described(model["operations"][name]["input"]["shape"]) for name in input})
                """, input: Operation.allCases.map(\.rawValue))
        #expect(model.count == 27)
        for operation in Operation.allCases {
            #expect(operation.input.described == model[operation.rawValue], "\(operation.rawValue)")
        }
    }

    /// Python's `re.fullmatch` with ASCII classes, and for `\p{…}` Python's character data, on texts that nearly match.
    @Test func patternsMatchTheTextsThatTheyDescribe() throws {
        struct Sample: Decodable {
            let pattern: String
            let text: String
            let matches: Bool
        }
        let patterns = Set(Operation.allCases.flatMap { $0.input.patterns }).sorted()
        let samples: [Sample] = try Oracle.run(
            #"""
            import random, re, unicodedata
            random.seed(11)
            alphabet = list("aZ09_.-:/ @=+,()'?;arn\\\n\r\t\u0000é\u0301ß中٣५\u00a0\u2028Ⅷ😀") + ["aws:", "project/", "arn:aws"]
            arn = "arn:aws:rekognition:us-east-1:111122223333:project/p.1-_/"
            seeds = ["", arn + "17", arn + "version/v/17", arn + "dataset/train/17", "abc", "a--b", "aws:x"]
            classes = {"\\p{L}": "L", "\\p{Z}": "Z", "\\p{N}": "N"}
            letters = "".join(chr(c) for c in {ord(c) for a in alphabet + seeds for c in a})
            def translated(pattern):
                for name, kind in classes.items():
                    members = "".join(re.escape(c) for c in letters if unicodedata.category(c)[0] == kind)
                    pattern = pattern.replace(name, members)
                # A dot is no line end; Python knows but one.
                if pattern.startswith("."): pattern = pattern.replace(".", "[^\n\r\u2028]")
                return re.compile(pattern, re.ASCII)
            samples = []
            for pattern in input:
                expression = translated(pattern)
                for _ in range(400):
                    text = random.choice(seeds)
                    for _ in range(random.randrange(4)):
                        at = random.randrange(len(text) + 1)
                        text = text[:at] + random.choice(alphabet) + text[at + random.randrange(3):]
                    samples.append({"pattern": pattern, "text": text, "matches": bool(expression.fullmatch(text))})
            answer(samples)
            """#, input: patterns)
        for sample in samples {
            let pattern = TextPattern(stringLiteral: sample.pattern)
            #expect(pattern.matches(sample.text) == sample.matches, "\(sample.pattern) \(sample.text.debugDescription)")
        }
        // Neither answer is the rule.
        for pattern in patterns {
            let answers = samples.filter { $0.pattern == pattern }.map(\.matches)
            #expect(answers.contains(true) && answers.contains(false), "\(pattern)")
        }
    }
}

extension InputShape {
    /// The shape as the oracle describes it.
    fileprivate var described: JSONValue {
        switch self {
        case .structure(let members):
            .object([
                "kind": .text("structure"),
                "members": .list(members.sorted { $0.name < $1.name }.map(\.described)),
            ])
        case .text(let length, let pattern, let values):
            Self.described(
                "string", length, ["pattern": .text(pattern?.source ?? ""), "values": .list(values.map { .text($0) })])
        case .number(let range): Self.described("float", Int(range.lowerBound)...Int(range.upperBound))
        case .integer(let range): Self.described("integer", range)
        case .boolean: .object(["kind": .text("boolean")])
        case .blob(let range): Self.described("blob", range)
        case .list(let element, let range): Self.described("list", range, ["of": element.described])
        case .map(let key, let value, let range):
            Self.described("map", range, ["key": key.described, "value": value.described])
        }
    }

    private static func described(
        _ kind: String, _ range: ClosedRange<Int>, _ others: [String: JSONValue] = [:]
    ) -> JSONValue {
        let own: [String: JSONValue] = [
            "kind": .text(kind), "min": .integer(range.lowerBound), "max": .integer(range.upperBound),
        ]
        return .object(own.merging(others) { $1 })
    }

    /// The patterns of the shape and of all in it.
    fileprivate var patterns: [String] {
        switch self {
        case .structure(let members): members.flatMap(\.shape.patterns)
        case .text(_, let pattern, _): pattern.map { [$0.source] } ?? []
        case .list(let element, _): element.patterns
        case .map(let key, let value, _): key.patterns + value.patterns
        case .number, .integer, .boolean, .blob: []
        }
    }
}

extension InputShape.Member {
    fileprivate var described: JSONValue {
        .object(["name": .text(name), "required": .boolean(isRequired), "shape": shape.described])
    }
}
