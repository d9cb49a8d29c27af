import Foundation

extension TemporaryProject {
    /// What `declareEmbedding` declares unless told otherwise.
    public static let views = "[plain, flip]"

    /// Makes a second network, and declares the embedding `rich` in the base-model file, which `makeImages` has written:
    /// the base model's own network on `views`, and the second one's brightest values of 9 blocks (27 numbers), less 5,
    /// at least 0: of a nearly black image 0 everywhere, unlike the base model's.
    public func declareEmbedding(views: String = TemporaryProject.views) throws {
        struct Answer: Decodable { let sha256: String }
        let answer = try Oracle.run(Self.script, input: root.path, as: Answer.self)
        let file = root.appending(path: "Experiments/base-models/tiny.yaml")
        let text = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\nembeddings:")[0]
        let embeddings = """

            embeddings:
              rich:
                - views: \(views)
                - file: other.onnx
                  sha256: \(answer.sha256)
                  install: make rich
                  input: {name: pixels, size: [6, 6]}
                  output: features
                  views: [greyscale, plain]
            """
        try write("Experiments/base-models/tiny.yaml", text + embeddings)
    }

    private static let script = """
        import hashlib, numpy, onnx
        from onnx import helper, numpy_helper, TensorProto

        nodes = [
            helper.make_node("MaxPool", ["pixels"], ["blocks"], kernel_shape=[2, 2], strides=[2, 2]),
            helper.make_node("Sub", ["blocks", "dark"], ["bright"]),
            helper.make_node("Relu", ["bright"], ["positive"]),
            helper.make_node("Flatten", ["positive"], ["features"]),
        ]
        graph = helper.make_graph(
            nodes, "other", [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 3, 6, 6])],
            [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, 27])],
            [numpy_helper.from_array(numpy.array(5, dtype="float32"), "dark")])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
        onnx.checker.check_model(model)
        data = model.SerializeToString()
        open(f"{input}/Experiments/base-models/other.onnx", "wb").write(data)
        answer({"sha256": hashlib.sha256(data).hexdigest()})
        """
}
