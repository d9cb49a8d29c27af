/// How large an image may be; all limits are checked before anything is decoded.
public struct ImageLimits: Sendable, Hashable {
    /// Bytes of the file.
    public let maximumBytes: Int
    /// Width times height, as the file's header gives them.
    public let maximumPixels: Int
    /// Width and height each.
    public let maximumSide: Int

    /// 64 MiB and 64 Mi pixels (8192 x 8192): above most cameras, and less than 1 GiB of memory while decoding.
    public static let standard = ImageLimits(maximumBytes: 64 << 20, maximumPixels: 64 << 20)

    /// Limits of `maximumBytes`, `maximumPixels` and `maximumSide`, all above 0; sides of any length where none is given.
    public init(maximumBytes: Int, maximumPixels: Int, maximumSide: Int = .max) {
        precondition(
            maximumBytes > 0 && maximumPixels > 0 && maximumSide > 0,
            "limits are positive: \(maximumBytes), \(maximumPixels), \(maximumSide)")
        self.maximumSide = maximumSide
        self.maximumBytes = maximumBytes
        self.maximumPixels = maximumPixels
    }
}
