/// Columns of text, each as wide as its widest cell.
enum TextTable {
    /// The table of `rows` below `header`; columns at `rightAligned` hold numbers.
    static func text(_ header: [String], _ rows: [[String]], rightAligned: Set<Int> = []) -> String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            let cells = line.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - line[column].count)
                return rightAligned.contains(column) ? padding + line[column] : line[column] + padding
            }
            let text = cells.joined(separator: "  ")
            return String(text.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
