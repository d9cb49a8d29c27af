internal import LinearAlgebra

/// What an embedding becomes before a head, in ONNX operators: `Features` and `FeatureMap` in double precision.
extension OnnxGraph {
    /// The input of embeddings, `[images x dimensions]`.
    static let embedding = "embedding"

    /// Below any length that an embedding of floats can have but 0, where it keeps 0/0 from being computed.
    private static let tiny = 1e-300

    /// The directions of the blocks of embeddings, each of length 1 or 0.
    mutating func directions(ofBlocks blocks: [Int]) -> String {
        once("directions of \(blocks)") { graph in
            graph.sideBySide(graph.blocks(blocks).map { graph.direction(of: $0) })
        }
    }

    /// What `map` makes of embeddings, rounded to single precision as the features of the training images are.
    mutating func features(_ map: FeatureMap, name: String) -> String {
        var start = 0
        let mean = map.mean.map { mean in
            let tensor = constant(OnnxTensor("\(name)/mean", shape: [1, mean.count], mean))
            return cast(tensor, to: .double)
        }
        let features = zip(blocks(map.blocks), map.blocks).map { block, size in
            defer { start += size }
            guard let mean else { return unit(direction(of: block), blocks: map.blocks.count) }
            let middle = columns(start..<start + size, of: mean)
            return unit(centredRoots(of: block, mean: middle), blocks: map.blocks.count)
        }
        return cast(cast(sideBySide(features), to: .float), to: .double)
    }

    /// The embeddings in double precision, block by block.
    private mutating func blocks(_ sizes: [Int]) -> [String] {
        let embedding = once("embedding") { $0.cast(Self.embedding, to: .double) }
        guard sizes.count > 1 else { return [embedding] }
        var start = 0
        return sizes.map { size in
            defer { start += size }
            let range = start..<start + size
            return once("block \(range)") { $0.columns(range, of: embedding) }
        }
    }

    /// e/‖e‖.
    private mutating func direction(of block: String) -> String {
        once("direction of \(block)") { graph in
            let length = graph.length(of: block)
            return graph.node("Div", block, graph.node("Max", length, graph.constant(Self.tiny)))
        }
    }

    /// √max(e, 0)/‖√max(e, 0)‖ - m; zero where no element of e is above 0.
    private mutating func centredRoots(of block: String, mean: String) -> String {
        let positive = node("Max", block, constant(0.0))
        let total = rowSums(positive)
        let shares = node("Div", positive, node("Max", total, constant(Self.tiny)))
        return node("Mul", node("Sub", node("Sqrt", shares), mean), isAbove(0, total))
    }

    /// x/‖x‖/√B; zero where ‖x‖·√B is negligible.
    private mutating func unit(_ block: String, blocks: Int) -> String {
        let length = node("Mul", length(of: block), constant(Double(blocks).squareRoot()))
        let divisor = node("Max", length, constant(FeatureMap.negligible))
        return node("Mul", node("Div", block, divisor), isAbove(FeatureMap.negligible, length))
    }

    private mutating func length(of block: String) -> String {
        node("Sqrt", rowSums(node("Mul", block, block)))
    }

    /// 1 where `value` is above `limit`, 0 elsewhere.
    private mutating func isAbove(_ limit: Double, _ value: String) -> String {
        cast(node("Greater", value, constant(limit)), to: .double)
    }
}
