import Foundation
import TestSupport
import Testing

/// `--launcher` and `moderato work` where there is no cluster.
@Suite struct LauncherCommandTests {
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.experiment()
        try project.write("Experiments/launchers/slurm.yaml", "launcher: slurm\n")
        return project
    }

    @Test func whereThereIsNoSlurmThatIsSaidBeforeAnythingIsDone() throws {
        let project = try project()
        let before = try project.files()
        let run = try Program.run(
            ["run", "Experiments/e.yaml", "--launcher", "slurm"], in: project.root, environment: ["PATH": "/nowhere"])
        #expect(run.status == 2)
        #expect(run.talk.hasPrefix("error: `sbatch` is not on the PATH\n  hint: "), "\(run.talk)")
        #expect(try project.files() == before)
    }

    @Test func aLauncherThatIsNotThereIsNamed() throws {
        let project = try project()
        let run = try Program.run(["run", "Experiments/e.yaml", "--launcher", "slrum"], in: project.root)
        #expect(run.status == 1)
        #expect(
            run.talk.contains("there is no launcher `slrum`: no file Experiments/launchers/slrum.yaml"), "\(run.talk)")
    }

    @Test func tasksCannotStopAtTheFirstFailure() throws {
        let project = try project()
        let run = try Program.run(
            ["run", "Experiments/e.yaml", "--launcher", "slurm", "--fail-fast"], in: project.root)
        #expect(run.status == 64)
        #expect(run.talk.contains("--fail-fast is not for --launcher"), "\(run.talk)")
    }

    private struct Line: Decodable { let trial: String }

    /// Two tasks together give what a run gives, and either does nothing the second time.
    @Test func tasksTrainTheirChunksAndNothingElse() throws {
        let project = try project(), local = try self.project()
        let plan = try Program.run(["plan", "Experiments/e.yaml", "--json"], in: project.root)
        let trials = try JSONDecoder().decode([Line].self, from: Data(plan.output.utf8)).map(\.trial)
        #expect(trials.count == 6)
        for (number, chunk) in [trials[..<2], trials[2...]].enumerated() {
            let file = "\(number).trials"
            try project.write(file, chunk.joined(separator: "\n"))
            let work = ["work", "Experiments/e.yaml", "--chunk", file]
            let first = try Program.run(work, in: project.root)
            #expect(first.status == 0 && first.output.isEmpty, "\(first.talk)")
            #expect(first.talk.contains("training trials: \(chunk.count) to do"))
            #expect(try !Program.run(work, in: project.root).talk.contains("training trials"))
        }
        #expect(try Program.run(["run", "Experiments/e.yaml"], in: local.root).status == 0)
        let files = try [project, local].map { project in
            try project.files(below: ".moderato/trials").filter { $0.key.hasSuffix(".h5") }
        }
        #expect(files[0] == files[1] && files[0].count == 6)
        #expect(try project.files(below: "Results").isEmpty)
    }

    @Test func aTaskThatPlansOtherTrialsSaysSo() throws {
        let project = try project()
        try project.write("0.trials", String(repeating: "0", count: 64))
        let work = try Program.run(["work", "Experiments/e.yaml", "--chunk", "0.trials"], in: project.root)
        #expect(work.status == 2)
        #expect(work.talk.contains("error: 1 of 1 trials are not in the plan of this machine"), "\(work.talk)")
        #expect(!FileManager.default.fileExists(atPath: project.root.appending(path: ".moderato/trials").path))
    }
}
