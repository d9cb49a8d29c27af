/// A piece of HTML. Text enters only through ``init(_:)``, a literal or an attribute, all of which escape it: whoever names an
/// adapter `</script>` gets its name shown.
struct HTML: ExpressibleByStringLiteral {
    let source: String

    /// `text` as character data.
    init(_ text: String) { source = HTML.escaped(text) }

    init(stringLiteral text: String) { self.init(text) }

    /// What is HTML or SVG already: of this program's own making, all foreign text in it escaped.
    init(trusted source: String) { self.source = source }

    /// `<name …>content</name>`; attributes without a value are left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: HTML...
    ) -> HTML {
        element(name, attributes, of: content)
    }

    /// `<name …>content</name>`; attributes without a value are left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], of content: [HTML]
    ) -> HTML {
        HTML(trusted: "\(start(name, attributes))\(content.map(\.source).joined())</\(name)>")
    }

    /// An element that holds nothing: `<input>`, `<meta>`.
    static func void(_ name: String, _ attributes: KeyValuePairs<String, String?>) -> HTML {
        HTML(trusted: start(name, attributes))
    }

    /// The pieces one after another.
    static func joined(_ pieces: [HTML], separator: String = "") -> HTML {
        HTML(trusted: pieces.map(\.source).joined(separator: separator))
    }

    private static func start(_ name: String, _ attributes: KeyValuePairs<String, String?>) -> String {
        let texts = attributes.compactMap { name, value in value.map { " \(name)=\"\(escaped($0))\"" } }
        return "<\(name)\(texts.joined())>"
    }

    /// Line breaks stay; other control characters are not allowed in HTML.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E || "&<>\"'".utf8.contains($0) }) else { return text }
        return text.split(separator: "\n" as Character, omittingEmptySubsequences: false).map { line in
            SVG.escaped(String(line)).replacing("'", with: "&#39;")
        }.joined(separator: "\n")
    }
}
