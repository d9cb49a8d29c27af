internal import Dispatch
internal import Foundation

/// A program of the system, found on the PATH.
enum ExternalProgram {
    /// How a program ended.
    struct Outcome {
        let status: Int32
        /// What it printed, without white space around it.
        let output: String
    }

    /// What becomes of standard error.
    enum Errors {
        case dropped
        case mergedIntoOutput
    }

    /// Runs `command`, a name and its arguments, to its end, or to a request to stop; `nil` where it cannot be started.
    static func run(_ command: [String], errors: Errors, cancellation: Cancellation = Cancellation()) -> Outcome? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        // One pipe for both: with two, a program that fills the one that is not read would wait for ever.
        let output = Pipe()
        process.standardOutput = output
        process.standardError = errors == .dropped ? FileHandle.nullDevice : output
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let watch = DispatchSource.makeTimerSource(queue: .global())
        watch.schedule(deadline: .now(), repeating: .milliseconds(100))
        watch.setEventHandler { if cancellation.isRequested { process.terminate() } }
        watch.activate()
        defer { watch.cancel() }
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Whether `name` is on the PATH.
    static func isInstalled(_ name: String) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
}
