/// A line of prose in a document: plain text, code and emphasis, whatever characters they hold.
struct Inline: Equatable, ExpressibleByStringInterpolation {
    private(set) var pieces: [Piece]

    enum Piece: Equatable {
        /// Pairs of backticks in it are code.
        case text(String)
        case code(String)
        case strong(String)
    }

    /// `text`, in which pairs of backticks are code.
    init(_ text: String) { pieces = [.text(text)] }

    init(stringLiteral text: String) { self.init(text) }

    private init(pieces: [Piece]) { self.pieces = pieces }

    static func code(_ text: String) -> Inline { Inline(pieces: [.code(text)]) }
    static func strong(_ text: String) -> Inline { Inline(pieces: [.strong(text)]) }

    static func + (left: Inline, right: Inline) -> Inline { Inline(pieces: left.pieces + right.pieces) }

    /// Number of characters.
    var length: Int {
        pieces.reduce(0) { length, piece in
            switch piece {
            case .text(let text), .code(let text), .strong(let text): length + text.count
            }
        }
    }

    /// `text` cut at its pairs of backticks: plain and code by turns, plain first; whole where a backtick has no partner.
    static func segments(_ text: String) -> [String] {
        let segments = text.split(separator: "`" as Character, omittingEmptySubsequences: false).map(String.init)
        return segments.count.isMultiple(of: 2) ? [text] : segments
    }
}
