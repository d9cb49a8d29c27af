public import Moderation

/// How base and adapter agree on the same images, for one kind of error: the four cells of McNemar's table.
///
/// False negatives are counted among images in which the label is present, false positives among those in which it is
/// absent; images of unknown truth count in neither.
public struct PairedCounts: Sendable, Equatable, Codable {
    /// Base and adapter are both wrong.
    public let bothWrong: Int
    /// The base is wrong, the adapter right.
    public let fixed: Int
    /// The base is right, the adapter wrong.
    public let broken: Int
    /// Both are right.
    public let bothRight: Int

    /// The table of the four cells.
    public init(bothWrong: Int, fixed: Int, broken: Int, bothRight: Int) {
        self.bothWrong = bothWrong
        self.fixed = fixed
        self.broken = broken
        self.bothRight = bothRight
    }

    /// Counts `kind` over images; all arrays have one element per image, scores are logits.
    public init(
        of kind: ErrorKind, truth: [Truth], baseScores: [Float], adapterScores: [Float], threshold: Threshold
    ) {
        precondition(
            baseScores.count == truth.count && adapterScores.count == truth.count,
            "\(truth.count) truths, but \(baseScores.count) base and \(adapterScores.count) adapter scores")
        self.init(
            truth.indices.lazy.compactMap { image in
                guard
                    let base = kind.isError(score: baseScores[image], truth: truth[image], threshold: threshold),
                    let adapter = kind.isError(score: adapterScores[image], truth: truth[image], threshold: threshold)
                else { return nil }
                return PairedOutcome(baseIsWrong: base, adapterIsWrong: adapter)
            })
    }

    /// Counts `outcomes`.
    init(_ outcomes: some Sequence<PairedOutcome>) {
        var (bothWrong, fixed, broken, bothRight) = (0, 0, 0, 0)
        for outcome in outcomes {
            switch outcome {
            case .bothWrong: bothWrong += 1
            case .fixed: fixed += 1
            case .broken: broken += 1
            case .bothRight: bothRight += 1
            }
        }
        self.init(bothWrong: bothWrong, fixed: fixed, broken: broken, bothRight: bothRight)
    }

    /// The table of all images that `tables` count.
    init(adding tables: [PairedCounts]) {
        let sum = { (cell: (PairedCounts) -> Int) in tables.reduce(0) { $0 + cell($1) } }
        self.init(
            bothWrong: sum { $0.bothWrong }, fixed: sum { $0.fixed }, broken: sum { $0.broken },
            bothRight: sum { $0.bothRight })
    }

    /// Number of images that could show this kind of error.
    public var images: Int { bothWrong + fixed + broken + bothRight }

    /// Number of images the base model is wrong about.
    public var baseErrors: Int { bothWrong + fixed }

    /// Number of images the adapter is wrong about.
    public var adapterErrors: Int { bothWrong + broken }

    /// Error rate of the adapter less that of the base; `nil` where there is no image.
    public var rateDifference: Double? {
        images > 0 ? Double(adapterErrors - baseErrors) / Double(images) : nil
    }

    /// (base errors - adapter errors) / base errors; `nil` where the base made no error.
    public var improvement: Double? {
        baseErrors > 0 ? Double(baseErrors - adapterErrors) / Double(baseErrors) : nil
    }
}
