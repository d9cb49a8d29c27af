public import LinearAlgebra

/// Passes over the embeddings of a set, some thousand rows at a time, so that they need not fit in memory.
///
/// Blocks follow each other in lanes, which threads may walk side by side. How rows fall into blocks and lanes depends on
/// their number alone: results have the same bits for any number of threads, from memory and from a file.
extension EmbeddingSet {
    /// Rows of a block, which take some tens of megabytes while they are worked on.
    private static var rowsPerBlock: Int { 2048 }
    /// Lanes at most: each has sums of its own.
    private static var mostLanes: Int { 8 }

    /// What `add` makes of all rows, given their numbers and embeddings, `[rows x dimensions]`, block by block: one
    /// `Partial` per lane, lanes in the order of rows, each begun as `start`.
    public func pass<Partial: Sendable>(
        from start: Partial, _ add: @Sendable (inout Partial, Range<Int>, Matrix) -> Void
    ) throws(EmbeddingsUnreadable) -> [Partial] {
        let blocks = stride(from: 0, to: count, by: Self.rowsPerBlock).map { first in
            first..<min(first + Self.rowsPerBlock, count)
        }
        return try pass(over: blocks, from: start, rows: { Array($0) }, add)
    }

    /// The same group by group: the rows of whole `groups` are in one block, one group after the other.
    public func pass<Partial: Sendable>(
        over groups: [[Int]], from start: Partial, _ add: @Sendable (inout Partial, ArraySlice<[Int]>, Matrix) -> Void
    ) throws(EmbeddingsUnreadable) -> [Partial] {
        try pass(over: Self.blocks(of: groups), from: start, rows: { groups[$0].flatMap { $0 } }) {
            add(&$0, groups[$1], $2)
        }
    }

    /// `groups` in runs of so many that their rows fill a block; a larger group has one of its own.
    private static func blocks(of groups: [[Int]]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var (first, rows) = (0, 0)
        for (index, group) in groups.enumerated() {
            if index > first && rows + group.count > rowsPerBlock {
                blocks.append(first..<index)
                (first, rows) = (index, 0)
            }
            rows += group.count
        }
        return first < groups.count ? blocks + [first..<groups.count] : blocks
    }

    private func pass<Partial: Sendable>(
        over blocks: [Range<Int>], from start: Partial, rows: @Sendable (Range<Int>) -> [Int],
        _ add: @Sendable (inout Partial, Range<Int>, Matrix) -> Void
    ) throws(EmbeddingsUnreadable) -> [Partial] {
        let lanes = min(Self.mostLanes, blocks.count)
        let results = Workers.map(lanes, jobs: source.threads) { lane in
            Result { () throws(EmbeddingsUnreadable) in
                var partial = start
                for block in blocks[lane * blocks.count / lanes..<(lane + 1) * blocks.count / lanes] {
                    add(&partial, block, try source.matrix(at: rows(block)))
                }
                return partial
            }
        }
        var partials: [Partial] = []
        for result in results { partials.append(try result.get()) }
        return partials
    }
}
