/// Numbers read from bytes at given offsets; `nil` outside the bytes.
struct ByteReader {
    enum Order { case big, little }

    let bytes: ArraySlice<UInt8>
    let order: Order

    init(_ bytes: ArraySlice<UInt8>, order: Order) {
        self.bytes = bytes
        self.order = order
    }

    /// The 16-bit number at `offset`.
    func number16(at offset: Int) -> Int? { number(at: offset, count: 2) }

    /// The 32-bit number at `offset`.
    func number32(at offset: Int) -> Int? { number(at: offset, count: 4) }

    /// Whether the bytes at `offset` spell `text`.
    func spells(_ text: String, at offset: Int) -> Bool {
        guard offset >= 0, offset <= bytes.count else { return false }
        return bytes.dropFirst(offset).starts(with: text.utf8)
    }

    /// The bytes of `range`, cut where the data end.
    func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
        bytes.dropFirst(range.lowerBound).prefix(range.count)
    }

    private func number(at offset: Int, count: Int) -> Int? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        let digits = slice(offset..<offset + count)
        let bigEndian = order == .big ? Array(digits) : digits.reversed()
        return bigEndian.reduce(0) { $0 << 8 | Int($1) }
    }
}
