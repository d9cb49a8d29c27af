internal import Foundation
internal import Moderation
internal import Store

/// One job array: a folder of its own, with the script, and for each task the ids of its trials and its log.
struct Launch: Sendable {
    /// The folder; its name is the launch's own.
    let folder: URL
    /// The trials of each task.
    let chunks: [[Digest]]

    /// The name of the job array, by which Slurm finds it.
    var jobName: String { "moderato-\(folder.lastPathComponent)" }
    /// What each task runs.
    var scriptFile: URL { folder.appending(path: "job.sh") }

    /// The names of the logs, as Slurm writes them: `%a` is the task's number.
    static let logPattern = "%a.log"

    /// The chunk file of a task.
    func chunk(of task: Int) -> Chunk { Chunk(file: folder.appending(path: "\(task).trials")) }

    /// The log of a task.
    func log(of task: Int) -> URL { folder.appending(path: "\(task).log") }

    /// A new launch of `chunks` below `folder`, with its files; nothing is submitted.
    init(of chunks: [[Digest]], below folder: URL, script: (URL) -> JobScript) throws {
        // Not a digest: the same trials may be launched again while Slurm still knows their first tasks.
        let name = UUID().uuidString.lowercased().prefix(8)
        self.folder = folder.appending(path: "\(name)")
        self.chunks = chunks
        for (task, trials) in chunks.enumerated() { try chunk(of: task).write(trials) }
        try AtomicFile.write(Data(script(self.folder).text.utf8), to: scriptFile, durability: .system)
    }

    /// The launch in `folder`, as far as it was written: trials of a damaged file are nobody's, and launched anew.
    init(reading folder: URL) {
        self.folder = folder
        var chunks: [[Digest]] = []
        while true {
            let chunk = Chunk(file: folder.appending(path: "\(chunks.count).trials"))
            guard FileManager.default.fileExists(atPath: chunk.file.path) else { break }
            chunks.append((try? chunk.trials()) ?? [])
        }
        self.chunks = chunks
    }

    /// Keeps the number of the job array: from now on the launch is known to be submitted.
    func write(_ job: Job) throws {
        let text = try job.json(keys: .convertToSnakeCase, pretty: true)
        try AtomicFile.write(Data("\(text)\n".utf8), to: jobFile)
    }

    /// Whether it was surely submitted; one that was not may have been, by a process that was killed meanwhile.
    var isSubmitted: Bool { FileManager.default.fileExists(atPath: jobFile.path) }

    private var jobFile: URL { folder.appending(path: "job.json") }

    /// Removes the folder; what is left of it is no launch.
    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// What is known of a submitted launch.
    struct Job: Encodable {
        let job: String
        let name: String
        let tasks: Int
        let trials: Int
        let experiment: String
        let host: String
        let submittedAt: String
    }
}
