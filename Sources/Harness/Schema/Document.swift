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

    /// No file meant for a person has more; a few lines of aliases of aliases would have billions.
    private static let maximumValues = 100_000

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
            guard YAMLValue.count(in: node, limit: Document.maximumValues) <= Document.maximumValues else {
                throw Findings([
                    Finding(
                        "the file has more than \(Document.maximumValues) values, those behind aliases counted each time",
                        at: Place(file: file, line: 0))
                ])
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
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = Place(file: file, line: mark.line, column: mark.column)
            let reason = [context?.text, problem].compactMap { $0 }.joined(separator: " ")
            return Finding("this is not YAML that can be read here: \(reason)", at: place)
        case .reader(let problem, _, _, _):
            return Finding("this is not YAML: \(problem)", at: Place(file: file, line: 0))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let mark = context.mark
            let names = Names.list(duplicates.map { String(describing: $0) }.sorted())
            return Finding("the key \(names) stands twice", at: Place(file: file, line: mark.line, column: mark.column))
        default:
            return Finding("this is not YAML: \(error)", at: Place(file: file, line: 0))
        }
    }
}
