/// How an image looks, in a few numbers that are cheap to keep and to compare.
public struct Appearance: Sendable, Hashable {
    /// The hash of the image.
    public let hash: PerceptualHash
    /// The hash of the image seen in a mirror.
    public let mirroredHash: PerceptualHash
    /// The standard deviation of the luma of a 32 x 32 thumbnail, 0 to 127.5; 0 for a blank image.
    public let deviation: Double

    /// The appearance of `image`.
    public init(_ image: RGBImage) {
        let luma = Luma(thumbnailOf: image, side: 32)
        hash = PerceptualHash(luma)
        mirroredHash = PerceptualHash(luma.mirrored)
        deviation = luma.deviation
    }
}
