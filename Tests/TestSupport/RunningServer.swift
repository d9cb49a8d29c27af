public import Foundation

/// `moderato serve` as a process of its own, on a free port of the loopback, until it is stopped.
public final class RunningServer: Sendable {
    /// Why it does not listen.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Where it listens: `http://127.0.0.1:40123`.
    public let url: String
    /// What it says on standard error, a file.
    public let log: URL
    private let process: Process

    /// Starts it and waits until it listens.
    ///
    /// - Parameters:
    ///   - arguments: what follows `serve --port 0`.
    ///   - folder: the working directory.
    ///   - environment: variables to set.
    public init(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws {
        log = FileManager.default.temporaryDirectory.appending(path: "serve-\(UUID().uuidString).log")
        try Data().write(to: log)
        process = Process()
        process.executableURL = Program.moderato
        process.arguments = ["serve", "--port", "0"] + arguments
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        variables["MODERATO_ONNXRUNTIME"] = variables["MODERATO_ONNXRUNTIME"] ?? Program.onnxRuntime
        process.environment = variables
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        url = try Self.url(process, log)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: log)
    }

    /// The process's number.
    public var identifier: Int32 { process.processIdentifier }

    /// Everything it has said so far.
    public var talk: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Sends `signal` and waits until the process has ended; its exit code, or 128 and the signal's number.
    public func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        let code = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? 128 + code : code
    }

    /// The address that it says it listens on; it has half a minute, for machines that are busy.
    private static func url(_ process: Process, _ log: URL) throws -> String {
        for _ in 0..<600 {
            let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            if let match = said.firstMatch(of: /listening on (http:\/\/[0-9.]+:[0-9]+)["\n]/) { return String(match.1) }
            guard process.isRunning else { throw Failure(description: "serve ended: \(said)") }
            Thread.sleep(forTimeInterval: 0.05)
        }
        kill(process.processIdentifier, SIGKILL)
        throw Failure(description: "serve says no address")
    }
}
