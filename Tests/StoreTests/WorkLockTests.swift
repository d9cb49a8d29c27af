import Foundation
import Synchronization
import Testing

@testable import Store

@Suite struct WorkLockTests {
    @Test func oneAtATimeAndGoneAfterwards() throws {
        try withFolder { folder in
            let file = folder.appending(path: "locks/a.lock")
            do {
                let lock = try #require(try WorkLock.take(file))
                #expect(try WorkLock.take(file) == nil)
                #expect(try WorkLock.take(folder.appending(path: "locks/b.lock")) != nil)
                #expect(files(below: folder) == ["locks/a.lock"])
                withExtendedLifetime(lock) {}
            }
            #expect(files(below: folder) == [])
            #expect(try WorkLock.take(file) != nil)
        }
    }

    @Test func waitsForTheHolderOrUntilToldToStop() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.lock")
            let holder = Holder(try WorkLock.take(file))
            var looks = 0
            let none = try WorkLock.wait(file) {
                looks += 1
                return looks > 2
            }
            #expect(none == nil && looks == 3)
            Thread.detachNewThread { holder.giveUp() }
            let lock = try WorkLock.wait(file) { false }
            #expect(lock != nil && holder.hasGivenUp)
        }
    }

    /// Threads take and give up one lock as fast as they can, which unlinks and makes its file thousands of times.
    @Test func noTwoEverHoldIt() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.lock")
            let holders = Atomic(0)
            let most = Atomic(0)
            let taken = Atomic(0)
            DispatchQueue.concurrentPerform(iterations: 8000) { _ in
                guard let lock = try? WorkLock.take(file) else { return }
                most.max(holders.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue, ordering: .relaxed)
                taken.wrappingAdd(1, ordering: .relaxed)
                holders.wrappingSubtract(1, ordering: .acquiringAndReleasing)
                withExtendedLifetime(lock) {}
            }
            #expect(most.load(ordering: .relaxed) == 1)
            #expect(taken.load(ordering: .relaxed) > 100)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == [])
        }
    }

    @Test func aKilledHolderHoldsNothing() async throws {
        try await withFolder { folder in
            let place = folder.path
            await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as String] in
                let lock = try WorkLock.take(URL(filePath: place).appending(path: "a.lock"))
                kill(getpid(), SIGKILL)
                withExtendedLifetime(lock) {}
            }
            #expect(files(below: folder) == ["a.lock"])
            let isFree = try WorkLock.take(folder.appending(path: "a.lock")) != nil
            #expect(isFree)
            #expect(files(below: folder) == [])
        }
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
        try withFolder { folder in
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: StoreError.self) { try WorkLock.take(file.appending(path: "a.lock")) }
            #expect(error?.description.contains("a file stands where a folder should be") == true)
        }
    }
}

/// A lock that another thread gives up.
private final class Holder: Sendable {
    private let lock: Mutex<WorkLock?>

    init(_ lock: WorkLock?) { self.lock = Mutex(lock) }

    var hasGivenUp: Bool { lock.withLock { $0 == nil } }

    func giveUp() { lock.withLock { $0 = nil } }
}
