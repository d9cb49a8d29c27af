public import Moderation
internal import Yams

/// A YAML file with the places of its values.
public struct Document: Sendable {
    /// The file as the user named it.
    public let file: String
    /// The comment lines before the first value, without their `#`.
    public let head: String
    /// The value of the whole file.
    let root: YAMLValue

    /// Reads the YAML in `text`, the content of `file`.
    ///
    /// - Throws: one finding where the text is not YAML, or not a single document.
    public init(_ text: String, file: String) throws(Findings) {
        self.file = file
        self.head = Document.head(of: text)
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw Findings([Finding("the file is empty", at: Place(file: file, line: 0))])
            }
            root = YAMLValue(node: node, file: file)
        } catch let findings as Findings {
            throw findings
        } catch {
            throw Findings([Document.finding(for: error, file: file)])
        }
    }

    private static func head(of text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("#") }
            .map { line in
                let text = line.drop { $0 == "#" }
                return text.hasPrefix(" ") ? text.dropFirst() : text
            }
            .joined(separator: "\n")
    }

    private static func finding(for error: any Error, file: String) -> Finding {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let place = Place(file: file, line: mark.line, column: mark.column)
            return Finding("this is not YAML: \(problem)", at: place)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let mark = context.mark
            let names = Names.list(duplicates.map { String(describing: $0) }.sorted())
            return Finding("the key \(names) stands twice", at: Place(file: file, line: mark.line, column: mark.column))
        default:
            return Finding("this is not YAML: \(error)", at: Place(file: file, line: 0))
        }
    }
}
