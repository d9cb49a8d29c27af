/// One thing a user wrote wrong, with its place: what, where, what is allowed, a hint.
public struct Finding: Sendable, Hashable {
    /// Whether the work can go on.
    public enum Severity: String, Sendable, Hashable {
        /// The work cannot go on.
        case error
        /// The work goes on, and this is said.
        case warning
    }

    /// Whether the work can go on.
    public let severity: Severity
    /// Where it was written; `nil` where no single place is at fault.
    public let place: Place?
    /// What is wrong and what is allowed: one sentence, no full stop.
    public let message: String
    /// What would help, or `nil`.
    public let hint: String?

    public init(_ message: String, at place: Place? = nil, hint: String? = nil, severity: Severity = .error) {
        self.severity = severity
        self.place = place
        self.message = message
        self.hint = hint
    }
}

extension Finding: CustomStringConvertible {
    /// `file:line:column: error: message`, and the hint on a line of its own.
    public var description: String {
        let location = place.map { "\($0): " } ?? ""
        let advice = hint.map { "\n  hint: \($0)" } ?? ""
        return "\(location)\(severity.rawValue): \(message)\(advice)"
    }
}

/// A place in a text file.
public struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// The line, from 1; 0 where the whole file is meant.
    public let line: Int
    /// The column in characters, from 1.
    public let column: Int

    public init(file: String, line: Int, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, or the file alone where no line is known.
    public var description: String {
        line > 0 ? "\(file):\(line):\(column)" : file
    }
}

/// Everything wrong with what a user wrote; thrown once, with all of it.
public struct Findings: Error, Sendable, CustomStringConvertible {
    /// The findings, in the order of their places.
    public let all: [Finding]

    /// The findings, sorted by place: those without one come first.
    public init(_ all: [Finding]) {
        self.all = all.sorted { left, right in
            Findings.order(of: left) < Findings.order(of: right)
        }
    }

    /// The findings, one after another.
    public var description: String { all.map(\.description).joined(separator: "\n") }

    private static func order(of finding: Finding) -> (String, Int, Int, String) {
        (finding.place?.file ?? "", finding.place?.line ?? 0, finding.place?.column ?? 0, finding.message)
    }
}
