import Foundation

extension TemporaryProject {
    /// Describes `tiny`'s network, which `makeImages` has made, as a second base model called `name`: with other logits, and so
    /// with another digest and other adapters, and no embedding but its own.
    public func declareBaseModel(_ name: String, scale: Double = 2) throws {
        try declare(name, scoring: "{rule: logit, scale: \(scale)}")
    }

    /// Makes a network that sees nothing, and describes it as the base model `name`: its embeddings are all alike, and it
    /// detects nothing.
    public func declareBlindBaseModel(_ name: String) throws {
        struct Answer: Decodable { let sha256: String }
        let answer = try Oracle.run(Self.blind, input: root.path, as: Answer.self)
        try declare(name, file: "blind.onnx", sha256: answer.sha256)
    }

    /// Describes a base model whose labels are of version 7 of the taxonomy; its network need not exist.
    public func declareBaseModelOfOtherTaxonomy(_ name: String) throws {
        let text = Self.baseModel()
        let others = """
              Alcohol/Alcoholic Beverages: [0]
              Violence/Weapons: [1]
            uncovered: [
              Alcohol/Alcohol Use, Violence/Graphic Violence, Explicit, Non-Explicit Nudity of Intimate parts and Kissing, Swimwear or Underwear, Visually Disturbing,
              Drugs & Tobacco, Rude Gestures, Gambling, Hate Symbols]
            """
        let own = text.components(separatedBy: "labels:\n")[0].replacing("\"6.1\"", with: "\"7.0\"")
        try write(
            "Experiments/base-models/\(name).yaml",
            own.replacing("base_model: tiny", with: "base_model: \(name)") + "labels:\n" + others)
    }

    private func declare(
        _ name: String, scoring: String = "{rule: logit}", file: String = "tiny.onnx", sha256: String? = nil
    ) throws {
        let tiny = root.appending(path: "Experiments/base-models/tiny.yaml")
        var text = try String(contentsOf: tiny, encoding: .utf8).components(separatedBy: "\nembeddings:")[0]
            .replacing("base_model: tiny", with: "base_model: \(name)")
            .replacing("scoring: {rule: logit}", with: "scoring: \(scoring)")
            .replacing("file: tiny.onnx", with: "file: \(file)")
        if let sha256 { text.replace(/sha256: [0-9a-f]+/, with: "sha256: \(sha256)") }
        try write("Experiments/base-models/\(name).yaml", text)
    }

    private static let blind = """
        import hashlib, numpy, onnx
        from onnx import helper, TensorProto, numpy_helper
        nodes = [
            helper.make_node("AveragePool", ["images"], ["blocks"], kernel_shape=[2, 2], strides=[2, 2]),
            helper.make_node("Flatten", ["blocks"], ["flat"]),
            helper.make_node("Mul", ["flat", "zero"], ["nothing"]),
            helper.make_node("Add", ["nothing", "one"], ["embedding"]),
            helper.make_node("Gemm", ["nothing", "weights", "bias"], ["scores"]),
        ]
        constants = [("zero", numpy.array(0)), ("one", numpy.array(1)), ("weights", numpy.zeros((48, 2))),
                     ("bias", numpy.array([-3, -3]))]
        graph = helper.make_graph(
            nodes, "blind", [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, 8, 8])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 48]),
             helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
            [numpy_helper.from_array(value.astype("float32"), name) for name, value in constants])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
        onnx.checker.check_model(model)
        data = model.SerializeToString()
        open(f"{input}/Experiments/base-models/blind.onnx", "wb").write(data)
        answer({"sha256": hashlib.sha256(data).hexdigest()})
        """
}
