/// An image of 8 bits a channel, interleaved RGB, row after row from the top.
public struct RGBImage: Sendable, Equatable {
    /// Pixels of a row; above 0.
    public let width: Int
    /// Rows; above 0.
    public let height: Int
    /// `[height x width x 3]`: red, green and blue of each pixel.
    public let pixels: [UInt8]

    /// An image of `width` x `height` pixels, `width * height * 3` bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image has pixels, given \(width) x \(height)")
        precondition(
            pixels.count == width * height * 3,
            "\(width) x \(height) pixels need \(width * height * 3) bytes, given \(pixels.count)")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// An image of `width` x `height` pixels, all of `color`.
    public init(width: Int, height: Int, filledWith color: RGBColor) {
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
            for start in stride(from: 0, to: buffer.count, by: 3) {
                buffer[start] = color.red
                buffer[start + 1] = color.green
                buffer[start + 2] = color.blue
            }
            count = buffer.count
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// Decodes a PNG, JPEG or WebP, whichever `bytes` turn out to be, and turns it upright as its EXIF says.
    ///
    /// The pixels are those that Pillow's `ImageOps.exif_transpose(...)` gives: colour profiles and gamma are left
    /// alone, 16 bits a channel become their upper 8. Transparent pixels are composed on `background` in byte space,
    /// as Pillow's `alpha_composite` does.
    public init(
        decoding bytes: [UInt8], background: RGBColor = .white, limits: ImageLimits = .standard
    ) throws(ImageError) {
        self = try DecodedImage(decoding: bytes, limits: limits).composed(on: background)
    }
}
