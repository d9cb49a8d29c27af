import Foundation
import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

/// Exported heads against onnxruntime, the `onnx` checker, and NumPy on what the `safetensors` package reads.
@Suite("Exported heads")
struct ExportTests {
    /// The blocks that an embedding of 20 dimensions is tried in.
    static let blocks = [[20], [7, 12, 1]]

    static let origin = HeadExport.Origin(
        adapter: "shop/alcohol/1", trial: digest, kind: "ridge", threshold: 60,
        baseModel: .init(name: "tiny", digest: digest), embedding: .init(name: "rich", digest: digest), program: "0")
    static let digest = Digest(of: Data("digest".utf8))

    /// An export of the heads that `kind` fits to two labels of the same images, and rows that neither was fitted to: of
    /// them, one embedding is zero, one has a block of zeros, one has nothing above zero, one is huge and one tiny.
    func sample(_ kind: Recipe.Kind, blocks: [Int]) throws -> (heads: [Head], embeddings: Matrix, base: [[Float]]) {
        let rows = sampleRows().replacing(blocks: blocks)
        let images = rows.images
        let other = Rows(label: label, images: images, baseScores: rows.baseScores, truth: rows.truth.reversed())
        let fits = try Recipe(kind).fit([rows, other], threshold: half, seed: Seed(7))
        var test = sampleRows(count: 40, seed: 3)
        var embeddings = test.embeddings
        for column in 0..<20 {
            embeddings[0, column] = 0
            if column < 7 { embeddings[1, column] = 0 }
            embeddings[2, column].negate()
            if column % 3 == 0 { embeddings[3, column].negate() }
            // Squares that no single-precision number holds, and numbers below the smallest normal one.
            embeddings[4, column] *= 1e37
            embeddings[5, column] *= 1e-40
        }
        test = test.replacing(embeddings: embeddings)
        return (fits.map(\.head), embeddings, [test.baseScores, test.baseScores.reversed()])
    }

    @Test("give the same scores in onnxruntime", arguments: Recipe.Kind.allCases, blocks)
    func scoreInOnnxRuntime(kind: Recipe.Kind, blocks: [Int]) throws {
        let (heads, embeddings, base) = try sample(kind, blocks: blocks)
        try compare(heads, embeddings, base, .onnx, script: OnnxOracle.script)
    }

    @Test("give the same scores in NumPy, from what safetensors reads", arguments: Recipe.Kind.allCases, blocks)
    func scoreInNumPy(kind: Recipe.Kind, blocks: [Int]) throws {
        let (heads, embeddings, base) = try sample(kind, blocks: blocks)
        try compare(heads, embeddings, base, .safetensors, script: SafetensorsOracle.script)
    }

    @Test(
        "give the same scores of real embeddings", .enabled(if: RealRows.areThere, RealRows.hint),
        arguments: Recipe.Kind.allCases)
    func scoreRealEmbeddings(kind: Recipe.Kind) throws {
        let rows = try #require(RealRows.rows)
        let (even, odd) = ((0..<rows.count).filter { $0 % 2 == 0 }, (0..<rows.count).filter { $0 % 2 == 1 })
        let head = try Recipe(kind).fit(rows.selecting(even), threshold: half, seed: Seed(7)).head
        let test = rows.selecting(odd)
        for (format, script) in [(HeadExport.Format.onnx, OnnxOracle.script), (.safetensors, SafetensorsOracle.script)]
        {
            try compare([head], test.embeddings, [test.baseScores], format, script: script)
        }
    }

    @Test("compare with training images in both ways")
    func coversBothFeatureMaps() throws {
        let means = try [Recipe.Kind.kernel, .cache].map { kind in
            try sample(kind, blocks: [20]).heads[0].supports?.map.mean != nil
        }
        #expect(means == [true, false])
    }

