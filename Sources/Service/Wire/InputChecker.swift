/// Holds an input against its shape and collects everything that does not fit, in the words of AWS's own messages.
struct InputChecker {
    private var violations: [String] = []
    private var count = 0
    private var isImageTooLarge = false

    /// How many violations are told; more would help nobody.
    private static let longestList = 10

    /// Checks the `value` that stands at `path`.
    mutating func check(_ value: InputValue, _ shape: InputShape, at path: InputPath = InputPath()) {
        switch (shape, value) {
        case (.structure(let members), .structure(let values)):
            for member in members { check(values[member.name], member, at: path.appending(member.name)) }
        case (.text(let length, let pattern, let words), .text(let text)):
            check(text, length, pattern, words, at: path)
        case (.number(let range), .number(let number)): check(number, range, at: path)
        case (.integer(let range), .integer(let integer)): check(integer, range, at: path)
        case (.blob(let range), .blob(let bytes)): check(blob: bytes.count, range, at: path)
        case (.list(let element, let range), .list(let values)): check(values, element, range, at: path)
        case (.map(let key, let value, let range), .map(let entries)): check(entries, key, value, range, at: path)
        default: break  // `true` and `false`: every value was read by its shape.
        }
    }

    /// What is answered where something does not fit.
    var error: ServiceError? {
        guard count > 0 else { return nil }
        if isImageTooLarge, count == 1 { return ServiceError(.imageTooLarge, "Image size is too large.") }
        let head = "\(count) validation error\(count == 1 ? "" : "s") detected: "
        return ServiceError(.invalidParameter, head + violations.joined(separator: "; "))
    }

    private mutating func report(_ value: String, _ path: InputPath, _ constraint: String) {
        count += 1
        guard count <= Self.longestList else { return }
        violations.append("Value\(value) at \(path.quoted) failed to satisfy constraint: Member must \(constraint)")
    }
}

extension InputChecker {
    private mutating func check(_ value: InputValue?, _ member: InputShape.Member, at path: InputPath) {
        if let value {
            check(value, member.shape, at: path)
        } else if member.isRequired {
            report(" null", path, "not be null")
        }
    }

    private mutating func check(
        _ text: String, _ length: ClosedRange<Int>, _ pattern: TextPattern?, _ words: [String], at path: InputPath
    ) {
        let value = Self.shown(text)
        let scalars = text.unicodeScalars.count
        checkRange(scalars, length, value, "have length", at: path)
        if !words.isEmpty, !words.contains(text) {
            report(value, path, "satisfy enum value set: [\(words.joined(separator: ", "))]")
        }
        if text.utf8.contains(0) { report(value, path, "not contain the character U+0000") }
        // A text that is too long is not matched: that would take as long as a client likes.
        if let pattern, scalars <= length.upperBound, !pattern.matches(text) {
            report(value, path, "satisfy regular expression pattern: \(pattern.source)")
        }
    }

    private mutating func check(_ number: Double, _ range: ClosedRange<Double>, at path: InputPath) {
        let bounds = (range.lowerBound.formatted, range.upperBound.formatted)
        if number < range.lowerBound { report(" '\(number)'", path, "have value greater than or equal to \(bounds.0)") }
        if number > range.upperBound { report(" '\(number)'", path, "have value less than or equal to \(bounds.1)") }
    }

    private mutating func check(_ integer: Int, _ range: ClosedRange<Int>, at path: InputPath) {
        checkRange(integer, range, " '\(integer)'", "have value", at: path)
    }

    private mutating func check(blob count: Int, _ range: ClosedRange<Int>, at path: InputPath) {
        if count > range.upperBound, path == InputPath(["Image", "Bytes"]) { isImageTooLarge = true }
        checkRange(count, range, "", "have length", at: path)
    }

    private mutating func check(
        _ values: [InputValue], _ element: InputShape, _ range: ClosedRange<Int>, at path: InputPath
    ) {
        checkRange(values.count, range, "", "have length", at: path)
        guard values.count <= range.upperBound else { return }
        for (index, value) in values.enumerated() {
            check(value, element, at: path.appending("\(index + 1)").appending("member"))
        }
    }

    private mutating func check(
        _ entries: [String: InputValue], _ key: InputShape, _ value: InputShape, _ range: ClosedRange<Int>,
        at path: InputPath
    ) {
        checkRange(entries.count, range, "", "have length", at: path)
        guard entries.count <= range.upperBound else { return }
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            let place = path.appending("\(index + 1)")
            check(.text(entry.key), key, at: place.appending("key"))
            check(entry.value, value, at: place.appending("value"))
        }
    }

    private mutating func checkRange(
        _ number: Int, _ range: ClosedRange<Int>, _ value: String, _ what: String, at path: InputPath
    ) {
        if number < range.lowerBound { report(value, path, "\(what) greater than or equal to \(range.lowerBound)") }
        if number > range.upperBound { report(value, path, "\(what) less than or equal to \(range.upperBound)") }
    }

    /// A text of a client in a message: the beginning of a long one.
    private static func shown(_ text: String) -> String {
        let beginning = text.unicodeScalars.prefix(64)
        return " '\(String(beginning))\(beginning.endIndex == text.unicodeScalars.endIndex ? "" : "…")'"
    }
}

extension Double {
    /// A bound as the service model writes it: without `.0`.
    fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
