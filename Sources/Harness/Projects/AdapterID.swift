internal import Moderation

/// What a person calls an adapter of a project: `PROJECT/NAME`, or one version of it, `PROJECT/NAME/NUMBER`.
public struct AdapterID: Sendable, Hashable, CustomStringConvertible {
    /// The project's name.
    public let project: String
    /// The adapter's name in the project.
    public let name: String
    /// The number of the version, from 1; `nil` where none is named.
    public let number: Int?

    /// - Throws: `ProjectError.badName` for a name that Amazon Rekognition would not take.
    public init(project: String, name: String, number: Int? = nil) throws(ProjectError) {
        try Self.check(project: project)
        guard Self.isName(name) else { throw .badName(of: "an adapter", given: name) }
        self.project = project
        self.name = name
        self.number = number
    }

    /// The id written as `text`; throws `ProjectError.badID`.
    public init(_ text: String) throws(ProjectError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let number = parts.count == 3 ? Int(parts[2]) : nil
        guard parts.count == 2 || number.map({ $0 > 0 && String($0) == parts[2] }) == true else {
            throw .badID(given: text)
        }
        try self.init(project: parts[0], name: parts[1], number: number)
    }

    /// Whether `text` is one, rather than the first digits of a trial's id.
    public static func isOne(_ text: String) -> Bool { text.contains("/") }

    /// Whether projects and adapters may be called `text`: 1 to 255 of the letters a to z and A to Z, digits, `.`, `_` and
    /// `-`, as Amazon Rekognition has it; `.` and `..` are folders to every system.
    public static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-zA-Z0-9_.\-]{1,255}/) != nil && text != "." && text != ".."
    }

    /// Throws `ProjectError.badName` unless projects may be called `project`.
    static func check(project: String) throws(ProjectError) {
        guard isName(project) else { throw .badName(of: "a project", given: project) }
    }

    /// The id as it is written.
    public var description: String { "\(project)/\(name)" + (number.map { "/\($0)" } ?? "") }
}
