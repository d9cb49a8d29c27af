/// Blocks as HTML.
struct HTMLDocument {
    /// The pictures of the blocks, by the names of their files.
    var figures: [String: HTML] = [:]
    /// How many levels headings go down from the blocks' own.
    var depth = 0

    func html(_ blocks: [Block]) -> HTML { .joined(blocks.map(html), separator: "\n") }

    func html(_ block: Block) -> HTML {
        switch block {
        case .heading(let level, let title): .element("h\(min(level + depth, 6))", [:], HTMLDocument.html(title))
        case .paragraph(let prose): .element("p", [:], HTMLDocument.html(prose))
        case .list(let items): .element("ul", [:], of: items.map { .element("li", [:], HTMLDocument.html($0)) })
        case .table(let table): HTMLDocument.html(table)
        case .commands(let lines): HTMLDocument.commands(lines)
        case .folded(let summary, let blocks):
            HTMLDocument.folded(HTML(summary), html(blocks))
        case .picture(let picture): figures[picture.file] ?? HTML(picture.description)
        }
    }

    static func html(_ prose: Inline) -> HTML {
        .joined(
            prose.pieces.map { piece in
                switch piece {
                case .text(let text): html(text)
                case .code(let text): .element("code", [:], HTML(text))
                case .strong(let text): .element("strong", [:], HTML(text))
                }
            })
    }

    private static func html(_ text: String) -> HTML {
        .joined(
            Inline.segments(text).enumerated().map { place, segment in
                place.isMultiple(of: 2) ? HTML(segment) : .element("code", [:], HTML(segment))
            })
    }

    static func folded(_ summary: HTML, _ content: HTML, class name: String? = nil) -> HTML {
        .element("details", ["class": name], .element("summary", [:], summary), content)
    }

    /// Lines to be copied; the page's script adds a button to each such block.
    static func commands(_ lines: [String]) -> HTML {
        .element(
            "div", ["class": "commands"],
            .element("pre", ["tabindex": "0"], .element("code", [:], HTML(lines.joined(separator: "\n")))))
    }

    /// A table in a box of its own that scrolls, also by keyboard, where the page is narrow.
    static func scrolling(_ caption: String, _ table: HTML) -> HTML {
        .element("div", ["class": "scroll", "role": "group", "aria-label": caption, "tabindex": "0"], table)
    }

    /// The head of a column: its arrow stays with the word before it.
    static func columnHead(_ title: HTML) -> HTML {
        HTML(trusted: title.source.replacing(" ↓", with: "\u{A0}↓").replacing(" ↑", with: "\u{A0}↑"))
    }

    static func caption(_ text: String) -> HTML { .element("caption", ["class": "unseen"], HTML(text)) }

    static func notes(_ notes: [String]) -> HTML {
        notes.isEmpty ? "" : .element("ul", ["class": "notes"], of: notes.map { .element("li", [:], html($0)) })
    }

    private static func html(_ table: DocumentTable) -> HTML {
        let isBare = table.header.allSatisfy { html($0).source.isEmpty }
        let header = table.header.enumerated().map { column, title in
            HTML.element("th", ["scope": "col", "class": style(column, table)], columnHead(html(title)))
        }
        let head = isBare ? "" : HTML.element("thead", [:], .element("tr", [:], of: header))
        let isAgain = zip(table.rows, [nil] + table.rows.map(\.first)).map { row, above in row.first == above }
        let rows = zip(table.rows, isAgain).map { row, isAgain in
            HTML.element(
                "tr", ["class": isAgain ? "again" : nil], of: row.enumerated().map { cell($1, at: $0, in: table) })
        }
        let body = HTML.element("table", [:], caption(table.caption), head, .element("tbody", [:], of: rows))
        return .joined([scrolling(table.caption, body), notes(table.notes.lines)])
    }

    /// The first cell of a row says what the row is about.
    private static func cell(_ content: Inline, at column: Int, in table: DocumentTable) -> HTML {
        let style = content.length > longest ? "long" : style(column, table)
        return column == 0
            ? .element("th", ["scope": "row", "class": style], html(content))
            : .element("td", ["class": style], html(content))
    }

    /// Cells of more characters than this are broken into lines.
    private static let longest = 40

    private static func style(_ column: Int, _ table: DocumentTable) -> String? {
        table.numeric.contains(column) ? "number" : nil
    }
}