    @Test("come back from safetensors bit for bit, training images shared by labels once", arguments: blocks)
    func keepBits(blocks: [Int]) throws {
        struct Answer: Decodable {
            let arrays: [String: [UInt32]], shapes: [String: [Int]], header: Int, size: Int, metadata: [String: String]
        }
        let (heads, _, _) = try sample(.kernel, blocks: blocks)
        let export = try self.export(heads)
        let read = try Oracle.run(
            SafetensorsOracle.reading, input: export.data(.safetensors), as: Answer.self)
        var expected: [String: [Float]] = [:]
        for (name, head) in zip(["Alcohol", "Violence/Weapons"], heads) {
            for array in head.arrays { expected["\(name)/\(array.name)"] = array.values.storage }
        }
        let supports = try #require(heads[0].supports)
        expected["training_features/0"] = supports.features.storage
        #expect(read.arrays == expected.mapValues { $0.map(\.bitPattern) })
        #expect(read.shapes["training_features/0"] == [supports.count, 20])
        #expect(read.shapes["Alcohol/gamma"] == [1])
        #expect(read.header % 8 == 0)
        #expect(read.metadata["training_features"] == #"["training_features/0","training_features/0"]"#)
        #expect(read.metadata["labels"] == #"["Alcohol","Violence/Weapons"]"#)
        #expect(read.metadata["threshold"] == "60.0")
        #expect(read.metadata["embedding"] == "rich")
        #expect(read.metadata["base_model_digest"] == Self.digest.description)
    }

    @Test("leave base scores as they are, bit for bit")
    func keepTheBase() throws {
        let base: [Float] = [-0.0, .leastNonzeroMagnitude, 12.25]
        let answer = try Oracle.run(
            OnnxOracle.script,
            input: ScoringInput(
                file: try export([.base, .base]).data(.onnx), embeddings: Matrix(rows: 3, columns: 20),
                base: [base, base]),
            as: ScoringAnswer.self)
        #expect(answer.bits == [base, base].map { $0.map(\.bitPattern) })
        #expect(answer.metadata["forms"] == #"["base","base"]"#)
    }

    @Test("are the same bytes each time", arguments: HeadExport.Format.allCases)
    func areDeterministic(format: HeadExport.Format) throws {
        let (heads, _, _) = try sample(.kernel, blocks: [7, 12, 1])
        #expect(try export(heads).data(format) == export(heads).data(format))
    }

    @Test("are refused where they take several embeddings")
    func refuseOtherDimensions() {
        let heads = [[1, 2], [1, 2, 3]].map { Head.linear(LinearHead(baseScale: 1, weights: $0, intercept: 0)) }
        #expect(throws: AdapterError.self) { try export(heads) }
    }

    // MARK: Comparison

    private func export(_ heads: [Head]) throws -> HeadExport {
        let labels = [label, Label(path: ["Violence", "Weapons"])]
        return try HeadExport(Array(zip(labels, heads)).map { (label: $0, head: $1) }, origin: Self.origin)
    }

    private func compare(
        _ heads: [Head], _ embeddings: Matrix, _ base: [[Float]], _ format: HeadExport.Format, script: String
    ) throws {
        let file = try export(heads).data(format)
        let answer = try Oracle.run(
            script, input: ScoringInput(file: file, embeddings: embeddings, base: base), as: ScoringAnswer.self)
        for (index, head) in heads.enumerated() {
            let scores = head.scores(embeddings: embeddings, baseScores: base[index])
            for (row, score) in scores.enumerated() {
                // What was asked for; both compute in double precision and round to single at the end.
                #expect(abs(answer.scores[index][row] - Double(score)) < 1e-5)
                // A logit moves a confidence by 25 percent at most; half a unit in the last place of 100 is 4e-6.
                let confidence = Threshold.confidence(of: score)
                #expect(abs(answer.confidences[index][row] - confidence) < 25 * 1e-5 + 4e-6)
            }
        }
    }
}

private struct ScoringInput: Encodable {
    let file: Data
    /// In `Double`, whose decimals are read back without rounding.
    let embeddings: [[Double]]
    /// The bits of base scores: JSON has no zero below 0.
    let base: [[UInt32]]

    init(file: Data, embeddings: Matrix, base: [[Float]]) {
        self.file = file
        self.embeddings = (0..<embeddings.rows).map { embeddings.row($0).map(Double.init) }
        self.base = base.map { $0.map(\.bitPattern) }
    }
}

/// By label, then by image.
private struct ScoringAnswer: Decodable {
    let scores: [[Double]]
    /// The bits of scores in single precision, from ONNX alone.
    let bits: [[UInt32]]?
    let confidences: [[Double]]
    let metadata: [String: String]
}

