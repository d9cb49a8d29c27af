import Foundation
import TestSupport
import Testing

/// The shipped experiment `smoke`, on real images through the real network.
@Suite struct SmokeTests {
    private func run(_ project: TemporaryProject) throws -> (trials: [String: Data], results: [String: Data]) {
        let run = try Program.run(["run", "Experiments/smoke.yaml"], in: project.root)
        #expect(run.status == 0, "\(run.talk)")
        return (
            try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") },
            try project.files(below: "Results/moderato/smoke")
        )
    }

    @Test func rerunningItGivesTheSameBytes() throws {
        let first = try run(.sharingWithThisOne()), second = try run(.sharingWithThisOne())
        #expect(first.trials.count == 6)
        #expect(first.trials == second.trials)
        #expect(first.results == second.results)
    }

    /// On another type of CPU the network's last bits may differ, and with them a count here or there; on the machines
    /// this was made for, the committed report comes out again.
    @Test func theCommittedReportComesOutAgain() throws {
        let results = try run(.sharingWithThisOne()).results
        for (path, data) in results {
            let committed = try Data(contentsOf: Oracle.projectRoot.appending(path: "Results/moderato/smoke/\(path)"))
            #expect(data == committed, "\(path)")
        }
        #expect(results.count == 12)
    }
}
