public import Foundation

/// The built executable, run as a user runs it.
public struct Program: Sendable {
    /// What a run of the program printed and how it ended.
    public struct Outcome: Sendable {
        /// The exit code, or 128 and the signal's number where a signal ended it.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let talk: String
    }

    /// The executable beside the test bundle.
    public static let moderato: URL = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "moderato")

    /// Runs `moderato` with `arguments` until it ends.
    ///
    /// - Parameters:
    ///   - user: the user to run as, where this process is root.
    ///   - folder: the working directory.
    ///   - environment: variables to set; an empty value removes one.
    ///   - interrupting: called with the running process's number, to disturb it.
    public static func run(
        as user: Int? = nil, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
        interrupting: (@Sendable (Int32) -> Void)? = nil
    ) throws -> Outcome {
        let command = (user.map { ["setpriv", "--reuid=\($0)", "--clear-groups"] } ?? []) + [moderato.path] + arguments
        return try launch(command, in: folder, environment: environment, interrupting: interrupting)
    }

    /// Runs `script` with a shell, whose `$0` is the program.
    public static func shell(_ script: String) throws -> Outcome {
        try launch(["bash", "-c", script, moderato.path], in: nil, environment: [:], interrupting: nil)
    }

    private static func launch(
        _ command: [String], in folder: URL?, environment: [String: String],
        interrupting: (@Sendable (Int32) -> Void)?
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value.isEmpty ? nil : value }
        variables["MODERATO_ONNXRUNTIME"] = variables["MODERATO_ONNXRUNTIME"] ?? onnxRuntime
        process.environment = variables
        // Files, not pipes: a full pipe would stop the program, and nobody reads while it runs.
        let spool = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: spool) }
        let output = spool.appending(path: "output"), talk = spool.appending(path: "talk")
        for file in [output, talk] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: talk)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        interrupting?(process.processIdentifier)
        process.waitUntilExit()
        let code = process.terminationStatus
        return Outcome(
            status: process.terminationReason == .uncaughtSignal ? 128 + code : code,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            talk: String(decoding: try Data(contentsOf: talk), as: UTF8.self))
    }

    /// Projects in temporary folders have no set-up of their own; they use the library that this one installed.
    public static let onnxRuntime: String? = {
        let packages = Oracle.projectRoot.appending(path: ".moderato/python/lib")
        let paths = FileManager.default.enumerator(at: packages, includingPropertiesForKeys: nil)
        while let file = paths?.nextObject() as? URL {
            if file.lastPathComponent.hasPrefix("libonnxruntime.so") { return file.path }
        }
        return nil
    }()
}
