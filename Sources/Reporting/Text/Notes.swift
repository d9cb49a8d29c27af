/// Numbered notes under a table, each said once: `—¹` and below `¹ there are no …`; several are `—¹,²`.
struct Notes: Equatable {
    /// The texts in the order first used.
    private(set) var texts: [String] = []

    /// The marks of `texts`, noted if they are new; empty for none.
    mutating func mark(_ texts: [String]) -> String {
        texts.map { mark($0) }.joined(separator: ",")
    }

    /// The mark of `text`, noted if it is new.
    mutating func mark(_ text: String) -> String {
        let index = texts.firstIndex(of: text) ?? texts.count
        if index == texts.count { texts.append(text) }
        return Notes.superscript(index + 1)
    }

    /// One line per note.
    var lines: [String] {
        texts.enumerated().map { "\(Notes.superscript($0.offset + 1)) \($0.element)" }
    }

    private static func superscript(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap(\.wholeNumberValue).map { digits[$0] })
    }
}
