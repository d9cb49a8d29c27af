public import Foundation

extension Encodable {
    /// The value as JSON text with sorted keys: the same value gives the same text.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    public func json(
        keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys, pretty isPretty: Bool = false
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = keys
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The value as the content of a file for people and programs: indented, with sorted keys and an end of line.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    public func jsonFile(keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys) throws -> Data {
        Data((try json(keys: keys, pretty: true) + "\n").utf8)
    }
}
