import Foundation
import TestSupport
import Testing

/// What `moderato adapter export` writes gives the scores that the trial recorded, from the embeddings that the cache holds.
@Suite struct AdapterExportTests {
    private static let kinds = ["ridge", "kernel", "logistic", "platt", "bias", "gda", "cache", "auto", "none"]

    private static let experiment =
        TemporaryProject.experiment.components(separatedBy: "adapters:")[0]
        + "adapters:\n" + kinds.map { "  - {kind: \($0), name: \($0)}\n" }.joined()
        + "  - {kind: ridge, name: rich-ridge, embedding: rich}\n  - {kind: kernel, name: rich-kernel, embedding: rich}\n"

    private struct Input: Encodable { let root: String, names: [String] }
    private struct Answer: Decodable {
        let difference: Double, images: Int, dimensions: String?, embedding: String?, adapter: String
    }

    @Test func theFilesGiveTheScoresOfTheTrial() throws {
        let project = try AdapterProject(Self.experiment) { try $0.declareEmbedding() }
        let names = Self.kinds + ["rich-ridge", "rich-kernel"]
        for name in names {
            try project.create(name, from: name)
            for format in ["onnx", "safetensors"] {
                let export = try project.run(
                    "adapter", "export", "p/\(name)", "--format", format, "--output", "\(name).\(format)")
                #expect(export.status == 0, "\(export.talk)")
                #expect(export.talk.contains("wrote the heads of `p/\(name)/1` to \(name).\(format), "))
            }
        }
        let answers = try Oracle.run(
            Self.script, input: Input(root: project.root.path, names: names),
            as: [String: Answer].self)
        for name in names {
            let answer = try #require(answers[name])
            // What was asked for; all compute in double precision and round to single at the end.
            #expect(answer.difference < 1e-5, "\(name)")
            #expect(answer.images == 30 && answer.adapter == "p/\(name)/1")
            let isRich = name.hasPrefix("rich")
            #expect(answer.embedding == (isRich ? "rich" : nil))
            // The base model's own vector has 48 numbers, `rich` those and 27 of another network; the base itself takes none.
            let isBase = name == "none" || (name == "auto" && answer.dimensions == nil)
            #expect(answer.dimensions == (isBase ? nil : isRich ? "75" : "48"), "\(name)")
        }
    }

    @Test func theFileGoesToStandardOutputOrToANewFile() throws {
        let project = try AdapterProject()
        try project.create()
        let arguments = ["adapter", "export", "p/a/1", "--format", "onnx", "--output", "heads.onnx"]
        let run = { (more: [String]) in try Program.run(arguments + more, in: project.root) }
        #expect(try run([]).status == 0)
        let file = project.root.appending(path: "heads.onnx")
        let bytes = try Data(contentsOf: file)
        let piped = try Program.shell(
            "cd \(project.root.path) && \"$0\" adapter export p/a --format onnx > piped.onnx && cmp piped.onnx heads.onnx"
        )
        #expect(piped.status == 0, "\(piped.talk)")
        try Data("mine".utf8).write(to: file)
        let refused = try run([])
        #expect(refused.status == 2 && refused.talk.contains("`heads.onnx` is there already"), "\(refused.talk)")
        #expect(try Data(contentsOf: file) == Data("mine".utf8))
        #expect(try run(["--force"]).status == 0)
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func wrongCommandLinesAreNamed() throws {
        let project = try AdapterProject()
        try project.create()
        #expect(try project.run("adapter", "export", "p/a").status == 64)
        let format = try project.run("adapter", "export", "p/a", "--format", "pickle", "--output", "x")
        #expect(format.status == 64 && format.talk.contains("'safetensors' and 'onnx'"), "\(format.talk)")
        let unknown = try project.run("adapter", "export", "p/b", "--format", "onnx", "--output", "x")
        #expect(unknown.status == 2 && unknown.talk.contains("there is no adapter `p/b`"))
        let folder = try project.run("adapter", "export", "p/a", "--format", "onnx", "--output", "no/where/x.onnx")
        #expect(folder.status == 0, "a folder is made where it is missing: \(folder.talk)")
        try Data("damaged".utf8).write(to: project.file("trial.h5"))
        let damaged = try project.run("adapter", "export", "p/a", "--format", "onnx", "--output", "x")
        #expect(damaged.status == 2 && damaged.talk.contains("trial.h5 is damaged"), "\(damaged.talk)")
        #expect(!FileManager.default.fileExists(atPath: project.root.path + "/x"))
    }

    private static let script = """
        import glob, h5py, numpy as np, onnx, onnxruntime
        from safetensors import safe_open
        answers = {}
        for name in input["names"]:
            root = input["root"]
            file = f"{root}/{name}.onnx"
            onnx.checker.check_model(onnx.load(file), full_check=True)
            session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
            metadata = session.get_modelmeta().custom_metadata_map
            with safe_open(f"{root}/{name}.safetensors", framework="numpy") as tensors:
                assert tensors.metadata() == metadata
            # Folders of the cache are named by more than the model; embeddings of several differ in dimensions.
            dimensions = int(metadata.get("dimensions", 48))
            embeddings = {}
            for path in glob.glob(f"{root}/.moderato/embeddings/*/*.h5"):
                with h5py.File(path) as segment:
                    if segment["embeddings"].shape[1] != dimensions: continue
                    for image, row in zip(segment["images"][:], segment["embeddings"][:]):
                        embeddings[bytes(image)] = row
            with h5py.File(f"{root}/Projects/p/adapters/{name}/1/trial.h5") as trial:
                test = (trial["trial/parts"][:] == 2).nonzero()[0]
                images = [bytes(trial["images/digest"][index]) for index in test]
                base = trial["images/labels/0/base_scores"][:][test]
                scores = trial["trial/labels/0/adapter_scores"][:][test]
            found, confidences = session.run(["scores", "confidences"], {
                "embedding": np.array([embeddings[image] for image in images]), "base_scores": base[:, None]})
            assert np.abs(confidences[:, 0] - 100 / (1 + np.exp(-scores.astype(float)))).max() < 3e-4
            answers[name] = dict(
                difference=float(np.abs(found[:, 0] - scores).max()), images=len(images),
                dimensions=metadata.get("dimensions"), embedding=metadata.get("embedding"), adapter=metadata["adapter"])
        answer(answers)
        """
}
