import BaseModel
import Foundation
import Imaging
import Moderation
import TestSupport

/// The shipped base model, described here as `Experiments/base-models/imagenet-moderation.yaml` declares it.
enum ShippedModel {
    static let file = Oracle.projectRoot.appending(path: ".moderato/models/efficientnet-lite0.onnx")

    /// ONNX Runtime's library in the Python environment that the oracles run in: one library on both sides.
    static let library = OnnxRuntime.library(
        inPython: Oracle.python.deletingLastPathComponent().deletingLastPathComponent())

    /// The file's own digest is taken: that it is the declared one is set-up's to test.
    static func description() throws -> BaseModelDescription {
        BaseModelDescription(
            name: "imagenet-moderation", version: "1", taxonomy: .version6_1, file: file,
            sha256: Digest(of: try Data(contentsOf: file)), install: "make setup",
            input: BaseModelDescription.Input(
                name: "images", layout: .nchw, height: 224, width: 224, fit: .squash, filter: .bilinear, color: .rgb,
                background: .white, mean: [127, 127, 127], deviation: [128, 128, 128]),
            outputs: BaseModelDescription.Outputs(embedding: "embedding", scores: "logits"),
            scoring: BaseModelDescription.Scoring(rule: .maxZScore, scale: 1.5, offset: 4),
            labels: labels, uncovered: Taxonomy.version6_1.leaves.filter { labels[$0] == nil })
    }

    static let labels: [Label: [Int]] = [
        Label(path: ["Alcohol", "Alcoholic Beverages"]): [427, 440, 441, 503, 512, 572, 901, 907, 966, 969],
        Label(path: ["Violence", "Weapons"]): [413, 456, 471, 499, 596, 623, 657, 744, 763, 764, 777],
        Label(path: ["Drugs", "Pills"]): [720],
        Label(path: ["Drugs", "Drug Paraphernalia"]): [845],
        Label(path: ["Gambling", "Gambling"]): [800],
        Label(path: ["Suggestive", "Female Swimwear Or Underwear"]): [445, 459, 638, 639],
        Label(path: ["Suggestive", "Male Swimwear Or Underwear"]): [842],
    ]

    /// The opened model, shared by the tests.
    static let opened = Result { try BaseModel(description(), libraryHint: library) }
}

/// A tiny network that the `onnx` package makes: 8 x 8 pixels, 5 features, 4 chances.
struct TinyModel: Decodable {
    let bytes: Data
    /// `[192 x 5]`, row-major.
    let weights: [Double]
    /// `[5 x 4]`, row-major.
    let head: [Double]

    /// What may be wrong with it, for tests that need it so.
    enum Variant: String {
        case sound
        case notFinite
        case zero
        case integers
        case twoInputs
        /// Scores above 1.
        case notProbability
    }

    init(_ variant: Variant = .sound) throws {
        self = try Oracle.run(TinyModel.script, input: variant.rawValue)
    }

    /// Writes the network into `folder` and describes it, by its description only.
    func description(in folder: TemporaryFolder) throws -> BaseModelDescription {
        let file = folder.url.appending(path: "tiny.onnx")
        try bytes.write(to: file)
        let taxonomy = Taxonomy.version7_0
        let labels: [Label: [Int]] = [
            Label(path: ["Violence", "Weapons"]): [2, 0],
            Label(path: ["Violence", "Graphic Violence", "Blood & Gore"]): [1],
            Label(path: ["Alcohol"]): [3],
        ]
        return BaseModelDescription(
            name: "tiny", version: "1", taxonomy: taxonomy, file: file, sha256: Digest(of: bytes),
            install: "make tiny",
            input: BaseModelDescription.Input(
                name: "pixels", layout: .nhwc, height: 8, width: 8, fit: .pad, filter: .box, color: .bgr,
                background: RGBColor(red: 10, green: 20, blue: 30), mean: [100, 110, 120], deviation: [50, 60, 70]),
            outputs: BaseModelDescription.Outputs(embedding: "features", scores: "chances"),
            scoring: BaseModelDescription.Scoring(rule: .probability, scale: 2, offset: -0.5),
            labels: labels,
            uncovered: taxonomy.leaves.filter { leaf in
                !labels.keys.contains { $0 == leaf || $0.isDescendant(of: leaf) }
            })
    }

    private static let script = """
        import base64
        import numpy as np, onnx
        from onnx import TensorProto, helper, numpy_helper

        random = np.random.default_rng(8)
        weights = random.normal(0, 0.02, (192, 5)).astype(np.float32)
        head = random.normal(0, 1, (5, 4)).astype(np.float32)
        if input == "zero": weights[:] = 0
        if input == "notFinite": weights[0, 0] = np.nan
        if input == "notProbability": head *= 100
        last = dict(notProbability="Softplus").get(input, "Sigmoid")
        nodes = [
            helper.make_node("Flatten", ["pixels"], ["flat"]),
            helper.make_node("MatMul", ["flat", "weights"], ["features"]),
            helper.make_node("MatMul", ["features", "head"], ["raw"]),
            helper.make_node(last, ["raw"], ["chances"]),
            helper.make_node("Cast", ["raw"], ["whole"], to=TensorProto.INT64),
        ]
        inputs = [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["batch", 8, 8, 3])]
        if input == "twoInputs":
            inputs.append(helper.make_tensor_value_info("mask", TensorProto.FLOAT, [1, 4]))
            nodes.append(helper.make_node("Add", ["raw", "mask"], ["masked"]))
        outputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", 5])]
        kind = TensorProto.INT64 if input == "integers" else TensorProto.FLOAT
        if input == "integers": nodes[3].output[0], nodes[4].output[0] = "other", "chances"
        outputs.append(helper.make_tensor_value_info("chances", kind, ["batch", 4]))
        constants = [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(head, "head")]
        graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.checker.check_model(model)
        flat = lambda array: np.nan_to_num(array).astype(float).ravel().tolist()
        answer(dict(bytes=base64.b64encode(model.SerializeToString()).decode(), weights=flat(weights), head=flat(head)))
        """
}

/// A folder that is gone with the test.
final class TemporaryFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "base-model-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }
}
