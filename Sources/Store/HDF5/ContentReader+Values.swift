internal import LinearAlgebra
internal import Moderation

extension ContentReader {
    /// The digests at `key`, `[n x 32]`.
    func digests(_ key: String) throws(StoreError) -> [Digest] {
        let array = try array(key, .uint8, rank: 2)
        try expect(array.shape[1] == 32, "\(key) has \(array.shape[1]) columns, not 32")
        return (0..<array.shape[0]).compactMap { Digest(bytes: array.bytes[$0 * 32..<($0 + 1) * 32]) }
    }

    /// The digest that the text at `key` spells.
    func digest(_ key: String) throws(StoreError) -> Digest {
        guard let digest = Digest(hexadecimal: try text(key)) else {
            throw .damaged(path: path, reason: "\(key) is no digest")
        }
        return digest
    }

    /// The matrix at `key`.
    func matrix(_ key: String) throws(StoreError) -> Matrix {
        let array = try array(key, .float32, rank: 2)
        return Matrix(rows: array.shape[0], columns: array.shape[1], storage: array.elements(as: Float.self))
    }
}
