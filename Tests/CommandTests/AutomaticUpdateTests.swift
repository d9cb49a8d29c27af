import Foundation
import TestSupport
import Testing

/// `auto_update: true`: a run moves the project's adapters after its report.
@Suite struct AutomaticUpdateTests {
    private func run(_ project: UpdateProject, _ more: String...) throws -> Program.Outcome {
        try Program.run(["run", "Experiments/e.yaml"] + more, in: project.root)
    }

    /// The experiment on another base model than the adapter's.
    private static func moved(_ project: UpdateProject, to baseModel: String) throws {
        try project.adapters.project.experiment(
            TemporaryProject.experiment.replacing("base_model: tiny", with: "base_model: \(baseModel)"))
    }

    @Test func aRunOnAnotherBaseModelMovesTheAdapters() throws {
        let project = try UpdateProject(more: "auto_update: true\n")
        // On its own base model there is nothing to do.
        let same = try run(project)
        #expect(same.status == 0 && !same.talk.contains("updating"))
        #expect(try project.versions() == ["a/1 trained"])
        try Self.moved(project, to: "bright")
        let moved = try run(project)
        #expect(moved.status == 0, "\(moved.talk)")
        #expect(moved.talk.contains("updating the adapters of project `p` to bright"))
        #expect(moved.talk.contains("`p/a/2` takes over from `p/a/1`") && moved.talk.contains("p/a/1 → 2"))
        #expect(!moved.output.contains("takes over") && moved.output.contains("base model"))
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained"])
        #expect(try !run(project).talk.contains("updating"))
    }

    @Test func theProjectsBaseModelCountsBeforeTheExperiments() throws {
        let project = try UpdateProject(more: "auto_update: true\nbase_model: bright\n")
        let moved = try run(project)
        #expect(moved.status == 0 && moved.talk.contains("to bright"), "\(moved.talk)")
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained"])
    }

    @Test func withoutTheWordNothingIsMoved() throws {
        let project = try UpdateProject(more: "base_model: bright\n")
        #expect(try run(project).status == 0)
        #expect(try project.versions() == ["a/1 trained"])
    }

    @Test func aGateThatFailsLosesNoReport() throws {
        let project = try UpdateProject(margin: 0.05, more: "auto_update: true\n")
        try Self.moved(project, to: "blind")
        let report = project.root.appending(path: "Results/p/e/report.md")
        try FileManager.default.removeItem(at: report)
        let run = try run(project, "--json", "--quiet")
        #expect(run.status == 5, "\(run.talk)")
        #expect(run.talk.contains("`p/a/1` stays in use") && run.talk.contains("fail"))
        #expect(try UpdateProject.objects(run.output) is [String: Any])
        #expect(FileManager.default.fileExists(atPath: report.path))
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
        // The report stands, and the gate is still not passed.
        #expect(try self.run(project).status == 5)
    }

    /// What failed in the run counts before what is wrong behind it.
    @Test func aMistakeInTheProjectFileHidesNoFailedTrial() throws {
        let project = try UpdateProject(more: "auto_update: perhaps\n")
        try project.adapters.project.experiment(TemporaryProject.experiment + "\ntraining_size: 1\n")
        let run = try run(project)
        #expect(run.status == 3, "\(run.talk)")
        #expect(run.output.contains("failed: ridge") && run.talk.contains("`auto_update` is `true` or `false`"))
    }

    @Test func aMistakeInTheProjectFileLosesNoReport() throws {
        let project = try UpdateProject(more: "auto_update: perhaps\n")
        let report = project.root.appending(path: "Results/p/e/report.md")
        try FileManager.default.removeItem(at: report)
        let run = try run(project)
        #expect(run.status == 1 && run.talk.contains("`auto_update` is `true` or `false`"), "\(run.talk)")
        #expect(FileManager.default.fileExists(atPath: report.path) && !run.output.isEmpty)
    }
}
