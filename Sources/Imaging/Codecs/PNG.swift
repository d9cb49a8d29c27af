internal import CPNG

/// Reads `IHDR` (PNG specification, 3rd edition, 11.2.1), and whether `tRNS` and `eXIf` stand further on.
func pngHeader(of bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    let reader = ByteReader(bytes[...], order: .big)
    guard bytes.count >= 33, let width = reader.number32(at: 16), let height = reader.number32(at: 20) else {
        throw .truncated(.png)
    }
    guard reader.spells("IHDR", at: 12) else { throw .corrupt(.png, reason: "it does not begin with IHDR") }
    var header = ImageHeader(format: .png, width: width, height: height)
    let colorTypesWithAlpha: [UInt8] = [4, 6]
    header.hasAlpha = colorTypesWithAlpha.contains(bytes[25])
    var offset = 33
    while let length = reader.number32(at: offset) {
        if reader.spells("tRNS", at: offset + 4) { header.hasAlpha = true }
        if reader.spells("eXIf", at: offset + 4) {
            header.orientation = Orientation(exif: reader.slice(offset + 8..<offset + 8 + length))
        }
        offset += length + 12
    }
    return header
}

/// Decodes a PNG of any colour type and depth: `[height x width x 3]`, or `x 4` where the header says that it has alpha.
///
/// A file that ends before its `IEND` chunk is refused even where all pixels were there: it is damaged.
func decodePNG(_ bytes: [UInt8], header: ImageHeader) throws(ImageError) -> [UInt8] {
    let channels = header.hasAlpha ? 4 : 3
    var source = png_source()
    var failed = false
    let decoded = [UInt8](unsafeUninitializedCapacity: header.width * header.height * channels) { buffer, count in
        buffer.initialize(repeating: 0)
        count = buffer.count
        bytes.withUnsafeBufferPointer { input in
            source.bytes = input.baseAddress
            source.count = input.count
            failed = png_source_decode(&source, buffer.baseAddress, header.width, header.height, Int32(channels)) != 0
        }
    }
    guard !failed else {
        if source.ranOut != 0 { throw .truncated(.png) }
        throw .corrupt(.png, reason: string(fromTuple: source.message))
    }
    return decoded
}

/// The text of a C array of characters, which Swift sees as a tuple.
private func string<Tuple: BitwiseCopyable>(fromTuple tuple: Tuple) -> String {
    withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
