internal import BaseModel
internal import LinearAlgebra
internal import Moderation
internal import Store
internal import Synchronization

/// Encodings on their way into the cache: they come in any order, from any thread, and go on in batches of their own order.
///
/// Whoever brings the last of a batch hands it on while other threads go on encoding. Which images share a batch depends on
/// their order alone.
final class EncodedBatches: Sendable {
    /// So many images go into the cache at a time: with what is under way, what a killed run loses at the most.
    private static let size = 256

    private let digests: [Digest]
    private let keep: @Sendable (CachedEmbeddings) throws -> Void
    private let batches: Mutex<[Batch]>

    private struct Batch {
        /// Of each image; `nil` before it came.
        var results: [Result<Encoding, BadCopies>?]
        var missing: Int
        var good: CachedEmbeddings?
        var bad: [BadImage] = []
    }

    /// Batches for the images of `digests`; `keep` gets the good encodings of each.
    init(of digests: [Digest], keep: @escaping @Sendable (CachedEmbeddings) throws -> Void) {
        self.digests = digests
        self.keep = keep
        let counts = stride(from: 0, to: digests.count, by: Self.size).map { min(Self.size, digests.count - $0) }
        batches = Mutex(counts.map { Batch(results: Array(repeating: nil, count: $0), missing: $0) })
    }

    /// Takes the encoding of the image at `index`, and hands on the batch that this completes.
    func add(_ result: Result<Encoding, BadCopies>, at index: Int) throws {
        let (number, place) = index.quotientAndRemainder(dividingBy: Self.size)
        let isComplete = batches.withLock { batches in
            batches[number].results[place] = result
            batches[number].missing -= 1
            return batches[number].missing == 0
        }
        if isComplete { try handOn(number) }
    }

    /// Hands on what there is of batches that were not completed; then all good encodings, in order, and the bad images.
    func finish() throws -> (good: [CachedEmbeddings], bad: [BadImage]) {
        for number in batches.withLock({ $0.indices }) where batches.withLock({ $0[number].missing > 0 }) {
            try handOn(number)
        }
        return batches.withLock { ($0.compactMap(\.good), $0.flatMap(\.bad)) }
    }

    private func handOn(_ number: Int) throws {
        let results = batches.withLock { batches in
            defer { batches[number].results = [] }
            return batches[number].results
        }
        let (good, bad) = sort(results, from: number * Self.size)
        if let good { try keep(good) }
        batches.withLock { ($0[number].good, $0[number].bad) = (good, bad) }
    }

    /// The good of `results`, unless there is none, and the bad ones; those that never came are neither.
    private func sort(
        _ results: [Result<Encoding, BadCopies>?], from start: Int
    ) -> (good: CachedEmbeddings?, bad: [BadImage]) {
        var images: [Digest] = []
        var encodings: [Encoding] = []
        var bad: [BadImage] = []
        for (digest, result) in zip(digests[start...], results) {
            switch result {
            case .success(let encoding):
                images.append(digest)
                encodings.append(encoding)
            case .failure(let copies): bad += copies.images
            case nil: break
            }
        }
        guard !images.isEmpty else { return (nil, bad) }
        let good = CachedEmbeddings(
            images: images, embeddings: Matrix(encodings.map(\.embedding)),
            baseScores: Matrix(encodings.map(\.scores)))
        return (good, bad)
    }
}

/// The same bytes under one name or several, none of which can be used.
struct BadCopies: Error {
    let images: [BadImage]
}
