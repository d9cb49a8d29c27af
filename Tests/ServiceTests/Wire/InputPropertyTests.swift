import Foundation
import TestSupport
import Testing

@testable import Service

/// Random inputs, generated in Python from botocore's service model: valid ones pass, and each single mutation of one fails
/// with the right exception, which names the member.
@Suite struct InputPropertyTests {
    // Foundation has another.
    private typealias Operation = Service.Operation

    private struct Sample: Decodable {
        let operation: String
        let body: String
        let mutation: String
        let code: String?
        let path: String
    }

    @Test func validInputsPassAndSingleMutationsFail() throws {
        let samples: [Sample] = try Oracle.run(
            ServiceModel.reading + Self.generator, input: Operation.allCases.map(\.rawValue))
        for sample in samples {
            let operation = try #require(Operation(rawValue: sample.operation))
            let error = Self.error(of: sample.body, for: operation)
            #expect(
                error?.code.rawValue == sample.code, "\(sample.operation) \(sample.mutation) \(sample.body.prefix(300))"
            )
            if let error, error.code != .imageTooLarge {
                #expect(error.message.contains("'\(sample.path)'"), "\(sample.mutation): \(error.message)")
                #expect(error.message.utf8.count < 400)
            }
            if let error, error.code == .invalidParameter {
                #expect(error.message.hasPrefix("1 validation error detected: Value"), "\(error.message)")
            }
        }
        // Each kind of mutation occurred.
        let kinds = Set(samples.map(\.mutation))
        #expect(
            kinds == ["none", "unknown", "null", "missing", "type", "short", "long", "pattern", "word", "low", "high"])
    }

    private static func error(of body: String, for operation: Operation) -> ServiceError? {
        do {
            _ = try Input(Data(body.utf8), for: operation)
            return nil
        } catch {
            return error
        }
    }

    private static let generator = #"""
        import base64, copy, random
        random.seed(3)
        arn = "arn:aws:rekognition:eu-west-1:111122223333:project/p-1"
        # Texts that fit the patterns, by the shape's name; all other texts are letters.
        texts = {"ProjectArn": arn + "/17", "ProjectVersionArn": arn + "/version/v.1/17",
                 "ProjectVersionId": arn + "/version/v.1/17", "DatasetArn": arn + "/dataset/test/17",
                 "ResourceArn": arn + "/17"}
        # Characters that a pattern refuses; None for patterns that refuse none a client may send.
        refused = {"TagKey": "é|", "TagValue": "|", "DatasetLabel": None, "QueryString": None, "ProjectPolicyDocument": "中",
                   "MediaAnalysisS3KeyPrefix": " "}

        def text(name, shape):
            if name in texts: return texts[name]
            if "enum" in shape: return random.choice(shape["enum"])
            low, high = shape.get("min", 0), min(shape.get("max", 60), 60)
            letters = "abcdef012" if name == "ProjectPolicyRevisionId" or name == "HumanLoopName" else "abXY019"
            return "".join(random.choice(letters) for _ in range(max(1, random.randint(low, high))))

        def valid(name, everything):
            shape = shapes[name]
            kind = shape["type"]
            if kind == "structure":
                return {member: valid(value["shape"], everything) for member, value in shape["members"].items()
                        if everything or member in shape.get("required", []) or random.random() < 0.5}
            if kind == "list":
                return [valid(shape["member"]["shape"], everything)
                        for _ in range(random.randint(shape.get("min", 0), min(shape.get("max", 3), 3)))
                        ] or ([valid(shape["member"]["shape"], everything)] if everything else [])
            if kind == "map": return {text("TagKey", shapes["TagKey"]): text("TagValue", shapes["TagValue"])}
            if kind == "blob": return base64.b64encode(random.randbytes(random.randint(1, 50))).decode()
            if kind == "boolean": return random.random() < 0.5
            if kind == "integer": return random.randint(shape["min"], shape.get("max", 2**31 - 1))
            if kind == "float": return random.choice([0, 100, 33.5, random.uniform(0, 100)])
            return text(name, shape)

        wrong = {"structure": ["x", 1, []], "list": ["x", 1, {}], "map": ["x", 1, []], "blob": [1, True, "*"],
                 "boolean": ["true", 1, []], "integer": ["1", 1.5, True], "float": ["1", True, {}],
                 "string": [1, True, [], {}]}

        def mutations(name, value, path):
            """All the single mutations below `value`: kind, the new value, the path that an answer names."""
            shape = shapes[name]
            kind = shape["type"]
            for other in wrong[kind]: yield "type", other, path
            low, high = shape.get("min", 0), shape.get("max")
            if kind == "structure":
                yield "unknown", {**value, "Unknown": [{}]}, None
                for member, child in value.items():
                    below = path + [member]
                    if member in shape.get("required", []):
                        yield "missing", {k: v for k, v in value.items() if k != member}, below
                        yield "missing", {**value, member: None}, below
                    else:
                        yield "null", {**value, member: None}, None
                    for mutation, new, where in mutations(shape["members"][member]["shape"], child, below):
                        yield mutation, {**value, member: new}, where
            elif kind == "list":
                if low > 0: yield "short", value[:low - 1], path
                if high: yield "long", (value * (high + 1))[:high + 1], path
                for mutation, new, where in mutations(shape["member"]["shape"], value[0], path + ["1", "member"]):
                    yield mutation, [new] + value[1:], where
            elif kind == "map":
                if high: yield "long", {f"k{index}": "" for index in range(high + 1)}, path
                yield "pattern", {"aws:reserved": "x"}, path + ["1", "key"]
                yield "long", {"k" * 129: "x"}, path + ["1", "key"]
                yield "long", {"k": "x" * 257}, path + ["1", "value"]
                yield "pattern", {"k": "a|b"}, path + ["1", "value"]
            elif kind == "blob":
                yield "short", "", path
                # Half a dozen of megabytes once for each of its places.
                yield "long", base64.b64encode(bytes(high + 1)).decode(), path
            elif kind in ("integer", "float"):
                yield "low", low - 1, path
                if high is not None: yield "high", high + (1 if kind == "integer" else 0.001), path
            elif "enum" in shape:
                yield "word", "NONE", path
            elif kind == "string":
                # With a pattern of fixed form a text that is too short or empty breaks two rules.
                if high and name not in texts: yield "long", "a" * (high + 1), path
                if low > 1 and "pattern" not in shape: yield "short", "a" * (low - 1), path
                if name == "S3Bucket": yield "short", "a" * (low - 1), path
                if "pattern" in shape:
                    bad = refused.get(name, "é")
                    if bad: yield "pattern", value + bad, path

        samples = []
        for operation in input:
            name = model["operations"][operation]["input"]["shape"]
            for _ in range(20):
                samples.append(dict(operation=operation, body=json.dumps(valid(name, False)), mutation="none", code=None, path=""))
            whole = valid(name, True)
            samples.append(dict(operation=operation, body=json.dumps(whole), mutation="none", code=None, path=""))
            for mutation, new, where in mutations(name, whole, []):
                if where == []: continue  # The body itself: it is tested apart, it has no name.
                shown = ".".join(part[:1].lower() + part[1:] for part in where or [])
                code = {"type": "SerializationException", "unknown": None, "null": None}.get(mutation, "InvalidParameterException")
                if mutation == "long" and shown == "image.bytes": code = "ImageTooLargeException"
                samples.append(dict(operation=operation, body=json.dumps(new), mutation=mutation, code=code, path=shown))
        answer(samples)
        """#
}
