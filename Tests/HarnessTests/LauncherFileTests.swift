import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

@Suite struct LauncherFileTests {
    private func read(_ text: String) throws -> Launcher {
        let project = try TemporaryProject()
        try project.write("l.yaml", text)
        return try LauncherFile.read(project.root.appending(path: "l.yaml"))
    }

    private func findings(_ marked: String) throws -> (said: [String], places: [String]) {
        let text = MarkedText(marked)
        let error = #expect(throws: Findings.self) { try read(text.text) }
        let said = error?.all.map { "\($0.place.map { "\($0.line):\($0.column)" } ?? "-"): \($0.message)" }
        return (said ?? [], text.places)
    }

    @Test func theShippedLauncherIsRead() throws {
        let file = Oracle.projectRoot.appending(path: "Experiments/launchers/slurm.yaml")
        let launcher = try LauncherFile.read(file)
        #expect(launcher.options == ["--time=60", "--mem=4G", "--cpus-per-task=2"])
        #expect(launcher.trialsPerTask == 100 && launcher.arrayThrottle == 50 && launcher.retries == 2)
    }

    @Test func everyKeyReachesTheLauncher() throws {
        let launcher = try read(
            """
            launcher: slurm
            partition: cpu
            account: safety
            time: 1-12:30
            memory: 500M
            cpus_per_task: 4
            array_throttle: 7
            trials_per_task: 9
            retries: 0
            setup: [module load swift, export A=b]
            program: /opt/moderato
            extra: [--qos=low, --exclusive]
            """)
        let expected = Launcher(
            options: [
                "--partition=cpu", "--account=safety", "--time=1-12:30", "--mem=500M", "--cpus-per-task=4", "--qos=low",
                "--exclusive",
            ], trialsPerTask: 9, arrayThrottle: 7, retries: 0, setup: ["module load swift", "export A=b"],
            program: "/opt/moderato")
        #expect(launcher == expected)
    }

    @Test func whatIsLeftOutHasTheValueThatTheSchemaSays() throws {
        let launcher = try read("launcher: slurm\n")
        let expected = Launcher(
            options: ["--cpus-per-task=1"], trialsPerTask: 100, arrayThrottle: nil, retries: 2, setup: [], program: nil)
        #expect(launcher == expected)
    }

    @Test func everyMistakeIsFoundAtItsPlace() throws {
        let found = try findings(
            """
            launcher: 1️⃣slrum
            2️⃣partion: cpu
            time: 3️⃣an hour
            memory: 4️⃣4 GB
            cpus_per_task: 5️⃣0
            retries: 6️⃣twice
            extra: [7️⃣-p, 8️⃣--array=0-3, 9️⃣--qos low]
            """)
        let unknown =
            "unknown key `partion`; allowed are `launcher`, `partition`, `account`, `time`, `memory`, `cpus_per_task`, "
            + "`array_throttle`, `trials_per_task`, `retries`, `setup`, `program`, `extra`"
        let long = "an element of `extra` is one option of sbatch in its long form, given"
        let expected = [
            "`launcher` is `slurm`, given `slrum`", unknown,
            "`time` is minutes, hours:minutes:seconds or days-hours:minutes:seconds, above 0, given `an hour`",
            "`memory` is a whole number with K, M, G or T after it, given `4 GB`",
            "`cpus_per_task` is a whole number from 1 to 4096, given `0`",
            "`retries` is a whole number from 0 to 100, given `twice`",
            "\(long) `-p`", "`--array` is set by moderato itself", "\(long) `--qos low`",
        ]
        #expect(found.said == zip(found.places, expected).map { "\($0): \($1)" })
    }

    /// The formats are those of sbatch(1).
    @Test(arguments: ["30", "30:00", "1:30:00", "2-0", "2-12:30", "2-12:30:15"]) func timesOfSlurm(time: String) throws
    {
        #expect(try read("launcher: slurm\ntime: \(time)").options.contains("--time=\(time)"))
    }

    @Test(arguments: ["0", "0:00", "1h", "1:2:3:4", "2-", "-5"]) func whatIsNoTime(time: String) throws {
        #expect(try findings("launcher: slurm\ntime: 1️⃣\(time)").said.count == 1)
    }
}
