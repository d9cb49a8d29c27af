internal import Foundation

/// A message in the wire format of protocol buffers, which ONNX files are written in: fields by number, in the order in
/// which they are added (protobuf.dev, "Encoding").
struct ProtocolBuffer {
    private(set) var data = Data()

    /// How the bytes of a field are read.
    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    /// Adds a whole number, from 0 up.
    mutating func add(_ field: Int, _ value: Int) {
        append(key: field, .varint)
        append(varint: UInt64(value))
    }

    mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

    mutating func add(_ field: Int, _ message: ProtocolBuffer) { add(field, message.data) }

    mutating func add(_ field: Int, _ bytes: Data) {
        append(key: field, .lengthDelimited)
        append(varint: UInt64(bytes.count))
        data.append(bytes)
    }

    private mutating func append(key field: Int, _ type: WireType) {
        append(varint: UInt64(field) << 3 | type.rawValue)
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest > 0x7f {
            data.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        data.append(UInt8(rest))
    }
}

extension Data {
    /// The bytes of `values`, the lowest of each first.
    init(littleEndian values: [Float]) {
        self.init(capacity: values.count * 4)
        for value in values { Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { append(contentsOf: $0) } }
    }

    /// The same for integers.
    init<Value: FixedWidthInteger>(littleEndian values: [Value]) {
        self.init(capacity: values.count * Value.bitWidth / 8)
        for value in values { Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) } }
    }
}
