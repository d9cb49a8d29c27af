internal import Adapters
internal import LinearAlgebra
internal import Moderation
internal import Synchronization

/// The embedded images of one division of the images: all trials on it share them, whatever their adapter, and with them
/// what was computed from them. Thread-safe.
final class DivisionSets: Sendable {
    private let sources: [Source]
    private let units: [Int]
    private let kept: Mutex<[Key: any Sendable]> = Mutex([:])

    private struct Key: Hashable {
        let source: Int
        let part: ObjectIdentifier
        let rows: [Int]
    }

    /// Sets of the images of `sources`, whose `units` the division never tears apart.
    init(sources: [Source], units: [Int]) {
        self.sources = sources
        self.units = units
    }

    /// The set of the training images at `known`, embedded by the source at `source`.
    func training(_ known: Indices<Training>, source: Int) -> EmbeddingSet<Training> {
        set(of: known, source: source, background: sources[source].background)
    }

    /// The set of the test images at `known`, embedded by the source at `source`.
    func test(_ known: Indices<Test>, source: Int) -> EmbeddingSet<Test> {
        set(of: known, source: source, background: nil)
    }

    private func set<P: Part>(of known: Indices<P>, source: Int, background: Matrix?) -> EmbeddingSet<P> {
        let key = Key(source: source, part: ObjectIdentifier(P.self), rows: known.values)
        return kept.withLock { kept in
            if let set = kept[key] as? EmbeddingSet<P> { return set }
            let dataset = sources[source].dataset
            let set = EmbeddingSet<P>(
                embeddings: dataset.embeddings.selecting(rows: known.values), groups: known.values.map { units[$0] },
                blocks: dataset.blocks, background: background, origin: DatasetRows(of: dataset, at: known.values))
            kept[key] = set
            return set
        }
    }
}
