import Foundation
import Harness
import TestSupport
import Testing

/// The generated schemas and the program's own check agree, with the `jsonschema` package as the judge.
@Suite struct JSONSchemaTests {
    struct Input: Encodable { let schema: String, texts: [String] }

    func isValid(_ texts: [String], _ shape: Shape) throws -> [Bool] {
        let script = """
            import jsonschema, yaml
            schema = json.loads(input["schema"])
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            answer([validator.is_valid(yaml.safe_load(text)) for text in input["texts"]])
            """
        let schema = JSONSchema.document(of: shape, title: "test").text()
        return try Oracle.run(script, input: Input(schema: schema, texts: texts))
    }

    private func file(_ path: String) throws -> String {
        try String(contentsOf: Oracle.projectRoot.appending(path: path), encoding: .utf8)
    }

    @Test func shippedFilesAreValid() throws {
        let experiments = try ["alcohol", "weapons", "smoke"].map { try file("Experiments/\($0).yaml") }
        #expect(try isValid(experiments, Experiment.shape).allSatisfy { $0 })
        let models = try ["", "-lite1"].map { try file("Experiments/base-models/imagenet-moderation\($0).yaml") }
        #expect(try isValid(models, BaseModelFile.shape) == [true, true])
        #expect(try isValid([file("Datasets/stickers/dataset.yaml")], DatasetFile.shape) == [true])
        #expect(try isValid([file("Experiments/launchers/slurm.yaml")], LauncherFile.shape) == [true])
    }

    @Test func everyMistakeOfFormIsOneForTheSchemaToo() throws {
        let right = TemporaryProject.experiment
        let mistakes = [
            ("threshold", right + "\nthreshold: 100"), ("key", right + "\ntreshold: 50"),
            ("kind", right.replacingOccurrences(of: "kind: bias", with: "kind: bais")),
            ("strength", right.replacingOccurrences(of: "[0.1, 1]", with: "-1")),
            ("other adapter's key", right.replacingOccurrences(of: "kind: bias", with: "kind: bias, strength: 1")),
            ("share", right.replacingOccurrences(of: "training: 0.5", with: "training: 1")),
            ("repeats", right.replacingOccurrences(of: "repeats: 2", with: "repeats: 0")),
            ("missing", right.replacingOccurrences(of: "project: p\n", with: "")),
            ("empty list", right.replacingOccurrences(of: "[Alcohol]", with: "[]")),
            ("truth value", right + "\nreport: {images: maybe}"), ("no list", right + "\nreport: {sensitive: Alcohol}"),
            ("size", right + "\ntraining_size: none"), ("size", right + "\ntraining_size: {positives: 0}"),
        ]
        let verdicts = try isValid([right] + mistakes.map(\.1), Experiment.shape)
        #expect(verdicts == [true] + mistakes.map { _ in false })
        let project = try TemporaryProject()
        for (name, text) in mistakes {
            #expect(throws: (any Error).self, "\(name)") { try Experiment(file: project.experiment(text)) }
        }
        #expect(try isValid([right + "\nreport: {images: false, sensitive: none}"], Experiment.shape) == [true])
        for size in ["all", "20", "{positives: 5}", "{positives: all, negatives: 9}"] {
            let text = right + "\ntraining_size: \(size)"
            #expect(try isValid([text], Experiment.shape) == [true])
            #expect(throws: Never.self) { try Experiment(file: project.experiment(text)) }
        }
    }
}
