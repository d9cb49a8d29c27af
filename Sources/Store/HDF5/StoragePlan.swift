/// How an array lies in the file.
struct StoragePlan {
    /// Dimensions of a chunk; nil for one contiguous block, which has no checksum of its own.
    let chunk: [Int]?
    let shuffles: Bool
    let deflates: Bool

    /// Below, an array is one block: chunks and filters cost more time than all the rest of a small file. The seal covers it.
    private static let smallestChunked = 1 << 16

    /// From 64 KiB on an array is chunked, in chunks of 1 MiB at most, each with a checksum.
    ///
    /// Text and vectors are deflated. Matrices are not: digests do not shrink, and a segment of embeddings shrinks by
    /// 14 % in 5 times the time.
    init(for array: StoredArray) {
        let isChunked = !array.shape.isEmpty && array.bytes.count >= StoragePlan.smallestChunked
        chunk = isChunked ? StoragePlan.chunk(of: array) : nil
        deflates = isChunked && array.shape.count == 1
        shuffles = deflates && array.type == .float32
    }

    private static func chunk(of array: StoredArray) -> [Int] {
        let rows = array.shape[0]
        let rowBytes = max(1, array.bytes.count / rows)
        return [min(rows, max(1, (1 << 20) / rowBytes))] + array.shape.dropFirst()
    }
}
