internal import CWebP

/// Why an image did not become a file. Each description is one sentence that can follow a path and a colon.
public enum ImageEncodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A side is longer than the format can say.
    case tooLarge(width: Int, height: Int, limit: Int)
    /// The encoder gave nothing: it had no memory.
    case failed(width: Int, height: Int)

    public var description: String {
        switch self {
        case .tooLarge(let width, let height, let limit):
            "\(width) x \(height) pixels do not fit into a WebP, whose sides have at most \(limit): make it smaller"
        case .failed(let width, let height):
            "\(width) x \(height) pixels could not be encoded as WebP: there is no memory for it"
        }
    }
}

extension RGBImage {
    /// The longest side of a WebP in pixels (RFC 9649, 2.5: 14 bits).
    public static let longestWebPSide = Int(WEBP_MAX_DIMENSION)

    /// This image as a lossy WebP of `quality` 0 to 100, which holds pixels and nothing else: no EXIF, no place, no name.
    public func webP(quality: Int) throws(ImageEncodingError) -> [UInt8] {
        precondition((0...100).contains(quality), "a quality lies between 0 and 100, given \(quality)")
        guard max(width, height) <= RGBImage.longestWebPSide else {
            throw .tooLarge(width: width, height: height, limit: RGBImage.longestWebPSide)
        }
        var output: UnsafeMutablePointer<UInt8>?
        defer { WebPFree(output) }
        let count = WebPEncodeRGB(pixels, Int32(width), Int32(height), Int32(width * 3), Float(quality), &output)
        guard count > 0, let output else { throw .failed(width: width, height: height) }
        return Array(UnsafeBufferPointer(start: output, count: count))
    }
}
