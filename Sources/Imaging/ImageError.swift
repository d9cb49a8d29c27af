/// Why bytes did not become pixels. Each description is one sentence that can follow a path and a colon.
public enum ImageError: Error, Sendable, Hashable {
    /// There are no bytes.
    case empty
    /// The file has more bytes than the limits allow.
    case tooManyBytes(Int, limit: Int)
    /// The header declares more pixels than the limits allow.
    case tooManyPixels(width: Int, height: Int, limit: Int)
    /// The header declares a longer side than the limits allow.
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// The bytes begin like no image format known here.
    case notAnImage
    /// An image, but of a format that is not decoded.
    case unsupportedFormat(ImageFormat)
    /// An image of a supported format that uses a feature that is not decoded.
    case unsupportedFeature(ImageFormat, feature: String)
    /// The header declares a width or a height of 0.
    case noPixels(ImageFormat, width: Int, height: Int)
    /// The data end before the image does.
    case truncated(ImageFormat)
    /// The data contradict the format; `reason` is the codec's own.
    case corrupt(ImageFormat, reason: String)
}

extension ImageError: CustomStringConvertible {
    /// What is wrong, what is allowed and what to do, in one sentence.
    public var description: String {
        switch self {
        case .empty:
            "the file is empty"
        case .tooManyBytes(let bytes, let limit):
            "the file has \(bytes) bytes, more than the limit of \(limit)"
        case .tooManyPixels(let width, let height, let limit):
            "the image declares \(width) x \(height) pixels, more than the limit of \(limit) in all"
        case .sideTooLong(let width, let height, let limit):
            "the image declares \(width) x \(height) pixels, and no side may have more than \(limit)"
        case .notAnImage:
            "not an image: the bytes begin like no known format (allowed: \(ImageError.allowed))"
        case .unsupportedFormat(let format):
            "the file is \(format.rawValue), which is not supported (allowed: \(ImageError.allowed)); convert it first"
        case .unsupportedFeature(let format, let feature):
            "the \(format.rawValue) is \(feature), which is not supported; convert it to a plain \(format.rawValue)"
        case .noPixels(let format, let width, let height):
            "the \(format.rawValue) declares \(width) x \(height) pixels: there is nothing to see"
        case .truncated(let format):
            "the \(format.rawValue) is truncated: its data end before the image does; fetch it again"
        case .corrupt(let format, let reason):
            "the \(format.rawValue) is damaged (\(reason)); fetch it again"
        }
    }

    private static let allowed = ImageFormat.supported.map(\.rawValue).joined(separator: ", ")
}
