/// How log lines are written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// `2026-11-22T09:30:00.123Z info request operation=… status=200`, for people.
    case text
    /// A JSON object a line, for programs.
    case json
}
