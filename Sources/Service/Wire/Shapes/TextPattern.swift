/// A regular expression of the service model, which a text must match from its beginning to its end.
///
/// Letters, digits and white space in it are those of the model's language: `\d` and `\S` speak of ASCII, `.` of all but
/// line ends, and each Unicode scalar is one character.
struct TextPattern: Sendable, ExpressibleByStringLiteral {
    /// As the service model writes it.
    let source: String
    private let expression: Compiled

    init(stringLiteral source: String) {
        self.source = source
        do {
            expression = Compiled(regex: try Regex(source))
        } catch {
            preconditionFailure("the pattern `\(source)` is no regular expression: \(error)")
        }
    }

    /// Whether all of `text` matches.
    func matches(_ text: String) -> Bool { text.wholeMatch(of: expression.regex) != nil }

    /// `Regex` is not declared `Sendable` because parsers of one's own may stand in one; one that is read from text has none.
    private struct Compiled: @unchecked Sendable {
        let regex: Regex<AnyRegexOutput>

        init(regex: Regex<AnyRegexOutput>) {
            self.regex = regex.matchingSemantics(.unicodeScalar).asciiOnlyDigits().asciiOnlyWhitespace()
        }
    }
}
