import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

@Suite struct LaunchTests {
    private func trials(_ count: Int) -> [Digest] { (0..<count).map { Digest(of: "\($0)") } }

    /// All trials, in order, each once; none of the chunks too long, and all of nearly one length.
    @Test(arguments: [0, 1, 7, 99, 100, 101, 5_003], [1, 2, 100, 10_000])
    func chunksHoldEveryTrialOnce(count: Int, size: Int) {
        let all = trials(count)
        let chunks = Chunks.split(all, size: size)
        #expect(Array(chunks.joined()) == all)
        #expect(chunks.count <= Chunks.maximumTasks)
        let lengths = chunks.map(\.count)
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1 && !lengths.contains(0))
        if count <= size * Chunks.maximumTasks { #expect((lengths.max() ?? 0) <= size) }
    }

    /// What `squeue` of Slurm 22.05 printed of an array whose tasks had various fates, and of one whose controller was
    /// killed while it was starting a task.
    @Test func statesAreReadFromWhatSqueuePrints() {
        let printed = """
            moderato-abc|0|1|COMPLETED|None
            moderato-abc|3|1|FAILED|JobLaunchFailure
            moderato-abc|1|1|FAILED|NonZeroExitCode
            moderato-abc|5|1|PENDING|Resources
            moderato-abc|4|1|RUNNING|None
            moderato-abc|6|1|PENDING|launch failed requeued held
            moderato-abc|7|1|PENDING|Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions
            moderato-abc|2|1|COMPLETING|TimeLimit
            moderato-abc|8|1|TIMEOUT|TimeLimit
            moderato-abc|9|1|CANCELLED|None
            job.sh|N/A|8|FAILED|BadConstraints
            squeue: warning: something
            """
        let states = printed.split(separator: "\n").compactMap(TaskState.init)
        #expect(states.map(\.task.number) == [0, 3, 1, 5, 4, 6, 7, 2, 8, 9])
        #expect(states.allSatisfy { $0.task.jobName == "moderato-abc" && $0.job == "1" })
        let phases: [TaskState.Phase] = [
            .ended, .ended, .ended, .waiting, .running, .stuck, .waiting, .running, .ended, .ended,
        ]
        #expect(states.map(\.phase) == phases)
    }

    /// A state that this version does not know is waited for: to submit again what still runs would be worse.
    @Test func anUnknownStateIsWaitedFor() {
        #expect(TaskState(line: "moderato-abc|0|1|HIBERNATING|None")?.isLive == true)
    }

    @Test(arguments: [("12", "12"), ("12;alpha", "12"), ("sbatch: warning: x\n7", "7")])
    func jobNumbersAreReadFromWhatSbatchPrints(output: String, number: String) {
        #expect(Slurm.jobNumber(in: output) == number)
    }

    @Test func complaintsLoseTheNameOfTheProgram() {
        let said = """
            sbatch: error: Memory specification can not be satisfied
            sbatch: error: Batch job submission failed: Requested node configuration is not available
            """
        #expect(
            Slurm.words(said) == "Memory specification can not be satisfied; Batch job submission failed: "
                + "Requested node configuration is not available")
        #expect(
            Slurm.words("slurm_load_jobs error: Unable to contact slurm controller (connect failure)")
                == "slurm_load_jobs error: Unable to contact slurm controller (connect failure)")
        #expect(Slurm.words("") == "it says nothing")
    }

    /// bash is the judge: whatever is in a path, the program gets it as it is.
    @Test func theScriptHandsItsTaskToTheProgram() throws {
        let project = try TemporaryProject()
        let folder = project.root.appending(path: #"it's a "$HOME" \ folder"#)
        let program = folder.appending(path: "mode rato").path
        try project.write(
            #"it's a "$HOME" \ folder/mode rato"#, "#!/bin/sh\nprintf '%s\\n' \"$SET\" \"$@\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let script = JobScript(
            setup: ["export SET=up"], program: program, experiment: folder.appending(path: "e.yaml"), root: folder,
            folder: folder.appending(path: "launch"), usesNativeKernels: true)
        try project.write("job.sh", script.text)
        let run = try Program.shell(
            "SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=2 bash '\(project.root.path)/job.sh'")
        #expect(run.status == 0, "\(run.talk)")
        #expect(
            run.output.split(separator: "\n").map(String.init) == [
                "up", "work", "\(folder.path)/e.yaml", "--root", folder.path, "--native-kernels", "--chunk",
                "\(folder.path)/launch/3.trials", "--jobs", "2",
            ])
    }

    @Test func aChunkIsReadAsItWasWritten() throws {
        let project = try TemporaryProject()
        let chunk = Chunk(file: project.root.appending(path: "0.trials"))
        try chunk.write(trials(5))
        #expect(try chunk.trials() == trials(5))
        try project.write("0.trials", "abc\n")
        #expect(throws: RunError.unreadable(path: chunk.file.path, reason: "`abc` is not a trial's id")) {
            try chunk.trials()
        }
    }
}
