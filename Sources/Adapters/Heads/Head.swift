public import LinearAlgebra
public import Moderation

/// What was fitted: turns an embedding and a base score into the adapter's score of one label.
public enum Head: Sendable, Equatable {
    /// The base itself: scores are the base scores, bit for bit.
    case base
    /// A linear function of the embedding's direction and the base score.
    case linear(LinearHead)

    /// Scores as logits, one per row of `embeddings`, `[images x dimensions]`; each is a function of its row alone.
    public func scores(embeddings: Matrix, baseScores: [Float]) -> [Float] {
        precondition(
            embeddings.rows == baseScores.count, "\(embeddings.rows) embeddings for \(baseScores.count) base scores")
        return switch self {
        case .base: baseScores
        case .linear(let head): head.scores(embeddings: embeddings, baseScores: baseScores)
        }
    }

    /// Scores as logits, one per row.
    public func scores<P>(_ rows: Rows<P>) -> [Float] {
        scores(embeddings: rows.embeddings, baseScores: rows.baseScores)
    }

    /// The head with every score moved by `shift` logits; the base stays what it is.
    func shifted(by shift: Float) -> Head {
        switch self {
        case .base: .base
        case .linear(let head):
            .linear(
                LinearHead(
                    baseScale: head.baseScale, weights: head.weights,
                    intercept: Adapters.shifted(head.intercept, by: shift)))
        }
    }
}

/// An array of a fitted head under the name that files use.
public struct HeadArray: Sendable, Equatable {
    public let name: String
    public let values: Matrix

    public init(name: String, values: Matrix) {
        self.name = name
        self.values = values
    }
}

extension Head {
    /// The head as named arrays: none for the base; `weights` `[1 x dimensions]`, `base_scale` and `intercept` `[1 x 1]`
    /// for a linear one.
    public var arrays: [HeadArray] {
        switch self {
        case .base: []
        case .linear(let head):
            [
                HeadArray(name: "weights", values: Matrix([head.weights])),
                HeadArray(name: "base_scale", values: Matrix([[head.baseScale]])),
                HeadArray(name: "intercept", values: Matrix([[head.intercept]])),
            ]
        }
    }

    /// The head that `arrays` was written from, equal bit for bit; throws `.unreadableHead`.
    public init(arrays: [HeadArray]) throws(AdapterError) {
        guard !arrays.isEmpty else {
            self = .base
            return
        }
        let names = arrays.map(\.name)
        guard names.sorted() == ["base_scale", "intercept", "weights"] else {
            throw .unreadableHead(reason: "expected weights, base_scale and intercept, found \(names)")
        }
        self = .linear(
            LinearHead(
                baseScale: try Head.number("base_scale", of: arrays), weights: try Head.row("weights", of: arrays),
                intercept: try Head.number("intercept", of: arrays)))
    }

    private static func row(_ name: String, of arrays: [HeadArray]) throws(AdapterError) -> [Float] {
        let values = arrays.first { $0.name == name }?.values
        guard let values, values.rows == 1 else {
            throw .unreadableHead(reason: "`\(name)` has \(values?.rows ?? 0) rows, not 1")
        }
        return values.storage
    }

    private static func number(_ name: String, of arrays: [HeadArray]) throws(AdapterError) -> Float {
        let values = try row(name, of: arrays)
        guard values.count == 1 else { throw .unreadableHead(reason: "`\(name)` has \(values.count) elements, not 1") }
        return values[0]
    }
}
