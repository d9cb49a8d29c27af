import Foundation

/// Text with markers 1️⃣, 2️⃣ ... before the places where findings are expected, so that positions can be read.
struct MarkedText {
    /// The text without its markers.
    let text: String
    /// `line:column` of each marker, in the order of the digits.
    let places: [String]

    private static let digits = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"]

    init(_ marked: String) {
        var places: [String: String] = [:]
        var text = ""
        var line = 1, column = 1
        for character in marked {
            let symbol = String(character)
            if Self.digits.contains(symbol) {
                places[symbol] = "\(line):\(column)"
            } else {
                text.append(character)
                (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
            }
        }
        self.text = text
        self.places = Self.digits.compactMap { places[$0] }
    }
}
