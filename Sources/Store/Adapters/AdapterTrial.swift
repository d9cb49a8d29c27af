public import Evaluation
public import Foundation
public import LinearAlgebra
public import Moderation

/// A finished trial in a file of its own, with all that its heads need: it outlives the store it came from.
///
/// Besides the record it holds the embeddings of the training images that heads compare an image with.
public struct AdapterTrial: Sendable, Equatable {
    /// The trial.
    public let record: TrialRecord
    /// The training images that heads compare with, by the digests of their bytes, each once; none for other heads.
    public let supports: [Digest]
    /// Their embeddings, `[supports x dimensions]`.
    public let embeddings: Matrix

    /// - Parameters:
    ///   - supports: the images of the rows of `embeddings`.
    public init(record: TrialRecord, supports: [Digest] = [], embeddings: Matrix = Matrix(rows: 0, columns: 0)) {
        precondition(supports.count == embeddings.rows, "\(supports.count) images, but \(embeddings.rows) embeddings")
        self.record = record
        self.supports = supports
        self.embeddings = embeddings
    }

    /// Reads `file`, every byte of it checked.
    public init(reading file: URL) throws(StoreError) {
        let sealed = try SealedFile(opening: file.path, as: .adapter)
        self = try AdapterTrialContent.decode(ContentReader(content: try sealed.content(), path: file.path))
    }

    /// The bytes of a file that holds this; equal for equal trials. `path` is where it is to stand, for errors.
    public func bytes(path: String) throws(StoreError) -> Data {
        Data(try AdapterTrialContent.encode(self, path: path).sealed(as: .adapter, path: path))
    }

    /// Whether this and `other` agree in every bit: a NaN is the same as itself.
    public func isSame(as other: AdapterTrial) -> Bool {
        guard let own = try? AdapterTrialContent.encode(self, path: ""),
            let others = try? AdapterTrialContent.encode(other, path: "")
        else { return false }
        return own.digest == others.digest
    }
}
