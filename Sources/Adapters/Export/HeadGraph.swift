internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Heads in ONNX operators, computed in double precision as here.
struct HeadGraph {
    private var graph = OnnxGraph()
    /// The training images that kernel heads compare with, each set once.
    private let trainingSets: [Supports]

    static let baseScores = "base_scores"

    init(trainingSets: [Supports]) { self.trainingSets = trainingSets }

    /// An ONNX file of `export`.
    static func model(of export: HeadExport) -> Data {
        var heads = HeadGraph(trainingSets: export.trainingSets)
        let scores = export.heads.enumerated().map { heads.scores(of: $1.head, label: $1.label, column: $0) }
        _ = heads.graph.sideBySide(scores, output: "scores")
        heads.addConfidences(of: "scores")
        let labels = export.heads.count
        return heads.graph.model(
            inputs: [
                .init(name: OnnxGraph.embedding, columns: export.dimensions),
                .init(name: baseScores, columns: labels),
            ],
            outputs: [.init(name: "scores", columns: labels), .init(name: "confidences", columns: labels)],
            name: "heads", documentation: HeadExport.graphDocumentation, metadata: export.metadata,
            producerVersion: export.origin.program)
    }

    /// The scores of one label, `[images x 1]`.
    private mutating func scores(of head: Head, label: Label, column: Int) -> String {
        let base = graph.columns(column..<column + 1, of: Self.baseScores)
        switch head {
        case .base: return base
        case .linear(let head):
            let moved = moved(by: head, name: "\(label)")
            return sum(base, scale: head.baseScale, moved, intercept: head.intercept)
        case .kernel(let head):
            let moved = moved(by: head, name: "\(label)")
            return sum(base, scale: head.baseScale, moved, intercept: head.intercept)
        }
    }

    /// x·weights.
    private mutating func moved(by head: LinearHead, name: String) -> String {
        let directions = graph.directions(ofBlocks: head.blocks)
        let product = graph.node("MatMul", directions, column(head.weights, name: "\(name)/weights"))
        let length = Features.length / Double(head.blocks.count).squareRoot()
        return graph.node("Mul", product, graph.constant(length))
    }

    /// Σⱼ coefficientⱼ · exp(γ · (2·cosⱼ - 2)).
    private mutating func moved(by head: KernelHead, name: String) -> String {
        let cosines = cosines(with: head.supports)
        let gamma = Double(head.gamma)
        let distances = graph.node("Sub", cosines, graph.constant(1.0))
        let kernel = graph.node("Exp", graph.node("Mul", distances, graph.constant(2 * gamma)))
        return graph.node("MatMul", kernel, column(head.coefficients, name: "\(name)/coefficients"))
    }

    /// The cosines of images with the training images of `supports`, `[images x training images]`.
    private mutating func cosines(with supports: Supports) -> String {
        let name = HeadExport.name(ofTrainingSet: trainingSets.firstIndex(of: supports) ?? 0)
        return graph.once(name) { graph in
            let features = graph.features(supports.map, name: name)
            let shape = [supports.features.rows, supports.features.columns]
            let training = graph.constant(OnnxTensor(name, shape: shape, supports.features.storage))
            let columns = graph.node("Transpose", graph.cast(training, to: .double))
            return graph.node("MatMul", features, columns)
        }
    }

    /// scale · base + moved + intercept, as logits in single precision.
    private mutating func sum(_ base: String, scale: Float, _ moved: String, intercept: Float) -> String {
        let base = graph.node("Mul", graph.cast(base, to: .double), graph.constant(Double(scale)))
        let sum = graph.node("Add", graph.node("Add", base, moved), graph.constant(Double(intercept)))
        return graph.cast(sum, to: .float)
    }

    /// 100/(1 + exp(-score)), percent.
    private mutating func addConfidences(of scores: String) {
        let odds = graph.node("Exp", graph.node("Neg", graph.cast(scores, to: .double)))
        let sum = graph.node("Add", odds, graph.constant(1.0))
        let percent = graph.node("Div", graph.constant(100.0), sum)
        _ = graph.node(
            "Cast", percent, attributes: [("to", .integer(OnnxTensor.ElementType.float.rawValue))],
            output: "confidences")
    }

    /// `values` as a column of doubles.
    private mutating func column(_ values: [Float], name: String) -> String {
        graph.cast(graph.constant(OnnxTensor(name, shape: [values.count, 1], values)), to: .double)
    }
}
