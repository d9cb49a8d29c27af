/// A block of a document, which Markdown and HTML write in their own ways: they cannot tell different things.
enum Block: Equatable {
    /// A title; levels count from 1.
    case heading(Int, Inline)
    case paragraph(Inline)
    case list([Inline])
    case table(DocumentTable)
    /// Lines of commands.
    case commands([String])
    /// What opens on a click on its summary.
    case folded(String, [Block])
    /// A picture in a file of its own beside the document.
    case picture(Picture)

    /// A picture by the name of its file.
    struct Picture: Equatable {
        let file: String
        /// What it shows.
        let description: String
    }
}

/// A table of a document, with the notes below it.
struct DocumentTable: Equatable {
    /// What the table holds, for those who hear it; a reader sees the text above it.
    let caption: String
    /// Empty texts where the first column says it all.
    let header: [Inline]
    /// The columns aligned right.
    let numeric: Set<Int>
    let rows: [[Inline]]
    /// Lines below it.
    let notes: Notes

    init(
        _ caption: String, _ header: [Inline], numeric: Set<Int> = [], rows: [[Inline]], notes: Notes = Notes()
    ) {
        self.caption = caption
        self.header = header
        self.numeric = numeric
        self.rows = rows
        self.notes = notes
    }
}
