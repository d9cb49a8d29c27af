internal import Foundation

/// What an operation answers: a structure whose members are called as on the wire but for the first letter, which is small.
protocol Output: Encodable, Sendable {}

/// An answer without members.
struct EmptyOutput: Output {}

extension Output {
    /// The answer as JSON. Times are seconds since 1970.
    func wire() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.keyEncodingStrategy = .custom { path in
            let name = path[path.count - 1].stringValue
            return WireKey(stringValue: name.prefix(1).uppercased() + name.dropFirst())
        }
        return try encoder.encode(self)
    }
}
