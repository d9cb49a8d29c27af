import Foundation
import TestSupport
import Testing

/// What the world does wrong: files, folders, disks and libraries.
@Suite struct BadWorldTests {
    private func project() throws -> (TemporaryProject, URL) {
        let project = try TemporaryProject()
        try project.makeImages()
        return (project, try project.experiment())
    }

    private func firstFile(_ project: TemporaryProject, _ folder: String) throws -> URL {
        let names = try project.files(below: folder).keys.filter { $0.hasSuffix(".h5") }.sorted()
        return project.root.appending(path: "\(folder)/\(try #require(names.first))")
    }

    @Test func aModelFileWithAnotherDigestOrNoneAtAll() throws {
        let (project, file) = try project()
        let model = project.root.appending(path: "Experiments/base-models/tiny.onnx")
        try (Data(contentsOf: model) + Data([0])).write(to: model)
        let wrong = try Program.run(["run", file.path])
        #expect(wrong.status == 2)
        #expect(wrong.talk.contains("has SHA-256") && wrong.talk.contains("make setup"), "\(wrong.talk)")
        try FileManager.default.removeItem(at: model)
        let missing = try Program.run(["run", file.path])
        #expect(missing.status == 2)
        #expect(missing.talk.contains("is missing; run `make setup`"), "\(missing.talk)")
    }

    @Test func aMissingRuntimeNamesTheCommandThatInstallsIt() throws {
        let (project, file) = try project()
        defer { withExtendedLifetime(project) {} }
        let run = try Program.run(
            ["run", file.path], environment: ["MODERATO_ONNXRUNTIME": "/nowhere/libonnxruntime.so"])
        #expect(run.status == 2)
        #expect(run.talk.contains("run `make setup`"), "\(run.talk)")
    }

    /// Damage to a trial is seen, said and undone: the file ends as it was.
    @Test(arguments: ["flip", "truncate", "empty"]) func aDamagedTrialIsTrainedAgain(damage: String) throws {
        let (project, file) = try project()
        let first = try Program.run(["run", file.path])
        let trial = try firstFile(project, ".moderato/trials")
        let bytes = try Data(contentsOf: trial)
        try Self.damage(bytes, damage).write(to: trial)
        let again = try Program.run(["run", file.path])
        #expect(again.status == 0, "\(again.talk)")
        #expect(again.talk.contains("a run makes it again"))
        #expect(again.talk.contains("6 trials: 1 trained now, 5 were finished"))
        #expect(again.output == first.output)
        #expect(try Data(contentsOf: trial) == bytes)
    }

    @Test(arguments: ["flip", "truncate", "empty"]) func aDamagedCacheIsComputedAgain(damage: String) throws {
        let (project, file) = try project()
        let first = try Program.run(["run", file.path])
        let segment = try firstFile(project, ".moderato/embeddings")
        let bytes = try Data(contentsOf: segment)
        try Self.damage(bytes, damage).write(to: segment)
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato/trials"))
        let again = try Program.run(["run", file.path])
        #expect(again.status == 0, "\(again.talk)")
        #expect(again.talk.contains("is damaged and not believed; its images are embedded again"))
        #expect(again.talk.contains("embedding images: 60 to do"))
        #expect(again.output == first.output)
        #expect(try Data(contentsOf: segment) == bytes)
    }

    private static func damage(_ bytes: Data, _ kind: String) -> Data {
        var bytes = bytes
        switch kind {
        case "flip": bytes[bytes.count * 2 / 3] ^= 4
        case "truncate": bytes = bytes.prefix(bytes.count / 2)
        default: bytes = Data()
        }
        return bytes
    }

    /// A disk that is full after a few blocks: the limit on a file's size is what a test can set.
    @Test func aFullDiskIsSaidAndWhatWasFinishedIsKept() throws {
        let (project, file) = try project()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        let talk = Pipe()
        shell.standardError = talk
        shell.standardOutput = FileHandle.nullDevice
        shell.arguments = [
            "-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", Program.moderato.path, "run", file.path,
        ]
        var environment = ProcessInfo.processInfo.environment
        environment["MODERATO_ONNXRUNTIME"] = environment["MODERATO_ONNXRUNTIME"] ?? Program.onnxRuntime
        shell.environment = environment
        try shell.run()
        let said = String(decoding: talk.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 2, "\(said)")
        #expect(said.contains("cannot write") && said.contains("limit"), "\(said)")
        #expect(try project.files(below: ".moderato").keys.allSatisfy { !$0.contains(".tmp-") })
        #expect(try Program.run(["run", file.path]).status == 0)
    }

    @Test func aFileWhereAFolderShouldBe() throws {
        let (project, file) = try project()
        try project.write(".moderato", "a file")
        let run = try Program.run(["run", file.path])
        #expect(run.status == 2)
        #expect(run.talk.contains("a file stands where a folder should be"), "\(run.talk)")
    }

    /// Root may write everywhere, so the test gives its rights up where it has them.
    @Test func aReadOnlyFolder() throws {
        let (project, file) = try project()
        let chmod = { (mode: Int) in
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: project.root.path)
        }
        try chmod(0o555)
        defer { try? chmod(0o755) }
        let isRoot = getuid() == 0
        let run = try isRoot ? Program.run(as: 65534, ["run", file.path]) : Program.run(["run", file.path])
        #expect(run.status == 2)
        #expect(run.talk.contains("permission denied"), "\(run.talk)")
    }
}
