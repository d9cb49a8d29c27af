/// How many training images an adapter needs, as a learning curve answers it.
///
/// An answer is the first measured size from which on something holds at *every* measured size: the number needed lies
/// above the size before it, where it did not hold, and at most at this one. It is no forecast: nothing is interpolated,
/// and nothing is said of sizes beyond the largest.
public struct ImagesNeeded: Sendable, Equatable, Codable {
    /// Index of the first point from which on the interval of the improvement lies above 0; `nil` where it does not at
    /// the largest size.
    public let aboveZero: Int?
    /// The same where besides the adapter makes, on average, no more errors of the other kind than the base model: with few
    /// images the one kind is easily traded for the other.
    public let harmless: Int?
    /// Index of the first point from which on the improvement is at least ``shareOfFull`` of the one at the largest size;
    /// `nil` where the interval there does not lie above 0.
    public let mostOfFull: Int?

    /// The share of the improvement at the largest size that counts as most of it.
    public static let shareOfFull = 0.8

    /// The answers for `kind` of `points` by rising size.
    init(_ points: [CurvePoint], _ kind: ErrorKind) {
        let improvements = points.map { $0.improvement[kind] }
        let isAboveZero = improvements.map { ($0.interval?.lower ?? 0) > 0 }
        let isHarmless = points.map { ($0.rateDifference[kind.other].value ?? 0) <= 0 }
        let least = (improvements.last?.value ?? 0) * ImagesNeeded.shareOfFull
        let isReached = improvements.map { ($0.value ?? -.infinity) >= least }
        aboveZero = ImagesNeeded.beginning(isAboveZero)
        harmless = ImagesNeeded.beginning(zip(isAboveZero, isHarmless).map { $0 && $1 })
        mostOfFull = aboveZero == nil ? nil : ImagesNeeded.beginning(isReached)
    }

    /// The first index from which on all of `holds` are true.
    private static func beginning(_ holds: [Bool]) -> Int? {
        let beginning = holds.lastIndex(of: false).map { $0 + 1 } ?? 0
        return beginning < holds.count ? beginning : nil
    }
}
