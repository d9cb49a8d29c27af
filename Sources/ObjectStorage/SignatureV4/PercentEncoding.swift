/// The percent-encoding of Signature Version 4: every byte of UTF-8 but `A-Z a-z 0-9 - . _ ~` is `%` and two upper-case
/// hexadecimal digits.
enum PercentEncoding {
    /// A name or value of a query, or one part of a path.
    static func encode(_ text: some StringProtocol) -> String { encode(Array(text.utf8)) { isUnreserved($0) } }

    /// A path, whose slashes stay.
    static func encode(path: some StringProtocol) -> String {
        encode(Array(path.utf8)) { isUnreserved($0) || $0 == UInt8(ascii: "/") }
    }

    /// Text that is encoded already, perhaps in another way, in this one.
    static func again(_ encoded: some StringProtocol) -> String {
        encode(decodedBytes(Array(encoded.utf8))) { isUnreserved($0) }
    }

    /// The text that was encoded; `%` without two digits stays, and what is not UTF-8 becomes U+FFFD.
    static func decode(_ encoded: some StringProtocol) -> String {
        String(decoding: decodedBytes(Array(encoded.utf8)), as: UTF8.self)
    }

    private static func encode(_ bytes: [UInt8], keeping isKept: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in bytes {
            encoded += isKept(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func decodedBytes(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Character(UnicodeScalar(bytes[index + 1])).hexDigitValue,
                let low = Character(UnicodeScalar(bytes[index + 2])).hexDigitValue
            {
                decoded.append(UInt8(high << 4 | low))
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
