import Foundation
import TestSupport
import Testing

/// `moderato run --launcher slurm` on a real controller and node, which have a bad day.
@Suite(
    .serialized, .enabled(if: SlurmCluster.isInstalled, "Slurm is not installed: `make test` does it"))
struct SlurmTests {
    private static let launcher = """
        launcher: slurm
        time: 5
        trials_per_task: 4
        retries: 3
        """

    /// Three adapters on 12 divisions of real images: 36 trials in 9 tasks.
    private static func sweep() throws -> String {
        let file = Oracle.projectRoot.appending(path: "Experiments/smoke.yaml")
        return try String(contentsOf: file, encoding: .utf8).replacing("repeats: 2", with: "repeats: 12")
            .replacing("[openmoji, noto, gemojione]", with: "[openmoji]")
    }

    private static let shared = ["Datasets", "Experiments/base-models", ".moderato/models", ".moderato/python"]

    private static func wait(until condition: () -> Bool) {
        let deadline = Date.now + 150
        while !condition(), Date.now < deadline { usleep(20_000) }
    }

    private static func wait(resuming cluster: SlurmCluster, until condition: () -> Bool) throws {
        let deadline = Date.now + 150
        while !condition(), Date.now < deadline {
            try cluster.resumeNode()
            usleep(200_000)
        }
    }

