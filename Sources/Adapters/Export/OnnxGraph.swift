internal import Foundation

/// A graph of ONNX operators that grows node by node; every node has one output, whose name stands for its value.
///
/// Operators are those of version 11 and the file is of IR version 6, both of 2019: old runtimes read them.
struct OnnxGraph {
    private var nodes: [ProtocolBuffer] = []
    private var tensors: [OnnxTensor] = []
    private var constants: Set<String> = []
    /// The nodes that were asked for more than once, by what they compute.
    private var shared: [String: String] = [:]

    /// An input or output: floats, `[images x columns]`, for any number of images, and of columns where it is `nil`.
    struct Value {
        let name: String
        let columns: Int?
    }

    /// An attribute of a node: an integer, or a list of them.
    enum Attribute {
        case integer(Int)
        case integers([Int])
    }

    /// Adds a node and answers its output, called `output` or by the operator and a number.
    mutating func node(
        _ operation: String, _ inputs: String..., attributes: [(String, Attribute)] = [], output: String? = nil
    ) -> String {
        node(operation, inputs, attributes: attributes, output: output)
    }

    mutating func node(
        _ operation: String, _ inputs: [String], attributes: [(String, Attribute)] = [], output: String? = nil
    ) -> String {
        let name = output ?? "\(operation)_\(nodes.count)"
        var node = ProtocolBuffer()
        for input in inputs { node.add(1, input) }
        node.add(2, name)
        node.add(3, name)
        node.add(4, operation)
        for (name, attribute) in attributes { node.add(5, attribute.message(name)) }
        nodes.append(node)
        return name
    }

    /// The output that `make` gives, made once for each `key`.
    mutating func once(_ key: String, _ make: (inout OnnxGraph) -> String) -> String {
        if let made = shared[key] { return made }
        let made = make(&self)
        shared[key] = made
        return made
    }

    /// A constant; answers its name.
    mutating func constant(_ tensor: OnnxTensor) -> String {
        if constants.insert(tensor.name).inserted { tensors.append(tensor) }
        return tensor.name
    }

    mutating func constant(_ value: Double) -> String { constant(OnnxTensor("\(value)", value)) }

    mutating func constant(_ values: [Int]) -> String { constant(OnnxTensor("\(values)", values)) }

    // MARK: Shorthands

    /// `value` as the numbers of `type`.
    mutating func cast(_ value: String, to type: OnnxTensor.ElementType) -> String {
        node("Cast", value, attributes: [("to", .integer(type.rawValue))])
    }

    /// The sum of each row, `[rows x 1]`.
    mutating func rowSums(_ value: String) -> String {
        node("ReduceSum", value, attributes: [("axes", .integers([1])), ("keepdims", .integer(1))])
    }

    /// The columns of `value` in `range`.
    mutating func columns(_ range: Range<Int>, of value: String) -> String {
        let (first, end, axis) = (constant([range.lowerBound]), constant([range.upperBound]), constant([1]))
        return node("Slice", value, first, end, axis)
    }

    /// `values` side by side.
    mutating func sideBySide(_ values: [String], output: String? = nil) -> String {
        node("Concat", values, attributes: [("axis", .integer(1))], output: output)
    }

    // MARK: The file

    /// A `ModelProto` of this graph.
    func model(
        inputs: [Value], outputs: [Value], name: String, documentation: String,
        metadata: [(name: String, value: String)], producerVersion: String
    ) -> Data {
        var operators = ProtocolBuffer()
        operators.add(1, "")
        operators.add(2, 11)
        var model = ProtocolBuffer()
        model.add(1, 6)
        model.add(2, "moderato")
        model.add(3, producerVersion)
        model.add(6, documentation)
        model.add(7, message(inputs: inputs, outputs: outputs, name: name))
        model.add(8, operators)
        for entry in metadata {
            var pair = ProtocolBuffer()
            pair.add(1, entry.name)
            pair.add(2, entry.value)
            model.add(14, pair)
        }
        return model.data
    }

    /// A `GraphProto`.
    private func message(inputs: [Value], outputs: [Value], name: String) -> ProtocolBuffer {
        var graph = ProtocolBuffer()
        for node in nodes { graph.add(1, node) }
        graph.add(2, name)
        for tensor in tensors { graph.add(5, tensor.message) }
        for input in inputs { graph.add(11, input.message) }
        for output in outputs { graph.add(12, output.message) }
        return graph
    }
}

extension OnnxGraph.Attribute {
    /// An `AttributeProto`.
    fileprivate func message(_ name: String) -> ProtocolBuffer {
        var message = ProtocolBuffer()
        message.add(1, name)
        switch self {
        case .integer(let value):
            message.add(3, value)
            message.add(20, 2)
        case .integers(let values):
            for value in values { message.add(8, value) }
            message.add(20, 7)
        }
        return message
    }
}

extension OnnxGraph.Value {
    /// A `ValueInfoProto`.
    fileprivate var message: ProtocolBuffer {
        var (rows, width, shape) = (ProtocolBuffer(), ProtocolBuffer(), ProtocolBuffer())
        rows.add(2, "images")
        if let columns { width.add(1, columns) } else { width.add(2, "dimensions") }
        shape.add(1, rows)
        shape.add(1, width)
        var (tensor, type, value) = (ProtocolBuffer(), ProtocolBuffer(), ProtocolBuffer())
        tensor.add(1, OnnxTensor.ElementType.float.rawValue)
        tensor.add(2, shape)
        type.add(1, tensor)
        value.add(1, name)
        value.add(2, type)
        return value
    }
}
