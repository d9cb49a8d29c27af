public import LinearAlgebra

/// The images of one part of a split whose truth is known for one label: what an adapter is fitted to, or tested on.
///
/// `Rows<Training>` and `Rows<Test>` are different types, so that selecting on test rows does not compile.
public struct Rows<P: Part>: Sendable {
    /// The label the truth and the base scores are of.
    public let label: Label
    /// The images, which rows of other labels may share.
    public let images: EmbeddingSet<P>
    /// Base scores as logits (confidence = 100 x sigmoid), one per image.
    public let baseScores: [Float]
    /// Whether the label is present, one per image.
    public let truth: [Bool]

    /// The rows of `label`; both arrays have one element per image.
    public init(label: Label, images: EmbeddingSet<P>, baseScores: [Float], truth: [Bool]) {
        for count in [baseScores.count, truth.count] {
            precondition(
                count == images.count,
                "\(images.count) embeddings, but \(count) values beside them")
        }
        self.label = label
        self.images = images
        self.baseScores = baseScores
        self.truth = truth
    }

    /// Embeddings of the frozen network, `[images x dimensions]`, of rows that are in memory.
    public var embeddings: Matrix { images.embeddings }

    /// The group of each image, as a number: images of one group are never on both sides of a fold.
    public var groups: [Int] { images.groups }

    /// Dimensions of each encoder whose outputs stand one after the other in an embedding.
    public var blocks: [Int] { images.blocks }

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
            images: images.selecting(indices),
            baseScores: indices.map { baseScores[$0] },
            truth: indices.map { truth[$0] }
        )
    }
}
