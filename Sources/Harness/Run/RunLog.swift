internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// What differs from one execution of a trial to the next: of the whole run, and of each trial; never in the trial itself.
struct RunLog: Encodable {
    let startedAt: String
    let jobs: Int
    let machine: Machine
    let versions: Versions
    let source: Source

    /// A trial that the run ended.
    struct Trial: Encodable {
        let trial: String
        let finishedAt: String
        let wallSeconds: Double
        /// The most memory that the process held up to then.
        let peakBytes: Int
        /// Digest of every bit of the embeddings that training started from.
        let embeddings: String
    }

    /// Where it ran.
    struct Machine: Encodable {
        let host: String
        let system: String
        let cores: Int
        let memoryBytes: UInt64
    }

    /// What it ran on.
    struct Versions: Encodable {
        let moderato: String
        let onnxRuntime: String
        let openblas: String
    }

    /// The state of the project's files, where they are under git.
    struct Source: Encodable, Sendable {
        let commit: String?
        let isDirty: Bool?
    }
}

extension RunLog.Machine {
    static var current: RunLog.Machine {
        let process = ProcessInfo.processInfo
        return RunLog.Machine(
            host: process.hostName, system: process.operatingSystemVersionString,
            cores: process.activeProcessorCount, memoryBytes: process.physicalMemory)
    }
}

extension RunLog.Source {
    /// The state of the git checkout that holds `folder`.
    static func state(of folder: URL) -> RunLog.Source {
        let commit = git(["rev-parse", "HEAD"], in: folder)
        let changes = git(["status", "--porcelain"], in: folder)
        return RunLog.Source(commit: commit, isDirty: changes.map { !$0.isEmpty })
    }

    /// What git prints, or `nil` where there is no git or no checkout.
    private static func git(_ arguments: [String], in folder: URL) -> String? {
        let outcome = ExternalProgram.run(["git", "-C", folder.path] + arguments, errors: .dropped)
        return outcome?.status == 0 ? outcome?.output : nil
    }
}

/// Largest memory this process has held so far, in bytes.
func peakResidentBytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
}
