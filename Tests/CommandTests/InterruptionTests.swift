import Foundation
import TestSupport
import Testing

/// A run that is stopped loses nothing that was finished, and the next one ends as if nothing had been.
@Suite struct InterruptionTests {
    /// Enough trials that a signal falls into their middle.
    private static let long = TemporaryProject.experiment.replacingOccurrences(of: "repeats: 2", with: "repeats: 150")

    private static func wait(until condition: () -> Bool) {
        let deadline = Date.now + 60
        while !condition(), Date.now < deadline { usleep(2_000) }
    }

    private static func trialCount(_ root: URL) -> Int {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path + "/.moderato/trials")) ?? []
        return paths.count { $0.hasSuffix(".h5") }
    }

    @Test(arguments: [SIGKILL, SIGINT, SIGTERM]) func aStoppedRunGoesOnAndEndsInTheSameBytes(signal: Int32) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(Self.long)
        let root = project.root
        let stopped = try Program.run(["run", file.path]) { process in
            Self.wait { Self.trialCount(root) >= 40 }
            kill(process, signal)
        }
        #expect(stopped.status == (signal == SIGKILL ? 128 + SIGKILL : 130))
        let finished = Self.trialCount(root)
        #expect(finished >= 40 && finished < 450)
        if signal != SIGKILL { #expect(stopped.talk.contains("the same command goes on from here")) }

        let resumed = try Program.run(["run", file.path])
        #expect(resumed.status == 0, "\(resumed.talk)")
        // What stood there when the run was stopped is not trained again; a file or two may have been under way.
        #expect(resumed.talk.contains("450 trials: \(450 - finished) trained now, \(finished) were finished"))
        let bytes = try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        #expect(bytes.count == 450)
        #expect(try project.files(below: ".moderato").keys.allSatisfy { !$0.contains(".tmp-") })

        try FileManager.default.removeItem(at: root.appending(path: ".moderato"))
        #expect(try Program.run(["run", file.path]).output == resumed.output)
        let whole = try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        #expect(whole == bytes)
    }

    @Test func twoRunsAtOnceDoNotDisturbEachOther() async throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "repeats: 2", with: "repeats: 60"))
        let outcomes = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
            for _ in 0..<2 { group.addTask { try Program.run(["run", file.path]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.status) == [0, 0], "\(outcomes.map(\.talk))")
        #expect(outcomes[0].output == outcomes[1].output)
        #expect(Self.trialCount(project.root) == 180)
    }
}
