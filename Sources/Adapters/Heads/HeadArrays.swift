public import LinearAlgebra

/// An array of a fitted head under the name that files use.
public struct HeadArray: Sendable, Equatable {
    public let name: String
    public let values: Matrix

    public init(name: String, values: Matrix) {
        self.name = name
        self.values = values
    }

    fileprivate init(_ name: String, _ row: [Float]) {
        self.init(name: name, values: Matrix([row]))
    }
}

extension Head {
    /// The head as named arrays of one row: none for the base; `weights`, `base_scale` and `intercept` for a linear one;
    /// `coefficients`, `base_scale`, `gamma`, `intercept`, `training_rows` and, where roots are compared, their `mean` for a
    /// kernel. `blocks` is there where embeddings have several.
    ///
    /// The training images of a kernel are not: a trial's record names them, and the embedding cache has them.
    /// `training_rows` says which of the label's training images of known truth the coefficients belong to, from 0: a
    /// guarantee holds some of them out.
    public var arrays: [HeadArray] {
        switch self {
        case .base: []
        case .linear(let head):
            [
                HeadArray("weights", head.weights), HeadArray("base_scale", [head.baseScale]),
                HeadArray("intercept", [head.intercept]),
            ] + Head.array(ofBlocks: head.blocks)
        case .kernel(let head):
            [
                HeadArray("coefficients", head.coefficients), HeadArray("base_scale", [head.baseScale]),
                HeadArray("gamma", [head.gamma]), HeadArray("intercept", [head.intercept]),
                HeadArray("training_rows", head.supports.rows.map { Float($0) }),
            ] + [head.supports.map.mean].compactMap { $0 }.map { HeadArray("mean", $0) }
                + Head.array(ofBlocks: head.supports.map.blocks)
        }
    }

    private static func array(ofBlocks blocks: [Int]) -> [HeadArray] {
        blocks.count > 1 ? [HeadArray("blocks", blocks.map { Float($0) })] : []
    }

    /// Whether a head of these arrays compares images with the training images, which reading it then needs.
    public static func needsTrainingImages(_ arrays: [HeadArray]) -> Bool {
        arrays.contains { $0.name == "coefficients" }
    }

    /// The head that `arrays` was written from, equal bit for bit; throws `.unreadableHead`.
    ///
    /// - Parameter trainingEmbeddings: the embeddings of the training images whose truth is known, in the order of the
    ///   record, for a head that needs them.
    public init(arrays: [HeadArray], trainingEmbeddings: Matrix? = nil) throws(AdapterError) {
        let reader = HeadReader(arrays: arrays)
        if arrays.isEmpty {
            self = .base
        } else if Head.needsTrainingImages(arrays) {
            self = .kernel(try reader.kernel(trainingEmbeddings))
        } else {
            self = .linear(try reader.linear())
        }
    }
}

/// Reads heads out of named arrays.
private struct HeadReader {
    let arrays: [HeadArray]

    func linear() throws(AdapterError) -> LinearHead {
        try expect(["weights", "base_scale", "intercept"], optional: ["blocks"])
        let weights = try row("weights")
        return LinearHead(
            baseScale: try number("base_scale"), weights: weights, intercept: try number("intercept"),
            blocks: try blocks(of: weights.count))
    }

    func kernel(_ embeddings: Matrix?) throws(AdapterError) -> KernelHead {
        try expect(
            ["coefficients", "base_scale", "gamma", "intercept", "training_rows"], optional: ["blocks", "mean"])
        let coefficients = try row("coefficients")
        let rows = try row("training_rows").map { Int(exactly: $0) ?? -1 }
        let count = embeddings?.rows ?? 0
        guard let embeddings, rows.count == coefficients.count, rows.allSatisfy((0..<count).contains) else {
            throw .unreadableHead(
                reason: "\(rows.count) `training_rows` of \(count) images for \(coefficients.count) coefficients")
        }
        let mean = arrays.contains { $0.name == "mean" } ? try row("mean") : nil
        if let mean, mean.count != embeddings.columns {
            throw .unreadableHead(reason: "`mean` has \(mean.count) elements, embeddings \(embeddings.columns)")
        }
        let map = FeatureMap(blocks: try blocks(of: embeddings.columns), mean: mean)
        return KernelHead(
            baseScale: try number("base_scale"), coefficients: coefficients, gamma: try number("gamma"),
            intercept: try number("intercept"),
            supports: Supports(embeddings.selecting(rows: rows), rows: rows, map: map))
    }

    private func expect(_ required: [String], optional: [String]) throws(AdapterError) {
        let names = arrays.map(\.name)
        let known = Set(required + optional)
        guard Set(names).count == names.count, Set(names).isSuperset(of: required), known.isSuperset(of: names) else {
            throw .unreadableHead(reason: "expected \(required.joined(separator: ", ")), found \(names)")
        }
    }

    private func blocks(of dimensions: Int) throws(AdapterError) -> [Int] {
        guard arrays.contains(where: { $0.name == "blocks" }) else { return [dimensions] }
        let blocks = try row("blocks").map { Int(exactly: $0) ?? 0 }
        guard blocks.allSatisfy({ $0 > 0 }), blocks.reduce(0, +) == dimensions else {
            throw .unreadableHead(reason: "`blocks` are \(blocks) of \(dimensions) dimensions")
        }
        return blocks
    }

    private func row(_ name: String) throws(AdapterError) -> [Float] {
        let values = arrays.first { $0.name == name }?.values
        guard let values, values.rows == 1 else {
            throw .unreadableHead(reason: "`\(name)` has \(values?.rows ?? 0) rows, not 1")
        }
        return values.storage
    }

    private func number(_ name: String) throws(AdapterError) -> Float {
        let values = try row(name)
        guard values.count == 1 else { throw .unreadableHead(reason: "`\(name)` has \(values.count) elements, not 1") }
        return values[0]
    }
}
