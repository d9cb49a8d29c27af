import Foundation
import TestSupport
import Testing

/// One bad image among many is named and counted, and the experiment says whether the run goes on.
@Suite struct BadImageTests {
    /// Ways to spoil an image, and what is said of it.
    static let spoilings: [(name: String, python: String, said: String)] = [
        ("missing", "os.remove(path)", "there is no such file"),
        ("empty", "open(path, 'wb').close()", "SHA-256"),
        ("changed", "Image.new('RGB', (4, 4)).save(path)", "the manifest says"),
    ]

    /// The same with the manifest declaring the spoilt bytes' digest, so that they reach the decoder.
    static let contents: [(name: String, python: String, said: String)] = [
        ("empty", "open(path, 'wb').close()", "empty"),
        ("truncated", "data = open(path, 'rb').read(); open(path, 'wb').write(data[:len(data) // 2])", "PNG"),
        ("text", "open(path, 'w').write('not an image')", "not an image"),
        ("bomb", "Image.new('L', (30000, 30000)).save(path)", "pixels"),
        ("zero-pixel", "data = bytearray(open(path, 'rb').read()); data[16:20] = bytes(4); "
            + "data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, 'big'); open(path, 'wb').write(data)", "pixel"),
        ("gif", "Image.new('P', (8, 8)).save(path, format='GIF')", "GIF"),
        ("black", "Image.new('RGB', (8, 8)).save(path)", "zero"),
    ]

    private func spoil(_ project: TemporaryProject, _ python: String, declaring: Bool) throws {
        struct Input: Encodable { let root: String, declaring: Bool }
        let script = """
            import hashlib, os, zlib
            from PIL import Image
            path = input["root"] + "/Datasets/d/images/7.png"
            before = hashlib.sha256(open(path, "rb").read()).hexdigest()
            \(python)
            if input["declaring"]:
                after = hashlib.sha256(open(path, "rb").read()).hexdigest()
                manifest = input["root"] + "/Datasets/d/manifest.jsonl"
                text = open(manifest).read().replace(before, after)
                open(manifest, "w").write(text)
            answer(True)
            """
        _ = try Oracle.run(script, input: Input(root: project.root.path, declaring: declaring), as: Bool.self)
    }

    private func expectNamed(_ project: TemporaryProject, said: String) throws {
        let file = try project.experiment()
        let failed = try Program.run(["run", file.path])
        #expect(failed.status == 2)
        #expect(failed.talk.contains("1 of 60 images cannot be used"))
        #expect(failed.talk.contains("images/7.png: ") && failed.talk.contains(said), "\(failed.talk)")
        #expect(failed.output.isEmpty)

        try project.experiment(TemporaryProject.experiment + "\non_bad_image: skip\n")
        let skipped = try Program.run(["run", file.path])
        #expect(skipped.status == 0, "\(skipped.talk)")
        #expect(skipped.talk.contains("images/7.png is skipped: "))
        let report = try project.files(below: "Results")["p/e/report.md"].map { String(decoding: $0, as: UTF8.self) }
        #expect(report?.contains("images/7.png") == true)
    }

    @Test(arguments: spoilings) func aFileThatIsNotTheOneDeclared(spoiling: (name: String, python: String, said: String))
        throws
    {
        let project = try TemporaryProject()
        try project.makeImages()
        try spoil(project, spoiling.python, declaring: false)
        try expectNamed(project, said: spoiling.said)
    }

    @Test(arguments: contents) func aFileThatCannotBeUsed(content: (name: String, python: String, said: String)) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try spoil(project, content.python, declaring: true)
        try expectNamed(project, said: content.said)
    }

    @Test func aJPEGCalledPNGIsRead() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try spoil(project, "Image.open(path).convert('RGB').save(path, format='JPEG')", declaring: true)
        #expect(try Program.run(["run", project.experiment().path]).status == 0)
    }

    @Test func imagesThatWereNeverMadeAreOneMessage() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.write(
            "Datasets/d/dataset.yaml", "dataset: d\ntaxonomy: \"6.1\"\nbuild: make pictures\ndownload: 60 MB\n")
        try FileManager.default.removeItem(at: project.root.appending(path: "Datasets/d/images"))
        let run = try Program.run(["run", project.experiment().path])
        #expect(run.status == 2)
        #expect(
            run.talk.contains(
                """
                error: the images of dataset `d` are not here: 60 of 60 files are missing
                  hint: `make pictures` makes them, which fetches about 60 MB
                """), "\(run.talk)")
    }
}
