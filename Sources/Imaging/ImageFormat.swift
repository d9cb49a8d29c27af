/// A file format, told by the first bytes and never by a file's name.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    case png = "PNG"
    case jpeg = "JPEG"
    case webp = "WebP"
    case gif = "GIF"
    case bmp = "BMP"
    case tiff = "TIFF"
    case avif = "AVIF"
    case heic = "HEIC"
    case jpegXL = "JPEG XL"
    case svg = "SVG"

    /// The formats that can be decoded.
    public static let supported: [ImageFormat] = [.png, .jpeg, .webp]

    /// The format that `bytes` begin with, or `nil` where they begin like no image known here.
    public init?(sniffing bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(64))
        guard let format = ImageFormat.signatures.first(where: { $0.matches(head) })?.format else { return nil }
        self = format
    }

    private struct Signature {
        let format: ImageFormat
        let bytes: [UInt8]
        var offset = 0
        /// What stands from byte 8 on in a container (RIFF, ISO base media) that others share.
        var brand: [UInt8] = []

        init(_ format: ImageFormat, _ bytes: [UInt8], at offset: Int = 0, brand: String = "") {
            self.format = format
            self.bytes = bytes
            self.offset = offset
            self.brand = Array(brand.utf8)
        }

        func matches(_ head: [UInt8]) -> Bool {
            head.dropFirst(offset).starts(with: bytes) && head.dropFirst(8).starts(with: brand)
        }
    }

    private static let signatures: [Signature] = [
        Signature(.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Signature(.jpeg, [0xFF, 0xD8, 0xFF]),
        Signature(.webp, Array("RIFF".utf8), brand: "WEBP"),
        Signature(.gif, Array("GIF8".utf8)),
        Signature(.bmp, Array("BM".utf8)),
        Signature(.tiff, [0x49, 0x49, 0x2A, 0x00]),
        Signature(.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
        Signature(.avif, Array("ftyp".utf8), at: 4, brand: "avif"),
        Signature(.avif, Array("ftyp".utf8), at: 4, brand: "avis"),
        Signature(.heic, Array("ftyp".utf8), at: 4, brand: "hei"),
        Signature(.heic, Array("ftyp".utf8), at: 4, brand: "hev"),
        Signature(.heic, Array("ftyp".utf8), at: 4, brand: "mif1"),
        Signature(.jpegXL, [0xFF, 0x0A]),
        Signature(.jpegXL, Array("JXL ".utf8), at: 4),
        Signature(.svg, Array("<svg".utf8)),
    ]
}
