internal import Foundation

/// A Slurm cluster of its own on this machine: a real controller and one real node, up from `init` to `deinit`.
///
/// The daemons belong to a script that waits for the end of its standard input, so that they go even where the process
/// of the tests dies.
public final class SlurmCluster: Sendable {
    /// Whether this machine has the daemons.
    public static let isInstalled = ["slurmctld", "slurmd", "munged", "sbatch"].allSatisfy { program in
        ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// Why a cluster did not come up.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let script: Process
    private let input = Pipe()
    private let configuration: String

    /// What a program needs in its environment to find the cluster.
    public var environment: [String: String] { ["SLURM_CONF": configuration] }

    /// Brings the cluster up; takes about 1.5 s.
    public init() throws {
        script = Process()
        script.executableURL = Self.scriptFile
        script.arguments = ["bash", "-c", "echo $SLURM_CONF; cat"]
        script.standardInput = input
        let output = Pipe()
        script.standardOutput = output
        try script.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line += byte
        }
        configuration = String(decoding: line, as: UTF8.self)
        guard !configuration.isEmpty else { throw Failure(description: "the cluster did not come up") }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        script.waitUntilExit()
    }

    /// Kills the controller as a power cut would; jobs and node go on without it.
    public func killController() throws {
        let file = URL(filePath: configuration).deletingLastPathComponent().appending(path: "slurmctld.pid")
        let number = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let process = Int32(number), kill(process, SIGKILL) == 0 else {
            throw Failure(description: "the controller \(number) cannot be killed")
        }
    }

    /// Starts the controller again.
    public func startController() throws { try run([Self.scriptFile.path, "controller"]) }

    /// Puts the node back to work where the controller took it out: one that was killed has forgotten the last seconds,
    /// starts tasks that run already, and blames the node. On a real cluster an administrator does this.
    public func resumeNode() throws {
        guard try run(["sinfo", "--noheader", "--format=%T"]).contains("drain") else { return }
        let node = try run(["sinfo", "--noheader", "--format=%n"]).trimmingCharacters(in: .whitespacesAndNewlines)
        try run(["scontrol", "update", "nodename=\(node)", "state=resume"])
    }

    /// What one of Slurm's commands prints.
    @discardableResult
    public func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command) ended with \(process.terminationStatus)")
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// The numbers of all job arrays that the cluster knows, in order.
    public func jobs() throws -> [String] {
        Set(try run(["squeue", "--noheader", "--states=all", "--format=%F"]).split(separator: "\n").map(String.init))
            .sorted()
    }

    private static let scriptFile = Oracle.projectRoot.appending(path: "Scripts/slurm-on-loopback.sh")
}
