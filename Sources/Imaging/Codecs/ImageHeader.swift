/// What a file says of its image before any pixel is decoded.
struct ImageHeader: Equatable {
    let format: ImageFormat
    let width: Int
    let height: Int
    /// Components a pixel has in the file: 4 for a CMYK JPEG.
    var components = 3
    /// Whether pixels may be transparent.
    var hasAlpha = false
    var orientation = Orientation.upright

    /// Reads the header of `bytes`, which begin like `format`.
    init(of bytes: [UInt8], format: ImageFormat) throws(ImageError) {
        switch format {
        case .png: self = try pngHeader(of: bytes)
        case .jpeg: self = try jpegHeader(of: bytes)
        case .webp: self = try webPHeader(of: bytes)
        default: throw .unsupportedFormat(format)
        }
    }

    init(format: ImageFormat, width: Int, height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// Refuses an image without pixels, or with more than `limits` allow.
    func check(_ limits: ImageLimits) throws(ImageError) {
        guard width > 0, height > 0 else { throw .noPixels(format, width: width, height: height) }
        guard max(width, height) <= limits.maximumSide else {
            throw .sideTooLong(width: width, height: height, limit: limits.maximumSide)
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixels <= limits.maximumPixels else {
            throw .tooManyPixels(width: width, height: height, limit: limits.maximumPixels)
        }
    }
}
