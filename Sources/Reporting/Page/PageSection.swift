/// A part of the page that the navigation leads to.
struct PageSection {
    /// The anchor: letters and dashes.
    let id: String
    let title: Inline
    /// The word in the navigation.
    let name: String
    let content: HTML

    init(_ id: String, _ title: Inline, name: String, _ content: HTML) {
        self.id = id
        self.title = title
        self.name = name
        self.content = content
    }

    /// The section of `blocks`, whose first is its title; none where there are none.
    init?(_ id: String, name: String, _ blocks: [Block]) {
        guard case .heading(_, let title) = blocks.first else { return nil }
        self.init(id, title, name: name, HTMLDocument().html(Array(blocks.dropFirst())))
    }

    var html: HTML {
        .element(
            "section", ["id": id, "aria-labelledby": "\(id)-title"],
            .element("h2", ["id": "\(id)-title"], HTMLDocument.html(title)), content)
    }

    var link: HTML { .element("li", [:], .element("a", ["href": "#\(id)"], HTML(name))) }
}
