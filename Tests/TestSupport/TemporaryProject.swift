public import Foundation

/// A project in a folder of its own, removed when the test is over.
public final class TemporaryProject: Sendable {
    /// The project's root folder.
    public let root: URL

    /// A base-model file that checks; the model itself need not exist.
    public static func baseModel(sha256: String = String(repeating: "0", count: 64)) -> String {
        """
        base_model: tiny
        version: "1"
        taxonomy: "6.1"
        file: tiny.onnx
        sha256: \(sha256)
        install: make setup
        input: {name: images, layout: nchw, size: [8, 8]}
        outputs: {embedding: embedding, scores: scores}
        scoring: {rule: logit}
        labels:
          Alcohol/Alcoholic Beverages: [0]
          Violence/Weapons: [1]
        uncovered: [
          Alcohol/Drinking, Drugs, Explicit Nudity, Gambling, Hate Symbols, Rude Gestures, Suggestive, Tobacco,
          Violence/Graphic Violence Or Gore, Violence/Physical Violence, Violence/Weapon Violence,
          Violence/Self Injury, Visually Disturbing]
        """
    }

    /// An experiment that checks.
    public static let experiment = """
        # Is the question here?
        #   moderato run e.yaml
        experiment: e
        project: p
        base_model: tiny
        dataset: d
        labels: [Alcohol]
        split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}
        adapters:
          - {name: shift, kind: bias}
          - {kind: ridge, strength: [0.1, 1]}
        """

    /// A project with the base model `tiny` and the dataset `d` of 12 images, without any file of either.
    public init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "moderato-\(UUID().uuidString)")
        try write("Experiments/base-models/tiny.yaml", Self.baseModel())
        try write("Datasets/d/dataset.yaml", "dataset: d\ntaxonomy: \"6.1\"\n")
        let lines = (0..<12).map { index in
            #"{"image":"images/\#(index).png","present":[\#(index % 3 == 0 ? "\"Alcohol\"" : "")],"absent":"others"}"#
        }
        try write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
    }

    /// A copy of this project that shares `paths` with it, but has no store and no results.
    public static func sharingWithThisOne(
        _ paths: [String] = ["Datasets", "Experiments", ".moderato/models", ".moderato/python"]
    ) throws -> TemporaryProject {
        let project = try TemporaryProject()
        for path in paths {
            let link = project.root.appending(path: path)
            try? FileManager.default.removeItem(at: link)
            try FileManager.default.createDirectory(
                at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: link, withDestinationURL: Oracle.projectRoot.appending(path: path))
        }
        return project
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Writes `text` into the file at `path` below the root.
    public func write(_ path: String, _ text: String) throws {
        try write(path, Data(text.utf8))
    }

    /// Writes `data` into the file at `path` below the root.
    public func write(_ path: String, _ data: Data) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// The experiment file with `text` in it.
    @discardableResult
    public func experiment(_ text: String = TemporaryProject.experiment) throws -> URL {
        try write("Experiments/e.yaml", text)
        return root.appending(path: "Experiments/e.yaml")
    }

    /// The bytes of every file below `folder`, by path.
    public func files(below folder: String = "") throws -> [String: Data] {
        let start = root.appending(path: folder)
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: start.path)) ?? []
        var files: [String: Data] = [:]
        for path in paths {
            var isFolder: ObjCBool = false
            let file = start.appending(path: path)
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[path] = try Data(contentsOf: file)
        }
        return files
    }
}

extension TemporaryProject {
    /// Makes the network and `count` images: squares of noise around a colour, red ones showing alcohol. The base scores
    /// brightness, so that it is wrong often enough for adapters to have work.
    ///
    /// The network is written with the `onnx` package: the embedding is the mean colour of 16 blocks (48 numbers).
    public func makeImages(_ count: Int = 60) throws {
        struct Answer: Decodable { let sha256: String }
        struct Input: Encodable { let root: String, count: Int }
        let answer = try Oracle.run(Self.script, input: Input(root: root.path, count: count), as: Answer.self)
        try write("Experiments/base-models/tiny.yaml", Self.baseModel(sha256: answer.sha256))
    }

    private static let script = """
        import hashlib, os, numpy, onnx
        from onnx import helper, TensorProto, numpy_helper
        from PIL import Image

        root, count = input["root"], input["count"]
        random = numpy.random.default_rng(5)
        os.makedirs(f"{root}/Datasets/d/images", exist_ok=True)
        lines = []
        for index in range(count):
            alcohol = index % 3 == 0
            color = numpy.array([150, 90, 90] if alcohol else [90, 90, 150]) + random.normal(0, 45, 3)
            pixels = color + random.normal(0, 25, (16, 16, 3))
            Image.fromarray(pixels.clip(1, 255).astype("uint8")).save(f"{root}/Datasets/d/images/{index}.png")
            sha256 = hashlib.sha256(open(f"{root}/Datasets/d/images/{index}.png", "rb").read()).hexdigest()
            lines.append(json.dumps({"image": f"images/{index}.png", "sha256": sha256,
                                     "present": ["Alcohol"] if alcohol else [], "absent": "others"}))
        open(f"{root}/Datasets/d/manifest.jsonl", "w").write("\\n".join(lines) + "\\n")

        weights = numpy.zeros((48, 2), dtype="float32")
        weights[:16, 0] = 0.004
        weights[:, 1] = 0.001
        nodes = [
            helper.make_node("AveragePool", ["images"], ["blocks"], kernel_shape=[2, 2], strides=[2, 2]),
            helper.make_node("Flatten", ["blocks"], ["embedding"]),
            helper.make_node("Gemm", ["embedding", "weights", "bias"], ["scores"]),
        ]
        graph = helper.make_graph(
            nodes, "tiny",
            [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, 8, 8])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 48]),
             helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
            [numpy_helper.from_array(weights, "weights"),
             numpy_helper.from_array(numpy.array([-8, -9], dtype="float32"), "bias")])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
        onnx.checker.check_model(model)
        data = model.SerializeToString()
        open(f"{root}/Experiments/base-models/tiny.onnx", "wb").write(data)
        answer({"sha256": hashlib.sha256(data).hexdigest()})
        """
}
