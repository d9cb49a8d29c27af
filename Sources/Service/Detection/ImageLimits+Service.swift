internal import Imaging

extension ImageLimits {
    /// The limits of images over the wire: those of files, and 10,000 pixels a side.
    static let served = ImageLimits(
        maximumBytes: ImageLimits.standard.maximumBytes, maximumPixels: ImageLimits.standard.maximumPixels,
        maximumSide: 10_000)
}
