import Foundation
import TestSupport
import Testing

/// An update that is killed leaves an adapter in use, and the next one ends it.
@Suite struct UpdateInterruptionTests {
    @Test func whatWasCutOffBetweenTheStepsIsEnded() throws {
        let project = try UpdateProject()
        #expect(try project.update().status == 0)
        let whole = try project.versions()
        // After the new version was put to use, before the old one was deprecated.
        try project.setStatus("trained", of: 1)
        #expect(try project.update(to: "bright", "--dry-run").output.contains("it is deprecated: p/a/2 took its place"))
        let ended = try project.update()
        #expect(ended.status == 0 && ended.output == "p/a/1: deprecated, p/a/2 was in use already\n", "\(ended.talk)")
        #expect(try project.versions() == whole)
        // After the new version was made, before it was judged.
        try project.setStatus("trained", of: 1)
        try project.setStatus("candidate", of: 2)
        #expect(try project.update().talk == "`p/a/2` takes over from `p/a/1`, which is deprecated\n")
        #expect(try project.versions() == whole)
    }

    @Test func killsAtAnyInstantLeaveAnAdapterInUse() throws {
        let project = try UpdateProject(margin: 1)
        let random = { (limit: UInt32) in UInt32.random(in: 0..<limit) }
        let began = ContinuousClock.now
        _ = try project.update(to: "bright", "--dry-run")
        let length = UInt32((ContinuousClock.now - began) / .microseconds(1)) * 2
        var target = "bright", kills = 0, updates = 0
        while kills < 25 || updates < 2 {
            let delay = kills < 25 ? random(length) : nil
            let run = try Program.run(["update", "p", "--base-model", target], in: project.root) { process in
                guard let delay else { return }
                usleep(delay)
                kill(process, SIGKILL)
            }
            if run.status == 128 + SIGKILL { kills += 1 } else { #expect(run.status == 0, "\(run.talk)") }
            let shown = try project.adapters.run("adapter", "show", "p/a")
            #expect(shown.status == 0, "after \(kills) kills: \(shown.talk)")
            guard run.status == 0 else { continue }
            updates += 1
            // Of all versions, one is in use, and none is left over.
            let statuses = try project.versions().map { $0.split(separator: " ")[1] }
            #expect(statuses.dropLast().allSatisfy { $0 == "deprecated" } && statuses.last == "trained")
            #expect(statuses.count == updates + 1, "\(statuses)")
            target = target == "bright" ? "tiny" : "bright"
        }
        let left = try project.adapters.project.files().keys.filter { $0.contains(".tmp-") && $0.contains("Projects") }
        #expect(left.isEmpty, "\(left)")
    }

    @Test func twoAtOnceMakeOneVersion() async throws {
        let project = try UpdateProject()
        try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
            for _ in 0..<2 {
                group.addTask { try Program.run(["update", "p", "--base-model", "bright"], in: project.root) }
            }
            for try await run in group { #expect(run.status == 0, "\(run.talk)") }
        }
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained"])
    }
}
