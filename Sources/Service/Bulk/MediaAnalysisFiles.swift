internal import Crypto
internal import Foundation
internal import Harness
internal import Store
internal import Synchronization

/// The jobs of an account on disk, in its folder `Jobs`: `<id>.json` is a job, and `open/<id>` what an open one works with.
///
/// The files are the truth, for all servers of one folder; what never changes any more is remembered.
final class MediaAnalysisFiles: Sendable {
    /// How long a job can be asked for.
    static let retentionMilliseconds = 365 * 24 * 60 * 60 * 1000

    private let account: Account
    private let folder: URL
    private let ended = Mutex<[String: MediaAnalysisJob]>([:])
    private let starting = NSLock()

    init(_ account: Account) {
        self.account = account
        folder = account.workspace.root.appending(path: "Jobs")
    }

    /// The id of the job that `token` of a client starts, the same at every time.
    func id(for token: String) throws -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("job\n\(account.id)\n\(token)".utf8), using: try AccountKey.read(account))
        return code.map { String(format: "%02x", $0) }.joined()
    }

    /// The job `id`; `nil` where there is none, or its file cannot be read.
    func job(_ id: String) -> MediaAnalysisJob? {
        if let job = ended.withLock({ $0[id] }) { return job }
        guard Self.isID(id), let bytes = try? Data(contentsOf: file(of: id)),
            let job = try? MediaAnalysisFile.job(in: bytes), job.id == id
        else { return nil }
        if !job.isOpen { ended.withLock { $0[id] = job } }
        return job
    }

    /// The job `id`; `nil` where there is none.
    ///
    /// - Throws: `.resourceNotFound` for one whose file cannot be read: it is not lost, and is not made anew, and no other try
    ///   would mend it.
    func existing(_ id: String) throws(ServiceError) -> MediaAnalysisJob? {
        if let job = job(id) { return job }
        guard isDamaged(id) else { return nil }
        throw ServiceError(
            .resourceNotFound,
            "the record of media analysis job \(id) is damaged or of another version of Moderato; the server's log says more",
            fault: "Jobs/\(id).json cannot be read: restore it, or delete it and start the job again")
    }

    /// The ids of the jobs whose files cannot be read.
    func damaged() -> [String] { names(in: folder).compactMap { Self.id(ofFile: $0) }.filter(isDamaged) }

    private func isDamaged(_ id: String) -> Bool {
        Self.isID(id) && FileManager.default.fileExists(atPath: file(of: id).path) && job(id) == nil
    }

    /// All jobs, in no order.
    func all() -> [MediaAnalysisJob] { names(in: folder).compactMap { Self.id(ofFile: $0) }.compactMap(job) }

    /// The open jobs, in the order in which they were started.
    func open() -> [MediaAnalysisJob] {
        names(in: folder.appending(path: "open")).compactMap(job).filter(\.isOpen).sorted { $0.place > $1.place }
    }

    func write(_ job: MediaAnalysisJob) throws {
        try AtomicFile.write(try MediaAnalysisFile.content(job), to: file(of: job.id))
    }

    /// The folder of what the open job `id` works with.
    func workFolder(of id: String) -> URL { folder.appending(path: "open/\(id)") }

    /// The manifest of the open job `id`, as it was when the job was started.
    func manifest(of id: String) -> URL { workFolder(of: id).appending(path: Self.manifestName) }

    /// The right to work on the job `id`; waits for other servers of the folder. `nil` when told to stop.
    func lock(_ id: String, _ cancellation: Cancellation) throws -> WorkLock? {
        try WorkLock.wait(folder.appending(path: "\(id).lock")) { cancellation.isRequested }
    }

    /// Does `body` while nobody else starts a job of this account.
    func whileStarting<Value>(_ body: () throws -> Value) throws -> Value {
        try starting.withLock {
            let lock = try WorkLock.wait(folder.appending(path: "start.lock")) { false }
            defer { withExtendedLifetime(lock) {} }
            return try body()
        }
    }

    /// Puts `job` on disk with its manifest; from then on it is done, whatever happens. For who holds the lock.
    func create(_ job: MediaAnalysisJob, manifest: Data) throws {
        // Of a job that was never written, there may be a folder.
        removeWork(of: job.id)
        _ = try AtomicFolder.write([(name: Self.manifestName, bytes: manifest)], to: workFolder(of: job.id))
        try write(job)
    }

    /// Removes what the job `id` worked with.
    func removeWork(of id: String) {
        try? FileManager.default.removeItem(at: workFolder(of: id))
    }

    /// Removes what a crash left, and jobs that were started before `milliseconds` and have ended.
    func sweep(before milliseconds: Int) throws {
        try whileStarting {
            for job in all() where !job.isOpen && job.createdMilliseconds < milliseconds {
                try? FileManager.default.removeItem(at: file(of: job.id))
                ended.withLock { $0[job.id] = nil }
            }
            for id in names(in: folder.appending(path: "open")) where !isNeeded(id) { removeWork(of: id) }
            if FileManager.default.fileExists(atPath: folder.path) { try AtomicFile.sweep(folder) }
        }
    }

    /// Whether the folder of the open job `id` is to stay: also that of one whose file cannot be read, for who mends it.
    private func isNeeded(_ id: String) -> Bool {
        job(id)?.isOpen ?? FileManager.default.fileExists(atPath: file(of: id).path)
    }

    private static let manifestName = "manifest.jsonl"

    private func file(of id: String) -> URL { folder.appending(path: "\(id).json") }

    private func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private static func id(ofFile name: String) -> String? { name.hasSuffix(".json") ? String(name.dropLast(5)) : nil }

    private static func isID(_ text: String) -> Bool { text.wholeMatch(of: /[0-9a-f]{64}/) != nil }
}

/// A job's file.
private enum MediaAnalysisFile {
    private struct Content: Codable {
        let layout: Int
        let job: MediaAnalysisJob
    }

    static func content(_ job: MediaAnalysisJob) throws -> Data {
        try Content(layout: MediaAnalysisJob.layout, job: job).jsonFile(keys: .convertToSnakeCase)
    }

    static func job(in bytes: Data) throws -> MediaAnalysisJob {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let content = try decoder.decode(Content.self, from: bytes)
        guard content.layout == MediaAnalysisJob.layout else { throw OtherLayout(found: content.layout) }
        return content.job
    }
}
