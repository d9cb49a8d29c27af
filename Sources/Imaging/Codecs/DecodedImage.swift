/// An image as its file holds it, before its transparent pixels have a background.
///
/// Decoding costs far more than composing, so whoever needs one image on several backgrounds decodes it once.
public struct DecodedImage: Sendable {
    /// Whether some pixel lets the background through.
    public let isTransparent: Bool

    /// As stored, not yet turned upright.
    private let width: Int
    private let height: Int
    /// `[height x width x 3]`, or `x 4` where it is transparent.
    private let pixels: [UInt8]
    private let orientation: Orientation

    /// Decodes a PNG, JPEG or WebP, whichever `bytes` turn out to be.
    public init(decoding bytes: [UInt8], limits: ImageLimits = .standard) throws(ImageError) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.maximumBytes else {
            throw .tooManyBytes(bytes.count, limit: limits.maximumBytes)
        }
        guard let format = ImageFormat(sniffing: bytes) else { throw .notAnImage }
        let header = try ImageHeader(of: bytes, format: format)
        try header.check(limits)
        let decoded =
            switch format {
            case .png: try decodePNG(bytes, header: header)
            case .jpeg: try decodeJPEG(bytes, header: header)
            case .webp: try decodeWebP(bytes, header: header)
            default: throw ImageError.unsupportedFormat(format)
            }
        self.init(width: header.width, height: header.height, pixels: decoded, orientation: header.orientation)
    }

    /// An image without transparency.
    public init(_ image: RGBImage) {
        self.init(width: image.width, height: image.height, pixels: image.pixels, orientation: .upright)
    }

    private init(width: Int, height: Int, pixels: [UInt8], orientation: Orientation) {
        let hasAlpha = pixels.count == width * height * 4
        self.width = width
        self.height = height
        self.orientation = orientation
        isTransparent = hasAlpha && stride(from: 3, to: pixels.count, by: 4).contains { pixels[$0] < 255 }
        // Opaque pixels are the same on every background.
        self.pixels = hasAlpha && !isTransparent ? Imaging.composed(rgba: pixels, on: .white) : pixels
    }

    /// The upright image on `background`, composed in byte space as Pillow's `alpha_composite` does.
    public func composed(on background: RGBColor) -> RGBImage {
        let opaque = isTransparent ? Imaging.composed(rgba: pixels, on: background) : pixels
        return RGBImage(width: width, height: height, pixels: opaque).upright(from: orientation)
    }
}
