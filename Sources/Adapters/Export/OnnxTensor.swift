internal import Foundation

/// A constant of an ONNX graph.
struct OnnxTensor {
    let name: String
    /// Elements along each dimension; none for a single number.
    let shape: [Int]
    let type: ElementType
    /// The elements, row after row, the lowest byte of each first.
    let bytes: Data

    /// The numbers of `TensorProto.DataType`.
    enum ElementType: Int {
        case float = 1
        case int64 = 7
        case double = 11
    }

    init(_ name: String, shape: [Int], _ values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) elements for the shape \(shape)")
        (self.name, self.shape, type) = (name, shape, .float)
        bytes = Data(littleEndian: values)
    }

    init(_ name: String, _ values: [Int]) {
        (self.name, self.shape, type) = (name, [values.count], .int64)
        bytes = Data(littleEndian: values.map(Int64.init))
    }

    init(_ name: String, _ value: Double) {
        (self.name, self.shape, type) = (name, [], .double)
        bytes = Data(littleEndian: [value.bitPattern])
    }

    /// A `TensorProto`.
    var message: ProtocolBuffer {
        var message = ProtocolBuffer()
        for size in shape { message.add(1, size) }
        message.add(2, type.rawValue)
        message.add(8, name)
        message.add(9, bytes)
        return message
    }
}
