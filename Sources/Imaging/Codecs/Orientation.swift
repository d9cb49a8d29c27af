/// How the stored rows and columns of an image lie to the upright picture: EXIF 2.32, tag 0x0112, values 1 to 8.
///
/// Every orientation is a transposition (or none) followed by mirrorings (or none).
struct Orientation: Equatable {
    /// Rows of the upright image are columns of the stored one.
    let isTransposed: Bool
    /// The upright image's left is the stored (and transposed) one's right.
    let mirrorsColumns: Bool
    /// The upright image's top is the stored (and transposed) one's bottom.
    let mirrorsRows: Bool

    static let upright = Orientation(isTransposed: false, mirrorsColumns: false, mirrorsRows: false)

    init(isTransposed: Bool, mirrorsColumns: Bool, mirrorsRows: Bool) {
        self.isTransposed = isTransposed
        self.mirrorsColumns = mirrorsColumns
        self.mirrorsRows = mirrorsRows
    }

    /// The orientation of EXIF value `tag`; upright where the value is none of 1 to 8.
    init(tag: Int) {
        guard (1...8).contains(tag) else {
            self = .upright
            return
        }
        self.init(
            isTransposed: tag >= 5,
            mirrorsColumns: [2, 3, 6, 7].contains(tag),
            mirrorsRows: [3, 4, 7, 8].contains(tag))
    }

    /// The orientation that `exif` declares: a TIFF header, then the entries of its first directory.
    init(exif: ArraySlice<UInt8>) {
        self.init(tag: Orientation.tag(in: exif) ?? 1)
    }

    private static func tag(in exif: ArraySlice<UInt8>) -> Int? {
        let isLittle = exif.starts(with: [0x49, 0x49, 0x2A, 0x00])
        guard isLittle || exif.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) else { return nil }
        let reader = ByteReader(exif, order: isLittle ? .little : .big)
        guard let directory = reader.number32(at: 4), let entries = reader.number16(at: directory) else { return nil }
        for entry in 0..<entries {
            let offset = directory + 2 + 12 * entry
            guard let tag = reader.number16(at: offset) else { return nil }
            if tag == 0x0112 { return reader.number16(at: offset + 8) }
        }
        return nil
    }
}

extension RGBImage {
    /// The upright image, of which this one is stored in `orientation`.
    func upright(from orientation: Orientation) -> RGBImage {
        guard orientation != .upright else { return self }
        let (newWidth, newHeight) = orientation.isTransposed ? (height, width) : (width, height)
        let result = Array(unsafeUninitializedCapacity: pixels.count) { buffer, count in
            var target = 0
            for row in 0..<newHeight {
                let y = orientation.mirrorsRows ? newHeight - 1 - row : row
                for column in 0..<newWidth {
                    let x = orientation.mirrorsColumns ? newWidth - 1 - column : column
                    let source = 3 * (orientation.isTransposed ? x * width + y : y * width + x)
                    for channel in 0..<3 { buffer[target + channel] = pixels[source + channel] }
                    target += 3
                }
            }
            count = target
        }
        return RGBImage(width: newWidth, height: newHeight, pixels: result)
    }
}
