internal import Foundation

/// JSON for people and diffs: an object or list that fits into a line stands in one, else each of its elements does.
struct JSONLayout {
    /// Bytes of compact JSON that go into a line, indentation aside.
    private static let width = 100

    private let source: [UInt8]
    /// Of each bracket that opens, the place of the one that closes it.
    private let closing: [Int: Int]
    private var output: [UInt8] = []

    /// The file that holds `document`, keys in snake case and in alphabetical order.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    static func text(of document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return lines(String(decoding: try encoder.encode(document), as: UTF8.self)) + "\n"
    }

    /// `compact`, JSON without white space between its tokens, as lines.
    static func lines(_ compact: String) -> String {
        var layout = JSONLayout(Array(compact.utf8))
        var place = 0
        layout.write(from: &place, indentation: 0)
        return String(decoding: layout.output, as: UTF8.self)
    }

    private init(_ source: [UInt8]) {
        self.source = source
        var closing: [Int: Int] = [:]
        var open: [Int] = []
        var place = 0
        while place < source.count {
            switch source[place] {
            case Byte.brace, Byte.bracket: open.append(place)
            case Byte.endOfBrace, Byte.endOfBracket: if let start = open.popLast() { closing[start] = place }
            case Byte.quote: place = JSONLayout.end(ofStringAt: place, in: source) - 1
            default: break
            }
            place += 1
        }
        self.closing = closing
    }

    /// Writes the value at `place` and leaves `place` behind it.
    private mutating func write(from place: inout Int, indentation: Int) {
        guard let end = closing[place], end - place >= JSONLayout.width else {
            return writeInLine(from: &place)
        }
        output.append(source[place])
        repeat {
            place += 1
            breakLine(indentation + 2)
            writeKey(from: &place)
            write(from: &place, indentation: indentation + 2)
            if source[place] == Byte.comma { output.append(Byte.comma) }
        } while source[place] == Byte.comma
        breakLine(indentation)
        output.append(source[place])
        place += 1
    }

    /// Writes the key at `place`, if there is one.
    private mutating func writeKey(from place: inout Int) {
        guard source[place] == Byte.quote else { return }
        let end = JSONLayout.end(ofStringAt: place, in: source)
        guard source[end] == Byte.colon else { return }
        output += source[place...end] + [Byte.space]
        place = end + 1
    }

    private mutating func breakLine(_ indentation: Int) {
        output += [Byte.newline] + [UInt8](repeating: Byte.space, count: indentation)
    }

    /// Writes a value as it is, with a space behind commas and colons.
    private mutating func writeInLine(from place: inout Int) {
        let end = closing[place].map { $0 + 1 } ?? endOfScalar(at: place)
        while place < end {
            let next = source[place] == Byte.quote ? JSONLayout.end(ofStringAt: place, in: source) : place + 1
            output += source[place..<next]
            if source[place] == Byte.comma || source[place] == Byte.colon { output.append(Byte.space) }
            place = next
        }
    }

    private func endOfScalar(at place: Int) -> Int {
        if source[place] == Byte.quote { return JSONLayout.end(ofStringAt: place, in: source) }
        return source[place...].firstIndex { $0 == Byte.comma || $0 == Byte.endOfBracket || $0 == Byte.endOfBrace }
            ?? source.count
    }

    /// The place behind the string that begins at `place`.
    private static func end(ofStringAt place: Int, in source: [UInt8]) -> Int {
        var end = place + 1
        while source[end] != Byte.quote { end += source[end] == Byte.backslash ? 2 : 1 }
        return end + 1
    }
}

private enum Byte {
    static let brace = UInt8(ascii: "{"), endOfBrace = UInt8(ascii: "}")
    static let bracket = UInt8(ascii: "["), endOfBracket = UInt8(ascii: "]")
    static let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ","), colon = UInt8(ascii: ":")
    static let newline = UInt8(ascii: "\n"), space = UInt8(ascii: " ")
}
