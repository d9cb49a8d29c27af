/// Pieces of GitHub Flavored Markdown.
enum MarkdownText {
    /// A table whose columns in `numeric` are aligned right; what stands between bars is escaped here, also in code.
    static func table(_ header: [String], numeric: Set<Int> = [], rows: [[String]]) -> [String] {
        let rule = header.indices.map { numeric.contains($0) ? "---:" : "---" }
        return ([header, rule] + rows).map { row in
            "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
    }

    /// The notes below a table, with an empty line before and after.
    static func notes(_ notes: Notes) -> [String] {
        [""] + (notes.lines.isEmpty ? [] : [notes.lines.map(plain).joined(separator: "\\\n"), ""])
    }

    /// `text` as itself on one line, whatever characters it holds; pairs of backticks stay code.
    static func plain(_ text: String) -> String {
        Inline.segments(text).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? escaped($0.element) : code($0.element) }.joined()
    }

    /// A `<` before a digit opens no tag.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for (character, next) in zip(text, text.dropFirst().map(Optional.some) + [nil]) {
            let isSpecial = "\\`*_#~".contains(character) || character == "<" && next?.isASCIIDigit != true
            if isSpecial { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result.withoutControls
    }

    /// `text` as code on one line, also where it holds a backtick.
    static func code(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 }).withoutControls
        guard line.contains("`") else { return "`\(line)`" }
        let longest = line.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(line) \(fence)"
    }

    /// A section that opens on a click; its summary is HTML, where Markdown's escapes would be seen.
    static func folded(_ summary: String, _ lines: [String]) -> [String] {
        let html = summary.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return ["<details><summary>\(html)</summary>", ""] + lines + ["", "</details>", ""]
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
