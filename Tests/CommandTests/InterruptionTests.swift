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

    /// What an uninterrupted run leaves: trials and results, byte for byte. Which images share a segment of the embedding
    /// cache depends on where a run was stopped, and logs tell of executions.
    private static func lasting(_ project: TemporaryProject) throws -> [String: Data] {
        try project.files().filter { path, _ in
            path.hasPrefix("Results/") || path.hasPrefix(".moderato/trials/") || path.hasPrefix(".moderato/images/")
        }.filter { !$0.key.hasSuffix(".json") || $0.key.hasPrefix("Results/") }
    }

    @Test func fiftyKillsAtRandomInstantsChangeNoByte() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "repeats: 2", with: "repeats: 30"))
        let began = ContinuousClock.now
        let whole = try Program.run(["run", file.path])
        let length = Int((ContinuousClock.now - began) / .milliseconds(1))
        let expected = try Self.lasting(project)
        #expect(whole.status == 0 && expected.count > 90)

        let seed = UInt64.random(in: 1...UInt64.max)
        var random = SplitMix(state: seed)
        var kills = 0
        while kills < 50 {
            for folder in [".moderato", "Results"] {
                try FileManager.default.removeItem(at: project.root.appending(path: folder))
            }
            // From an empty store to the end, killed again and again: while it embeds, trains, reports.
            while true {
                let delay = Int.random(in: 0...length, using: &random)
                let run = try Program.run(["run", file.path]) { process in
                    usleep(useconds_t(delay * 1000))
                    kill(process, SIGKILL)
                }
                if run.status == 0 { break }
                #expect(run.status == 128 + SIGKILL, "\(run.talk), seed \(seed)")
                kills += 1
            }
            let last = try Program.run(["run", file.path])
            #expect(last.output == whole.output && last.talk.contains("0 trained now"), "seed \(seed)")
            let left = try Self.lasting(project)
            let others = Set(left.keys).union(expected.keys).filter { left[$0] != expected[$0] }
            #expect(others.isEmpty, "\(others.sorted()), seed \(seed)")
            #expect(try project.files(below: ".moderato").keys.allSatisfy { !$0.contains(".tmp-") }, "seed \(seed)")
        }
    }

    @Test func twoRunsAtOnceShareTheWork() async throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "repeats: 2", with: "repeats: 60"))
        let outcomes = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
            for _ in 0..<2 { group.addTask { try Program.run(["run", file.path, "--jobs", "1"]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.status) == [0, 0], "\(outcomes.map(\.talk))")
        #expect(outcomes[0].output == outcomes[1].output)
        #expect(Self.trialCount(project.root) == 180)
        // Each trial is trained by one of them, and neither trains all unless the other was late.
        let trained = outcomes.map { outcome in
            outcome.talk.firstMatch(of: /180 trials: (\d+) trained now/).flatMap { Int($0.1) } ?? -1
        }
        #expect(trained.reduce(0, +) == 180, "\(trained)")
    }

    /// A process that dies while another waits for its trials leaves these to it.
    @Test func whatAKilledProcessLeavesTheOtherFinishes() async throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "repeats: 2", with: "repeats: 100"))
        let root = project.root
        async let killed = Program.run(["run", file.path]) { process in
            Self.wait { Self.trialCount(root) >= 20 }
            kill(process, SIGKILL)
        }
        async let other = Program.run(["run", file.path])
        #expect(try await killed.status == 128 + SIGKILL)
        #expect(try await other.status == 0)
        #expect(Self.trialCount(root) == 300)
    }
}

/// Random numbers from a seed that a failure can name (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
