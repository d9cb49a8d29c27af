import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

/// What happens to other processes: two at once, killed ones, ones that the system refuses something.
@Suite struct ProcessTests {
    @Test func twoProcessesGiveTheSameBytes() async throws {
        try await withFolder { folder in
            for name in ["first", "second"] {
                let place = folder.appending(path: name).path
                await #expect(processExitsWith: .success) { [place = place as String] in
                    let store = try TrialStore(folder: URL(filePath: place))
                    for seed in UInt64(0)..<12 { try store.write(TrialRecord.sample(seed: seed)) }
                    try EmbeddingCache.sample(URL(filePath: place)).append(.sample(700))
                }
                // HDF5 counts time in seconds: the second process must not run in the first one's.
                try await Task.sleep(for: .seconds(1))
            }
            let names = storedFiles(below: folder.appending(path: "first"))
            #expect(names.count { $0.hasPrefix("trials/") } == 12)
            #expect(names.count { $0.hasPrefix("embeddings/") } == 2)
            #expect(names == storedFiles(below: folder.appending(path: "second")))
            for name in names {
                let first = try Data(contentsOf: folder.appending(path: "first/\(name)"))
                #expect(try first == Data(contentsOf: folder.appending(path: "second/\(name)")), "\(name)")
            }
        }
    }

    @Test func twoProcessesWriteTheSameTrialsAtOnce() async throws {
        try await withFolder { folder in
            let place = folder.path
            await withTaskGroup { group in
                for _ in 0..<2 {
                    group.addTask {
                        await #expect(processExitsWith: .success) { [place = place as String] in
                            let store = try TrialStore(folder: URL(filePath: place))
                            let cache = try EmbeddingCache.sample(URL(filePath: place))
                            for seed in UInt64(0)..<30 {
                                try store.write(TrialRecord.sample(seed: seed, images: 17))
                                try cache.append(.sample(10, first: Int(seed) * 10))
                            }
                        }
                    }
                }
            }
            let store = try TrialStore(folder: folder)
            #expect(try store.ids().count == 30)
            for id in try store.ids() { _ = try store.read(id) }
            let lookup = try EmbeddingCache.sample(folder).load(CachedEmbeddings.sample(300).images)
            #expect(lookup.missing == [] && lookup.damaged == [])
            #expect(storedFiles(below: folder).allSatisfy { $0.hasSuffix(".h5") })
        }
    }

    @Test func manyThreadsWriteAndReadAtOnce() async throws {
        try await withFolder { folder in
            let store = try TrialStore(folder: folder)
            await withTaskGroup { group in
                for thread in 0..<8 {
                    group.addTask {
                        for seed in UInt64(0)..<20 {
                            // Half of the threads write the same trials, half their own.
                            let record = TrialRecord.sample(
                                seed: thread % 2 == 0 ? seed : seed + UInt64(thread) * 100, images: 17)
                            #expect(throws: Never.self) {
                                try store.write(record)
                                _ = try store.read(record.id)
                            }
                        }
                    }
                }
            }
            #expect(try store.ids().count == 5 * 20)
        }
    }

    @Test func aKilledWriterLeavesTheFileAsItWas() async throws {
        try await withFolder { folder in
            let place = folder.path
            let file = folder.appending(path: "report.md")
            var swept = 0
            // Kills that leave no temporary did not hit a write: on a busy machine it takes more of them.
            for round in 0..<64 where round < 8 || swept == 0 {
                await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as String, round = round as Int] in
                    let file = URL(filePath: place).appending(path: "report.md")
                    // Made beforehand, so that the process does nothing but write.
                    let contents = (0..<2).map { Data(repeating: UInt8($0), count: 1 << 22) }
                    try AtomicFile.write(contents[0], to: file)
                    killThisProcess(after: 10_000 + round * 3_137)
                    for number in 1... { try AtomicFile.write(contents[number % 2], to: file) }
                }
                let bytes = try Data(contentsOf: file)
                #expect(bytes.count == 1 << 22 && bytes.allSatisfy { $0 == bytes[0] })
                swept += files(below: folder).count - 1
                try AtomicFile.sweep(folder)
                #expect(files(below: folder) == ["report.md"])
            }
            #expect(swept > 0)
        }
    }

    @Test func aKilledRunLeavesOnlyGoodTrials() async throws {
        try await withFolder { folder in
            let place = folder.path
            var rounds = 0, beyond = 0
            // Each round writes one trial before the kill is set; those beyond show that kills fell between writes.
            for round in 0..<64 where round < 8 || beyond == 0 {
                await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as String, round = round as Int] in
                    let store = try TrialStore(folder: URL(filePath: place))
                    let record = TrialRecord.sample(seed: 1, images: 17, labels: 1)
                    try store.write(record.renamed(Digest(of: "first of \(round)")))
                    killThisProcess(after: 20_000 + round * 3_137)
                    for number in 0... { try store.write(record.renamed(Digest(of: "\(number) of \(round)"))) }
                }
                let store = try TrialStore(folder: folder)
                #expect(storedFiles(below: folder).allSatisfy { $0.hasSuffix(".h5") })
                for id in try store.ids() { _ = try store.read(id) }
                rounds += 1
                beyond = try store.ids().count - rounds
            }
            #expect(beyond > 0)
        }
    }

    @Test func aFullDiskLeavesNothingBehind() async throws {
        try await withFolder { folder in
            let place = folder.path
            try TrialStore(folder: folder).write(TrialRecord.sample(seed: 1, images: 17, labels: 1))
            let before = files(below: folder)
            await #expect(processExitsWith: .success) { [place = place as String] in
                // The same path as for a full disk, which not every machine lets a test make: EFBIG for ENOSPC.
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                let store = try TrialStore(folder: URL(filePath: place))
                // Of the same images, so that the trial itself is what meets the limit.
                let record = TrialRecord.sample(seed: 1, images: 17, labels: 1).renamed(Digest(of: "second"))
                let error = #expect(throws: StoreError.self) { try store.write(record) }
                let file = store.file(of: record.id).path
                #expect(
                    error?.description
                        == "cannot write \(file): the file size limit is reached; raise it (ulimit -f) and run again")
            }
            #expect(files(below: folder) == before)
        }
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "only root may mount a small file system"))
    func aTrulyFullDiskLeavesNothingBehind() throws {
        try withFolder { folder in
            let disk = try SmallDisk(at: folder, size: "128k")
            defer { disk.remove() }
            let store = try TrialStore(folder: folder)
            let error = #expect(throws: StoreError.self) {
                for seed in UInt64(0)..<20 { try store.write(TrialRecord.sample(seed: seed, images: 600, labels: 1)) }
            }
            #expect(error?.description.contains("no space is left; free some and run again") == true)
            #expect(storedFiles(below: folder).allSatisfy { $0.hasSuffix(".h5") })
            for id in try store.ids() { _ = try store.read(id) }
        }
    }

    @Test func aReadOnlyFolderIsReadAndNamed() async throws {
        try await withFolder { folder in
            let place = folder.path
            let record = TrialRecord.sample(seed: 1, images: 17, labels: 1)
            try TrialStore(folder: folder).write(record)
            for path in [place] + (FileManager.default.subpaths(atPath: place) ?? []).map({ "\(place)/\($0)" }) {
                chmod(path, 0o555)
            }
            await #expect(processExitsWith: .success) { [place = place as String] in
                // Root may write anywhere: become nobody.
                if getuid() == 0 { setuid(65534) }
                let store = try TrialStore(folder: URL(filePath: place))
                _ = try store.read(TrialRecord.sample(seed: 1, images: 17, labels: 1).id)
                let error = #expect(throws: StoreError.self) { try store.write(TrialRecord.sample(seed: 2)) }
                #expect(error?.description.hasPrefix("cannot lock \(place)/unsettled/") == true)
                #expect(
                    error?.description.hasSuffix("permission denied; allow it or choose another folder") == true)
            }
            await #expect(processExitsWith: .success) { [place = place as String] in
                chmod("\(place)/trials", 0o000)
                if getuid() == 0 { setuid(65534) }
                let error = #expect(throws: StoreError.self) { try TrialStore(folder: URL(filePath: place)).ids() }
                #expect(error?.description.hasPrefix("cannot list \(place)/trials: permission denied") == true)
            }
            chmod("\(place)/trials", 0o755)
        }
    }
}

/// Ends this process as `kill -9` does, some microseconds from now.
private func killThisProcess(after microseconds: Int) {
    Thread {
        usleep(useconds_t(microseconds))
        kill(getpid(), SIGKILL)
    }.start()
}

/// A file system in memory, small enough to fill.
private struct SmallDisk {
    private let folder: URL

    static let isAvailable: Bool = (try? withFolder { try SmallDisk(at: $0, size: "4k").remove() }) != nil

    init(at folder: URL, size: String) throws {
        self.folder = folder
        try SmallDisk.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(size)", "none", folder.path])
    }

    func remove() {
        try? SmallDisk.run("/bin/umount", [folder.path])
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}

extension EmbeddingCache {
    static func sample(_ folder: URL) throws -> EmbeddingCache {
        try EmbeddingCache(
            folder: folder, baseModel: Digest(of: "model"), dimensions: 8,
            labels: [Label(path: ["Alcohol"]), Label(path: ["Weapons"])])
    }
}
