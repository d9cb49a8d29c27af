internal import Foundation

/// What an image looks like from afar, in 64 bits: images that differ little have hashes that differ in few bits.
///
/// The DCT hash of Zauner, "Implementation and benchmarking of perceptual image hash functions" (2010), in the form of the
/// `imagehash` package: of the 32 x 32 image's luma the two-dimensional DCT-II, of that the 8 x 8 lowest frequencies, of
/// each whether it is above their median. The image is shrunk in colour by an antialiased triangle.
///
/// Of one's own: a frequency counts as above the median only by more than 1/128 of a grey level on average. Half of the
/// frequencies of a symmetric image are 0, and so is their median; which side of it they fall on would be noise.
public struct PerceptualHash: Sendable, Hashable {
    /// The bits, row after row, the first one highest.
    public let bits: UInt64

    /// Number of bits.
    public static let length = 64
    /// Raised whenever the same image would give other bits.
    public static let revision = 1

    public init(bits: UInt64) {
        self.bits = bits
    }

    /// The hash of `image`.
    public init(_ image: RGBImage) {
        self.init(Luma(thumbnailOf: image, side: Cosines.side))
    }

    /// The number of bits that differ: 0 to 64.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// By how much a frequency, a sum over 1,024 pixels, must be above the median.
    private static let margin = 8.0

    init(_ luma: Luma) {
        let spectrum = Cosines.lowFrequencies(of: luma)
        let ordered = spectrum.sorted()
        let middle = ordered.count / 2
        let median = (ordered[middle - 1] + ordered[middle]) / 2
        self.init(bits: spectrum.reduce(0) { $0 << 1 | ($1 > median + PerceptualHash.margin ? 1 : 0) })
    }
}

/// The first 8 rows of the 32-point DCT-II, without its constant factor: no bit of a hash depends on it.
private enum Cosines {
    static let side = 32
    static let kept = 8

    private static let table: [[Double]] = (0..<kept).map { frequency in
        (0..<side).map { cos(.pi * Double(frequency) * (Double($0) + 0.5) / Double(side)) }
    }

    /// `[8 x 8]`, vertical frequencies along rows.
    static func lowFrequencies(of luma: Luma) -> [Double] {
        let rows = (0..<side).map { row in
            table.map { wave in
                (0..<side).reduce(0.0) { $0 + wave[$1] * Double(luma.values[row * side + $1]) }
            }
        }
        return table.flatMap { wave in
            (0..<kept).map { column in (0..<side).reduce(0.0) { $0 + wave[$1] * rows[$1][column] } }
        }
    }
}
