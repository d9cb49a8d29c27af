internal import Foundation
internal import FoundationXML

/// An element of a small XML document: its name without prefix, its text, its elements.
struct XMLElement {
    let name: String
    fileprivate(set) var text = ""
    fileprivate(set) var elements: [XMLElement] = []

    /// The first element called `name`.
    func first(_ name: String) -> XMLElement? { elements.first { $0.name == name } }

    /// The root of the document `bytes`; `nil` where that is not well-formed.
    ///
    /// No entity is fetched from elsewhere; the caller limits the bytes.
    static func root(of bytes: Data) -> XMLElement? {
        guard !bytes.isEmpty else { return nil }
        let builder = Builder()
        let parser = XMLParser(data: bytes)
        parser.shouldResolveExternalEntities = false
        parser.delegate = builder
        guard parser.parse() else { return nil }
        return builder.root
    }

    private final class Builder: NSObject, XMLParserDelegate {
        private(set) var root: XMLElement?
        private var open: [XMLElement] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append(XMLElement(name: name.split(separator: ":").last.map(String.init) ?? name))
            // What S3 answers is 4 deep.
            if open.count > 32 { parser.abortParsing() }
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if !open.isEmpty { open[open.count - 1].text += text }
        }

        func parser(_ parser: XMLParser, foundCDATA bytes: Data) {
            if !open.isEmpty { open[open.count - 1].text += String(decoding: bytes, as: UTF8.self) }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            guard let element = open.popLast() else { return }
            if open.isEmpty { root = element } else { open[open.count - 1].elements.append(element) }
        }
    }
}
