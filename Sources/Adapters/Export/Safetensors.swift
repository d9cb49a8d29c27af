internal import Foundation

/// A file of named arrays of floats in the format of safetensors: the length of the header, 8 bytes; the header, a JSON object
/// filled up with spaces to a multiple of 8 bytes; the arrays (github.com/huggingface/safetensors, "Format").
struct Safetensors {
    /// Texts about the file.
    let metadata: [(name: String, value: String)]
    /// The arrays, whose elements follow each other row by row.
    let tensors: [Tensor]

    struct Tensor {
        let name: String
        let shape: [Int]
        let values: [Float]
    }

    /// The bytes of the file.
    var data: Data {
        get throws {
            var header = try headerText
            header.append(Data(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
            var file = Data(littleEndian: [UInt64(header.count)])
            file.append(header)
            for tensor in tensors { file.append(Data(littleEndian: tensor.values)) }
            return file
        }
    }

    private var headerText: Data {
        get throws {
            var entries: [String: Entry] = [:]
            entries["__metadata__"] = .texts(Dictionary(uniqueKeysWithValues: metadata.map { ($0.name, $0.value) }))
            var end = 0
            for tensor in tensors {
                let start = end
                end += tensor.values.count * 4
                entries[tensor.name] = .tensor(shape: tensor.shape, offsets: [start, end])
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(entries)
        }
    }

    /// A member of the header.
    private enum Entry: Encodable {
        case texts([String: String])
        case tensor(shape: [Int], offsets: [Int])

        private enum Key: String, CodingKey {
            case dataType = "dtype"
            case shape
            case offsets = "data_offsets"
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .texts(let texts): try texts.encode(to: encoder)
            case .tensor(let shape, let offsets):
                var container = encoder.container(keyedBy: Key.self)
                try container.encode("F32", forKey: .dataType)
                try container.encode(shape, forKey: .shape)
                try container.encode(offsets, forKey: .offsets)
            }
        }
    }
}
