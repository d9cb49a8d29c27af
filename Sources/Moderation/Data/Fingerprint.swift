/// What tells an image from others without its pixels at hand.
public struct Fingerprint: Sendable, Hashable {
    /// The digest of the decoded pixels and their width: equal for files that show the same, however they are packed.
    public let pixels: Digest
    /// A perceptual hash of 64 bits.
    public let hash: UInt64
    /// The perceptual hash of the image seen in a mirror.
    public let mirroredHash: UInt64
    /// Pixels of a row, upright.
    public let width: Int
    /// Rows, upright.
    public let height: Int
    /// Bytes of the file.
    public let bytes: Int
    /// The standard deviation of a thumbnail's luma, 0 to 127.5, in hundredths.
    public let contrast: Int

    public init(
        pixels: Digest, hash: UInt64, mirroredHash: UInt64, width: Int, height: Int, bytes: Int, contrast: Int
    ) {
        self.pixels = pixels
        self.hash = hash
        self.mirroredHash = mirroredHash
        self.width = width
        self.height = height
        self.bytes = bytes
        self.contrast = contrast
    }

    /// Bits in which the hashes differ, one image seen in a mirror where that is nearer: 0 to 64, the same both ways.
    @inlinable
    public func distance(to other: Fingerprint) -> Int {
        let direct = (hash ^ other.hash).nonzeroBitCount
        let mirrored = min((hash ^ other.mirroredHash).nonzeroBitCount, (mirroredHash ^ other.hash).nonzeroBitCount)
        return min(direct, mirrored)
    }
}