    private static func trialCount(_ root: URL) -> Int {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path + "/.moderato/trials")) ?? []
        return paths.count { $0.hasSuffix(".h5") }
    }

    /// Whether a process holds the lock `file`.
    private static func isHeld(_ file: String) -> Bool {
        let descriptor = open(file, O_RDONLY)
        defer { close(descriptor) }
        return descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    /// The files that are a function of the project's content alone.
    private static func determined(_ project: TemporaryProject) throws -> [String: Data] {
        try [".moderato/trials", ".moderato/images", "Results"].reduce(into: [:]) { all, folder in
            for (path, bytes) in try project.files(below: folder) { all["\(folder)/\(path)"] = bytes }
        }
    }

    /// What the documentation shows is what runs say.
    private static func page() throws -> String {
        try String(contentsOf: Oracle.projectRoot.appending(path: "docs/clusters.md"), encoding: .utf8)
    }

    /// A project with the tiny network, an experiment and a launcher.
    private static func tinyProject(
        _ experiment: String = TemporaryProject.experiment, launcher: String = launcher
    ) throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.experiment(experiment)
        try project.write("Experiments/launchers/slurm.yaml", launcher)
        return project
    }

    private static func run(_ project: TemporaryProject, on cluster: SlurmCluster) throws -> Program.Outcome {
        try Program.run(
            ["run", "Experiments/e.yaml", "--launcher", "slurm"], in: project.root, environment: cluster.environment)
    }

    /// The submitting process is killed, then the controller; another process comes back while the controller is away;
    /// tasks are cancelled behind its back. The bytes are those of a local run.
    @Test func aSweepOutlivesItsClusterAndItsFollower() throws {
        let local = try TemporaryProject.sharingWithThisOne(Self.shared)
        try local.write("Experiments/e.yaml", Self.sweep())
        let expected = try Program.run(["run", "Experiments/e.yaml"], in: local.root)
        #expect(expected.status == 0, "\(expected.talk)")

        let project = try TemporaryProject.sharingWithThisOne(Self.shared)
        try project.write("Experiments/e.yaml", Self.sweep())
        try project.write("quick.yaml", Self.launcher)
        for cache in [".moderato/embeddings", ".moderato/fingerprints"] {
            try FileManager.default.copyItem(
                at: local.root.appending(path: cache), to: project.root.appending(path: cache))
        }
        let root = project.root
        let cluster = try SlurmCluster()
        let command = ["run", "Experiments/e.yaml", "--launcher", "./quick.yaml"]
        let killed = try Program.run(command, in: root, environment: cluster.environment) { process in
            Self.wait { Self.trialCount(root) > 0 }
            kill(process, SIGKILL)
            #expect(throws: Never.self) { try cluster.killController() }
        }
        #expect(killed.status == 128 + SIGKILL)
        #expect(killed.talk.contains("job 1: 36 trials in 9 tasks"), "\(killed.talk)")

        let run = try Program.run(command, in: root, environment: cluster.environment) { process in
            // Under the lock it asks for the job; after the message timeout it knows that the controller is gone.
            Self.wait { Self.isHeld(root.path + "/.moderato/launches/lock") }
            sleep(6)
            #expect(throws: Never.self) {
                try cluster.startController()
                try cluster.run(["scancel", "1_8"])
                try Self.wait(resuming: cluster) { Self.trialCount(root) > 10 }
                try cluster.run(["scancel", "--state=RUNNING", "1"])
                try Self.wait(resuming: cluster) { Self.trialCount(root) == 36 }
            }
            if Self.trialCount(root) < 36 { kill(process, SIGKILL) }
        }
        #expect(run.status == 0, "\(run.talk)")
        #expect(run.output == expected.output)
        #expect(run.talk.contains("Slurm does not answer (") && run.talk.contains("Slurm answers again"), "\(run.talk)")
        #expect(run.talk.contains("following job 1, "), "\(run.talk)")
        // It is gone when it is looked for, or later: its trials are submitted again either way.
        #expect(run.talk.contains(#/4 trials submitted again|job 2: 4 trials in 1 task/#), "\(run.talk)")
        #expect(Self.trialCount(root) == 36)
        #expect(try Self.determined(project) == Self.determined(local))
    }

    /// Of two runs at once one submits; the other follows the same job. ^C ends the following, not the job. A third run
    /// finds the job by its name, though what was noted of it is lost.
    @Test func followersComeAndGo() async throws {
        let project = try Self.tinyProject(TemporaryProject.experiment.replacing("repeats: 2", with: "repeats: 8"))
        let root = project.root
        let cluster = try SlurmCluster()
        let command = ["run", "Experiments/e.yaml", "--launcher", "slurm"]
        async let following = Task.detached { try Self.run(project, on: cluster) }.value
        let left = try Program.run(command, in: root, environment: cluster.environment) { process in
            Self.wait { Self.trialCount(root) > 0 }
            // Keeps the tasks that have not begun from beginning; scontrol complains of those that have.
            _ = try? cluster.run(["scontrol", "hold", "1"])
            kill(process, SIGINT)
        }
        #expect(left.status == 130)
        let farewell = """
            interrupted; job 1 goes on, and the same command follows it again
              hint: `scancel 1` ends it

            """
        #expect(left.talk.hasSuffix(farewell), "\(left.talk)")
        #expect(try Self.page().contains(farewell.replacing("\n", with: "\n  ").dropLast(2)))

        for path in try project.files(below: ".moderato/launches").keys where path.hasSuffix("job.json") {
            try FileManager.default.removeItem(at: root.appending(path: ".moderato/launches/\(path)"))
        }
        let back = try Program.run(command, in: root, environment: cluster.environment) { _ in
            sleep(3)
            _ = try? cluster.run(["scontrol", "release", "1"])
        }
        #expect(back.status == 0, "\(back.talk)")
        #expect(back.talk.contains("following job 1, "), "\(back.talk)")
        let followed = try await following
        #expect(followed.status == 0, "\(followed.talk)")
        #expect([left, followed].count { $0.talk.contains("job 1: 24 trials in 6 tasks") } == 1)
        #expect(back.output == followed.output)

        let again = try Self.run(project, on: cluster)
        #expect(again.output == followed.output)
        #expect(again.talk.contains("24 trials: 0 trained now, 24 were finished"), "\(again.talk)")
        #expect(try cluster.jobs() == ["1"])
    }

    /// What is lost every time is tried `retries` times more, and then named; what cannot be fitted is not tried again.
    @Test func failuresAreNamed() throws {
        let cluster = try SlurmCluster()
        let lost = try Self.tinyProject(launcher: "launcher: slurm\nretries: 1\nsetup: exit 7")
        let gone = try Self.run(lost, on: cluster)
        #expect(gone.status == 3)
        #expect(gone.talk.contains("task 0 of job 1 ended as FAILED (log: .moderato/launches/"), "\(gone.talk)")
        #expect(gone.talk.contains("; 6 trials submitted again"), "\(gone.talk)")
        #expect(gone.talk.contains("no trial could be fitted"), "\(gone.talk)")
        #expect(gone.talk.contains("ridge, repetition 0: task 0 of job 2 ended as FAILED (log: "), "\(gone.talk)")
        #expect(try cluster.jobs() == ["1", "2"])

        let unfit = TemporaryProject.experiment + "\ntraining_size: 1\n"
        let project = try Self.tinyProject(unfit), local = try Self.tinyProject(unfit)
        let run = try Self.run(project, on: cluster)
        #expect(run.status == 3)
        #expect(run.talk.contains("6 trials: 2 trained now, 0 were finished, 4 failed"), "\(run.talk)")
        #expect(try cluster.jobs() == ["1", "2", "3"])
        #expect(try Program.run(["run", "Experiments/e.yaml"], in: local.root).output == run.output)
        #expect(try Self.determined(project) == Self.determined(local))
    }

    /// What Slurm refuses is one sentence in its words, with a hint, and leaves nothing behind.
    @Test func refusalsAreSaidInSlurmsWords() throws {
        let cluster = try SlurmCluster()
        let project = try Self.tinyProject(launcher: "launcher: slurm\npartition: gpu")
        let refused = try Self.run(project, on: cluster)
        #expect(refused.status == 2)
        let complaint = """
            error: Slurm does not take the job: invalid partition specified: gpu; \
            Batch job submission failed: Invalid partition name specified
              hint: `sinfo` lists the partitions; `partition` in the launcher file names one

            """
        #expect(refused.talk.hasSuffix(complaint), "\(refused.talk)")
        #expect(try Self.page().contains(complaint))
        let left = try FileManager.default.contentsOfDirectory(atPath: project.root.path + "/.moderato/launches")
        #expect(left.isEmpty, "\(left)")
        try cluster.killController()
        let away = try Self.run(project, on: cluster)
        #expect(away.status == 2)
        #expect(away.talk.contains("error: Slurm does not take the job: "), "\(away.talk)")
    }
}
