/// Texts lie one after the other, each ended by a zero.
extension StoredArray {
    /// Texts; `isStorable` says whether a file can hold them.
    init(_ values: [String]) {
        var bytes: [UInt8] = []
        for value in values {
            bytes.append(contentsOf: value.utf8)
            bytes.append(0)
        }
        self.init(type: .text, shape: [values.count], bytes: bytes)
    }

    init(_ value: String) {
        self.init(type: .text, shape: [], bytes: value.utf8 + [0])
    }

    /// Whether no text contains a zero: HDF5 ends a text there.
    var isStorable: Bool {
        type != .text || bytes.count { $0 == 0 } == count
    }

    /// The texts.
    var texts: [String] {
        bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The texts padded with zeros to one width, at least 1.
    func padded() -> (width: Int, bytes: [UInt8]) {
        var width = 1
        var length = 0
        for byte in bytes {
            length = byte == 0 ? 0 : length + 1
            width = max(width, length)
        }
        var padded = [UInt8](repeating: 0, count: width * count)
        var row = 0
        var place = 0
        for byte in bytes {
            if byte == 0 {
                row += 1
                place = row * width
            } else {
                padded[place] = byte
                place += 1
            }
        }
        return (width, padded)
    }

    /// The texts of `shape` whose bytes are padded with zeros to `width` each.
    init(shape: [Int], padded: [UInt8], width: Int) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(padded.count)
        for start in stride(from: 0, to: padded.count, by: width) {
            for place in start..<start + width {
                if padded[place] == 0 { break }
                bytes.append(padded[place])
            }
            bytes.append(0)
        }
        self.init(type: .text, shape: shape, bytes: bytes)
    }
}
