public import LinearAlgebra

/// The images of one part of a split whose truth is known for one label: what an adapter is fitted to, or tested on.
///
/// `Rows<Training>` and `Rows<Test>` are different types, so that selecting on test rows does not compile.
public struct Rows<P: Part>: Sendable {
    /// The label the truth and the base scores are of.
    public let label: Label
    /// Embeddings of the frozen network, `[images x dimensions]`.
    public let embeddings: Matrix
    /// Base scores as logits (confidence = 100 x sigmoid), one per image.
    public let baseScores: [Float]
    /// Whether the label is present, one per image.
    public let truth: [Bool]
    /// The group of each image, as a number: images of one group are never on both sides of a fold.
    public let groups: [Int]

    /// The rows of `label`; all arrays have one element per row of `embeddings`.
    public init(label: Label, embeddings: Matrix, baseScores: [Float], truth: [Bool], groups: [Int]) {
        for count in [baseScores.count, truth.count, groups.count] {
            precondition(count == embeddings.rows, "\(embeddings.rows) embeddings, but \(count) values beside them")
        }
        self.label = label
        self.embeddings = embeddings
        self.baseScores = baseScores
        self.truth = truth
        self.groups = groups
    }

    /// Number of images.
    public var count: Int { truth.count }

    /// Number of images in which the label is present.
    public var positives: Int { truth.count { $0 } }

    /// Number of images in which the label is absent.
    public var negatives: Int { count - positives }
}

extension Rows where P == Training {
    /// The training rows at `indices`, in that order: a fold of them.
    public func selecting(_ indices: [Int]) -> Rows<Training> {
        Rows(
            label: label,
            embeddings: embeddings.selecting(rows: indices),
            baseScores: indices.map { baseScores[$0] },
            truth: indices.map { truth[$0] },
            groups: indices.map { groups[$0] }
        )
    }
}
