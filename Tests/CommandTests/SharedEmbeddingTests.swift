import Foundation
import TestSupport
import Testing

/// Processes that run at once embed each image once: the others wait, say so, and can be stopped while they wait.
@Suite struct SharedEmbeddingTests {
    /// A project whose embeddings another process seems to be computing: this one holds the lock.
    private struct Busy {
        let project: TemporaryProject
        let file: URL
        private let lock: Int32

        init() throws {
            project = try TemporaryProject()
            try project.makeImages()
            file = try project.experiment()
            #expect(try Program.run(["run", file.path]).status == 0)
            let paths = try project.files(below: ".moderato/embeddings").keys
            let segment = try #require(paths.first { $0.hasSuffix(".h5") })
            let folder = project.root.appending(path: ".moderato/embeddings/\(segment)").deletingLastPathComponent()
            lock = open(folder.appending(path: "work.lock").path, O_RDWR | O_CREAT, 0o644)
            #expect(flock(lock, LOCK_EX) == 0)
            for path in paths {
                try FileManager.default.removeItem(at: project.root.appending(path: ".moderato/embeddings/\(path)"))
            }
            try FileManager.default.removeItem(at: project.root.appending(path: ".moderato/trials"))
        }

        /// The other process ends, and its lock with it.
        func release() { close(lock) }
    }

    @Test func aRunWaitsForTheOneThatEmbeds() throws {
        let busy = try Busy()
        let started = Date.now
        let outcome = try Program.run(["run", busy.file.path]) { _ in
            sleep(2)
            busy.release()
        }
        #expect(outcome.status == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("another process is embedding images with the same base model; waiting for it"))
        #expect(Date.now.timeIntervalSince(started) >= 2)
    }

    @Test func aRunThatWaitsCanBeStopped() throws {
        let busy = try Busy()
        defer { busy.release() }
        let outcome = try Program.run(["run", busy.file.path]) { process in
            sleep(2)
            kill(process, SIGINT)
        }
        #expect(outcome.status == 130, "\(outcome.talk)")
        #expect(try busy.project.files(below: ".moderato/trials").isEmpty)
    }
}
