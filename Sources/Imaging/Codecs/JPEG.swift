internal import CTurboJPEG

/// Reads the frame header and the EXIF orientation (ITU-T T.81, B.1.1 and B.2.2): every segment before the first scan.
func jpegHeader(of bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    let reader = ByteReader(bytes[...], order: .big)
    var header: ImageHeader?
    var orientation: Orientation?
    var offset = 2
    while let marker = reader.number16(at: offset) {
        guard marker > 0xFF00 else { throw .corrupt(.jpeg, reason: "no marker where a segment should begin") }
        if marker == 0xFFFF {
            offset += 1
            continue
        }
        if marker == 0xFFDA || marker == 0xFFD9 { break }
        guard let length = reader.number16(at: offset + 2) else { break }
        if JPEGFrame.markers.contains(marker) {
            header = try JPEGFrame.header(reader, marker: marker, at: offset + 4)
        }
        if marker == 0xFFE1, orientation == nil, reader.spells("Exif\0\0", at: offset + 4) {
            orientation = Orientation(exif: reader.slice(offset + 10..<max(offset + 10, offset + 2 + length)))
        }
        offset += 2 + length
    }
    guard var header else { throw .truncated(.jpeg) }
    header.orientation = orientation ?? .upright
    return header
}

/// The frame header of a JPEG: ITU-T T.81, B.2.2.
private enum JPEGFrame {
    /// SOF0 to SOF15, without the three that are other segments (DHT, JPG, DAC).
    static let markers = Set(0xFFC0...0xFFCF).subtracting([0xFFC4, 0xFFC8, 0xFFCC])
    /// Baseline, extended and progressive, with Huffman or arithmetic coding.
    private static let decodable: Set = [0xFFC0, 0xFFC1, 0xFFC2, 0xFFC9, 0xFFCA]

    static func header(_ reader: ByteReader, marker: Int, at offset: Int) throws(ImageError) -> ImageHeader {
        guard let precision = reader.slice(offset..<offset + 1).first,
            let height = reader.number16(at: offset + 1), let width = reader.number16(at: offset + 3),
            let components = reader.slice(offset + 5..<offset + 6).first
        else { throw .truncated(.jpeg) }
        guard decodable.contains(marker) else {
            throw .unsupportedFeature(.jpeg, feature: "lossless or hierarchical")
        }
        guard precision == 8 else { throw .unsupportedFeature(.jpeg, feature: "of \(precision) bits a channel") }
        var header = ImageHeader(format: .jpeg, width: width, height: height)
        header.components = Int(components)
        return header
    }
}

/// Decodes a JPEG to `[height x width x 3]`, with the accurate inverse DCT as Pillow does.
///
/// CMYK and YCCK become RGB by Pillow's rule.
func decodeJPEG(_ bytes: [UInt8], header: ImageHeader) throws(ImageError) -> [UInt8] {
    guard let decoder = tjInitDecompress() else { throw .corrupt(.jpeg, reason: "the decoder does not start") }
    defer { tjDestroy(decoder) }
    let isCMYK = header.components == 4
    let channels = isCMYK ? 4 : 3
    let format = isCMYK ? TJPF_CMYK : TJPF_RGB
    var complaint: JPEGComplaint?
    let decoded = [UInt8](unsafeUninitializedCapacity: header.width * header.height * channels) { buffer, count in
        buffer.initialize(repeating: 0)
        count = buffer.count
        func decode(_ flags: Int32) -> JPEGComplaint? {
            let status = tjDecompress2(
                decoder, bytes, UInt(bytes.count), buffer.baseAddress, Int32(header.width), 0, Int32(header.height),
                format.rawValue, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS | flags)
            return status == 0 ? nil : JPEGComplaint(text: String(cString: tjGetErrorStr2(decoder)))
        }
        complaint = decode(TJFLAG_STOPONWARNING)
        // The decoder may have stopped before the last row was out, so a harmless complaint costs a second run.
        if let first = complaint, first.isHarmless { complaint = decode(0).flatMap { $0.isHarmless ? nil : $0 } }
    }
    if let complaint { throw complaint.error }
    return isCMYK ? rgb(fromInvertedCMYK: decoded) : decoded
}

/// What libjpeg said first, in its own words: it has codes for its messages but hands out the text only.
private struct JPEGComplaint {
    let text: String

    /// A few padding bytes before the end marker, which some cameras write: every pixel was decoded by then.
    ///
    /// More than a few mean that the entropy decoder lost its place.
    var isHarmless: Bool {
        guard text.hasSuffix("extraneous bytes before marker 0xd9") else { return false }
        let counts = text.split(separator: " ").compactMap { Int($0) }
        return counts.allSatisfy { $0 <= 16 }
    }

    var error: ImageError {
        text.hasPrefix("Premature end of JPEG file") ? .truncated(.jpeg) : .corrupt(.jpeg, reason: text)
    }
}

/// RGB of CMYK as Adobe stores it in JPEG, 255 for no ink: each channel is dimmed by black.
///
/// Pillow takes every CMYK JPEG so, whether Adobe's marker is there or not.
private func rgb(fromInvertedCMYK cmyk: [UInt8]) -> [UInt8] {
    Array(unsafeUninitializedCapacity: cmyk.count / 4 * 3) { buffer, count in
        for pixel in 0..<cmyk.count / 4 {
            let light = Int(cmyk[4 * pixel + 3])
            for channel in 0..<3 {
                let ink = 255 - Int(cmyk[4 * pixel + channel])
                buffer[3 * pixel + channel] = UInt8(max(0, light - (ink * light + 127) / 255))
            }
        }
        count = buffer.count
    }
}
