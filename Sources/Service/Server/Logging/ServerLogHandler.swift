internal import Foundation
internal import Harness
public import Logging

/// Writes one line an event to standard error: no value can begin a line or a field of its own.
public struct ServerLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes each line, with its end; standard error by default.
    public init(
        format: LogFormat, level: Logger.Level, write: @escaping @Sendable (String) -> Void = Self.toStandardError
    ) {
        self.format = format
        logLevel = level
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        let time = Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        switch format {
        case .text: write(Self.text(time + "Z", event, fields))
        case .json: write(Self.json(time + "Z", event, fields))
        }
    }

    /// One call for each line, so that lines of several threads do not mix.
    @Sendable public static func toStandardError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    private static func text(_ time: String, _ event: LogEvent, _ fields: [String: String]) -> String {
        let pairs = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted($0.value))" }
        return "\(time) \(event.level) \(plain("\(event.message)"))\(pairs.joined())\n"
    }

    private static func json(_ time: String, _ event: LogEvent, _ fields: [String: String]) -> String {
        var members: [String: JSONValue] = fields.mapValues { value in
            Int(value).map(JSONValue.integer) ?? Double(value).flatMap { $0.isFinite ? .number($0) : nil }
                ?? .text(value)
        }
        // Identifiers of digits alone are no numbers.
        for name in ["account", "request_id"] { members[name] = fields[name].map(JSONValue.text) }
        members["time"] = .text(time)
        members["level"] = .text(event.level.rawValue)
        members["message"] = .text("\(event.message)")
        return JSONValue.object(members).text() + "\n"
    }

    /// `value` as it stands where it is one plain word, in quotation marks elsewhere.
    private static func quoted(_ value: String) -> String {
        let isWord =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "=" }
        return isWord ? value : JSONValue.text(plain(value)).text()
    }

    /// `text` with what ends lines, moves cursors or turns writing round taken out.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
