/// Blocks as GitHub Flavored Markdown.
enum MarkdownDocument {
    /// `blocks` with an empty line between any two.
    static func text(_ blocks: [Block]) -> String { blocks.map(text).joined(separator: "\n\n") }

    private static func text(_ block: Block) -> String {
        switch block {
        case .heading(let level, let title): String(repeating: "#", count: level) + " " + text(title)
        case .paragraph(let prose): text(prose)
        case .list(let items): items.map { "- " + text($0) }.joined(separator: "\n")
        case .table(let table): text(table)
        case .commands(let lines): (["```sh"] + lines + ["```"]).joined(separator: "\n")
        case .folded(let summary, let blocks): closed(MarkdownText.folded(summary, [text(blocks)]))
        case .picture(let picture): "![\(MarkdownText.plain(picture.description))](\(picture.file))"
        }
    }

    static func text(_ prose: Inline) -> String {
        prose.pieces.map { piece in
            switch piece {
            case .text(let text): MarkdownText.plain(text)
            case .code(let text): MarkdownText.code(text)
            case .strong(let text): text.isEmpty ? "" : "**\(MarkdownText.plain(text))**"
            }
        }.joined()
    }

    private static func text(_ table: DocumentTable) -> String {
        let rows = table.rows.map { $0.map(text) }
        return closed(
            MarkdownText.table(table.header.map(text), numeric: table.numeric, rows: rows)
                + MarkdownText.notes(table.notes))
    }

    /// `lines` as a text, without the empty one at their end.
    private static func closed(_ lines: [String]) -> String { lines.dropLast().joined(separator: "\n") }
}
