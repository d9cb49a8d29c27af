internal import CWebP

/// Reads size, transparency and orientation; an animation is refused, for no frame of it stands for the whole.
func webPHeader(of bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(bytes, bytes.count, &features)
    guard status == VP8_STATUS_OK else { throw webPError(status) }
    guard features.has_animation == 0 else { throw .unsupportedFeature(.webp, feature: "animated") }
    var header = ImageHeader(format: .webp, width: Int(features.width), height: Int(features.height))
    header.hasAlpha = features.has_alpha != 0
    header.orientation = webPOrientation(in: bytes)
    return header
}

/// Decodes a lossy or lossless WebP: `[height x width x 3]`, or `x 4` where the header says that it has alpha.
func decodeWebP(_ bytes: [UInt8], header: ImageHeader) throws(ImageError) -> [UInt8] {
    var configuration = WebPDecoderConfig()
    guard WebPInitDecoderConfig(&configuration) != 0 else {
        throw .corrupt(.webp, reason: "the decoder does not start")
    }
    let channels = header.hasAlpha ? 4 : 3
    var status = VP8_STATUS_OK
    let decoded = [UInt8](unsafeUninitializedCapacity: header.width * header.height * channels) { buffer, count in
        buffer.initialize(repeating: 0)
        count = buffer.count
        configuration.output.colorspace = header.hasAlpha ? MODE_RGBA : MODE_RGB
        configuration.output.is_external_memory = 1
        configuration.output.u.RGBA.rgba = buffer.baseAddress
        configuration.output.u.RGBA.stride = Int32(header.width * channels)
        configuration.output.u.RGBA.size = buffer.count
        status = WebPDecode(bytes, bytes.count, &configuration)
    }
    guard status == VP8_STATUS_OK else { throw webPError(status) }
    return decoded
}

/// The orientation in the `EXIF` chunk of the RIFF container (RFC 9649, 2.7.1.5), upright where there is none.
private func webPOrientation(in bytes: [UInt8]) -> Orientation {
    let reader = ByteReader(bytes[...], order: .little)
    var offset = 12
    while let length = reader.number32(at: offset + 4) {
        if reader.spells("EXIF", at: offset) {
            // Some writers keep the prefix that EXIF has in JPEG.
            let prefix = reader.spells("Exif\0\0", at: offset + 8) ? 6 : 0
            return Orientation(exif: reader.slice(offset + 8 + min(prefix, length)..<offset + 8 + length))
        }
        offset += 8 + length + length % 2
    }
    return .upright
}

private func webPError(_ status: VP8StatusCode) -> ImageError {
    switch status {
    case VP8_STATUS_NOT_ENOUGH_DATA: .truncated(.webp)
    case VP8_STATUS_UNSUPPORTED_FEATURE: .unsupportedFeature(.webp, feature: "of an unknown kind")
    default: .corrupt(.webp, reason: "the bitstream contradicts the format, status \(status.rawValue)")
    }
}