private enum OnnxOracle {
    static let script = """
        import base64, numpy as np, onnx, onnxruntime
        data = base64.b64decode(input["file"])
        model = onnx.load_from_string(data)
        onnx.checker.check_model(model, full_check=True)
        assert model.ir_version <= 6 and model.opset_import[0].version <= 11
        session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        e = np.array(input["embeddings"], dtype=np.float32)
        z = np.array(input["base"], dtype=np.uint32).view(np.float32).T
        shapes = [i.shape[1] for i in session.get_inputs()]
        assert shapes in ([e.shape[1], z.shape[1]], ["dimensions", z.shape[1]]), shapes
        scores, confidences = session.run(["scores", "confidences"], {"embedding": e, "base_scores": z})
        assert scores.dtype == confidences.dtype == np.float32 and scores.shape == confidences.shape == z.shape
        # Any number of images, and one of them at a time, gives the same.
        alone = session.run(["scores"], {"embedding": e[2:3], "base_scores": z[2:3]})[0]
        assert np.abs(alone - scores[2:3]).max() < 1e-6
        answer(dict(
            scores=scores.T.astype(float).tolist(), bits=np.ascontiguousarray(scores.T).view(np.uint32).tolist(),
            confidences=confidences.T.astype(float).tolist(),
            metadata=session.get_modelmeta().custom_metadata_map))
        """
}

private enum SafetensorsOracle {
    private static let opening = """
        import base64, numpy as np, os, tempfile
        from safetensors import safe_open
        from safetensors.numpy import load
        data = base64.b64decode(input["file"] if isinstance(input, dict) else input)
        tensors = load(data)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "heads.safetensors")
            open(path, "wb").write(data)
            with safe_open(path, framework="numpy") as file: metadata = file.metadata()

        """

    static let reading =
        opening + """
            answer(dict(
                arrays={name: tensor.reshape(-1).view(np.uint32).tolist() for name, tensor in tensors.items()},
                shapes={name: list(tensor.shape) for name, tensor in tensors.items()},
                header=int.from_bytes(data[:8], "little"), size=len(data), metadata=metadata))
            """

    /// The formulas of the metadata, written down again.
    static let script =
        opening + """
            e = np.array(input["embeddings"])
            def divided(values, blocks):
                return np.split(values, np.cumsum(blocks)[:-1].astype(int), axis=-1)
            def unit(values):
                length = np.linalg.norm(values, axis=1, keepdims=True)
                return np.divide(values, length, out=np.zeros_like(values), where=length > 0)
            def features(blocks, mean):
                parts = []
                for block, middle in zip(divided(e, blocks), divided(mean, blocks) if mean is not None else blocks):
                    v = unit(block)
                    if mean is not None:
                        positive = np.maximum(block, 0)
                        total = positive.sum(axis=1, keepdims=True)
                        v = np.where(total > 0, np.sqrt(positive / np.where(total > 0, total, 1)) - middle, 0)
                    length = np.linalg.norm(v, axis=1, keepdims=True) * np.sqrt(len(blocks))
                    parts.append(np.where(length > 1e-6, v / np.where(length > 1e-6, length, 1), 0))
                return np.hstack(parts).astype(np.float32).astype(float)
            scores = []
            names = json.loads(metadata["training_features"])
            for label, form, images, z in zip(
                    json.loads(metadata["labels"]), json.loads(metadata["forms"]), names,
                    np.array(input["base"], dtype=np.uint32).view(np.float32).astype(float)):
                part = lambda name: tensors[f"{label}/{name}"].astype(float)
                if form == "base":
                    scores.append(z.tolist())
                    continue
                blocks = part("blocks") if f"{label}/blocks" in tensors else [e.shape[1]]
                if form == "linear":
                    x = np.hstack([10 / np.sqrt(len(blocks)) * unit(block) for block in divided(e, blocks)])
                    moved = x @ part("weights")
                else:
                    mean = part("mean") if f"{label}/mean" in tensors else None
                    cosines = features(blocks, mean) @ tensors[images].astype(float).T
                    moved = np.exp(part("gamma") * (2 * cosines - 2)) @ part("coefficients")
                scores.append((part("base_scale") * z + moved + part("intercept")).tolist())
            answer(dict(
                scores=scores, confidences=[(100 / (1 + np.exp(-np.array(s)))).tolist() for s in scores],
                metadata=metadata))
            """
}
