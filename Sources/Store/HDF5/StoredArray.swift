/// The types of element that files hold, all of fixed width and little-endian but for text.
enum ElementType: String, Sendable {
    case uint8
    case int64
    case float32
    case float64
    /// UTF-8.
    case text

    /// Bytes per element; nil for text.
    var width: Int? {
        switch self {
        case .uint8: 1
        case .float32: 4
        case .int64, .float64: 8
        case .text: nil
        }
    }
}

/// An array as a file holds it: an HDF5 dataset or attribute as a value.
struct StoredArray: Sendable, Equatable {
    let type: ElementType
    /// Dimensions, outermost first; empty for a single value.
    let shape: [Int]
    /// The elements in row-major order, little-endian; of a text its UTF-8 bytes and a zero.
    let bytes: [UInt8]

    init(type: ElementType, shape: [Int], bytes: [UInt8]) {
        if let width = type.width {
            let count = shape.reduce(1, *) * width
            precondition(bytes.count == count, "an array of \(shape) needs \(count) bytes, given \(bytes.count)")
        }
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    init(_ values: [UInt8], shape: [Int]? = nil) {
        self.init(type: .uint8, shape: shape ?? [values.count], bytes: values)
    }

    init(_ values: [Float], shape: [Int]? = nil) {
        self.init(type: .float32, shape: shape ?? [values.count], bytes: values.withUnsafeBytes(Array.init))
    }

    init(_ values: [Double]) {
        self.init(type: .float64, shape: [values.count], bytes: values.withUnsafeBytes(Array.init))
    }

    init(_ value: Double) {
        self.init(type: .float64, shape: [], bytes: withUnsafeBytes(of: value, Array.init))
    }

    init(_ value: Int) {
        self.init(type: .int64, shape: [], bytes: withUnsafeBytes(of: Int64(value), Array.init))
    }

    /// Number of elements.
    var count: Int { shape.reduce(1, *) }

    /// The elements as numbers of `type`, which must be this array's.
    func elements<Number: BitwiseCopyable>(as type: Number.Type) -> [Number] {
        [Number](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Number>.stride) { buffer, filled in
            filled = bytes.count / MemoryLayout<Number>.stride
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
        }
    }
}
