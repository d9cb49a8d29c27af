internal import Moderation

/// The thresholds that two models reach on one image: how many of a grid flag it.
struct ReachedThresholds {
    let base: Int
    let adapter: Int
}

/// The paired tables of some images at every threshold of a grid, each image looked at once.
///
/// A miss begins at the first threshold that an image does not reach and stays; a false alarm ends there. So the images
/// that one model, or both, are wrong about are running sums over the thresholds that images reach.
struct ThresholdCounts {
    /// One table per threshold.
    let tables: [PairedCounts]

    /// Counts `kind` over `images`, all of which could show it, at `thresholds` thresholds.
    init(_ kind: ErrorKind, _ images: [ReachedThresholds], thresholds: Int) {
        let isMiss = kind == .falseNegatives
        let wrong = { (reached: (ReachedThresholds) -> Int) -> [Int] in
            let below = ThresholdCounts.notReached(images.map(reached), thresholds: thresholds)
            return isMiss ? below : below.map { images.count - $0 }
        }
        let base = wrong(\.base)
        let adapter = wrong(\.adapter)
        let both = wrong { isMiss ? max($0.base, $0.adapter) : min($0.base, $0.adapter) }
        tables = (0..<thresholds).map { threshold in
            PairedCounts(
                bothWrong: both[threshold], fixed: base[threshold] - both[threshold],
                broken: adapter[threshold] - both[threshold],
                bothRight: images.count - base[threshold] - adapter[threshold] + both[threshold])
        }
    }

    /// Of each threshold how many images do not reach it, `reached` being how many thresholds each image reaches.
    private static func notReached(_ reached: [Int], thresholds: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: thresholds + 1)
        for reached in reached { counts[reached] += 1 }
        for threshold in 1..<counts.count { counts[threshold] += counts[threshold - 1] }
        return Array(counts.dropLast())
    }
}
