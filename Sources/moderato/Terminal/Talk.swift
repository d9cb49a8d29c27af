internal import Foundation

/// What is said to a person: standard error, so that standard output stays data.
enum Talk {
    /// Whether a person watches.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Whether colour may be used: never needed to understand, and never with `NO_COLOR` (no-color.org).
    static var usesColor: Bool {
        let environment = ProcessInfo.processInfo.environment
        let isForbidden = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isatty(STDOUT_FILENO) == 1 && !isForbidden && environment["TERM"] != "dumb"
    }

    /// Says one line.
    static func say(_ line: String) { write(line + "\n") }

    /// Writes `text` as it stands.
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
