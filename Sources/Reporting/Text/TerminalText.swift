/// Prose for a terminal.
enum TerminalText {
    /// `text` without control characters, broken at spaces into lines of at most `width` columns, all but the first indented;
    /// a longer word keeps a line of its own.
    static func wrapped(_ text: String, width: Int = 100) -> [String] {
        var lines: [String] = []
        for word in text.withoutControls.split(separator: " ") {
            if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append((lines.isEmpty ? "" : "  ") + word)
            }
        }
        return lines
    }
}
