import Foundation
import TestSupport
import Testing

/// One bad image among many is named and counted, and the experiment says whether the run goes on.
@Suite struct BadImageTests {
    /// A way to spoil an image, and what is said of it.
    struct Spoiling: Sendable, CustomTestStringConvertible {
        let name: String
        /// Python that spoils the file at `path`.
        let python: String
        let said: String

        var testDescription: String { name }

        init(_ name: String, _ python: String, _ said: String) {
            self.name = name
            self.python = python
            self.said = said
        }
    }

    static let spoilings = [
        Spoiling("missing", "os.remove(path)", "there is no such file"),
        Spoiling("emptied", "open(path, 'wb').close()", "the manifest says"),
        Spoiling("replaced", "Image.new('RGB', (4, 4)).save(path)", "the manifest says"),
    ]

    /// Cut in the middle of the pixels.
    private static let truncated = "data = open(path, 'rb').read(); open(path, 'wb').write(data[:len(data) // 2])"

    /// A header that says 0 pixels wide, its checksum right.
    private static let withoutPixels = """
        data = bytearray(open(path, 'rb').read())
        data[16:20] = bytes(4)
        data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, 'big')
        open(path, 'wb').write(data)
        """

    /// The manifest declares the spoilt bytes' digest, so that they reach the decoder.
    static let contents = [
        Spoiling("empty", "open(path, 'wb').close()", "empty"),
        Spoiling("truncated", truncated, "truncated"),
        Spoiling("text", "open(path, 'w').write('not an image')", "not an image"),
        Spoiling("decompression bomb", "Image.new('L', (30000, 30000)).save(path)", "pixels"),
        Spoiling("zero pixels", withoutPixels, "pixel"),
        Spoiling("gif", "Image.new('P', (8, 8)).save(path, format='GIF')", "GIF"),
        Spoiling("embedding of zeros", "Image.new('RGB', (8, 8)).save(path)", "0 everywhere"),
    ]

    private func spoil(_ project: TemporaryProject, _ python: String, declaring: Bool) throws {
        struct Input: Encodable { let root: String, python: String, declaring: Bool }
        let script = """
            import hashlib, os, zlib
            from PIL import Image
            path = input["root"] + "/Datasets/d/images/7.png"
            before = hashlib.sha256(open(path, "rb").read()).hexdigest()
            exec(input["python"])
            if input["declaring"]:
                after = hashlib.sha256(open(path, "rb").read()).hexdigest()
                manifest = input["root"] + "/Datasets/d/manifest.jsonl"
                text = open(manifest).read().replace(before, after)
                open(manifest, "w").write(text)
            answer(True)
            """
        _ = try Oracle.run(
            script, input: Input(root: project.root.path, python: python, declaring: declaring), as: Bool.self)
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
        let again = try Program.run(["run", file.path])
        #expect(again.talk.contains("6 trials: 0 trained now, 6 were finished"), "\(again.talk)")
        #expect(try Program.run(["report", file.path]).output == skipped.output)
        #expect(try Program.run(["plan", file.path]).talk.contains("6 of 6 trials are finished"))
        let report = try project.files(below: "Results")["p/e/report.md"].map { String(decoding: $0, as: UTF8.self) }
        #expect(report?.contains("images/7.png") == true)
    }

    @Test(arguments: spoilings) func aFileThatIsNotTheOneDeclared(spoiling: Spoiling) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        try spoil(project, spoiling.python, declaring: false)
        try expectNamed(project, said: spoiling.said)
    }

    @Test(arguments: contents) func aFileThatCannotBeUsed(content: Spoiling) throws {
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

    @Test func aCopyStandsInForAnImageThatIsMissing() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let images = project.root.appending(path: "Datasets/d/images")
        try FileManager.default.moveItem(at: images.appending(path: "7.png"), to: images.appending(path: "copy.png"))
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let lines = try String(contentsOf: manifest, encoding: .utf8).split(separator: "\n")
        let copy = lines[7].replacing("7.png", with: "copy.png").replacing("}", with: #","group":"images/7.png"}"#)
        try project.write("Datasets/d/manifest.jsonl", (lines + [copy[...]]).joined(separator: "\n"))
        let run = try Program.run(["run", project.experiment().path])
        #expect(run.status == 0, "\(run.talk)")

        // A division by image could part the two.
        let byImage = TemporaryProject.experiment.replacing("test: 0.5,", with: "test: 0.5, by: image,")
        let refused = try Program.run(["check", project.experiment(byImage).path])
        #expect(refused.status == 1)
        #expect(refused.talk.contains("one may be trained on and the other tested on"), "\(refused.talk)")
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

    /// A manifest without digests, such as Rekognition's, cannot say that two files are one image; their bytes do.
    @Test(arguments: [
        (
            #"{"image":"images/copy.png","present":["Alcohol"],"absent":"others"}"#,
            "and one may be trained on and the other tested on"
        ),
        (#"{"image":"images/copy.png","absent":"others"}"#, "but other labels"),
        (
            #"{"source-ref":"s3://b/images/copy.png","content-moderation-groundtruth":{"ModerationLabels":[]}}"#,
            "but other labels"
        ),
    ]) func copiesAreFoundByTheirBytes(line: String, said: String) throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let images = project.root.appending(path: "Datasets/d/images")
        try FileManager.default.copyItem(at: images.appending(path: "0.png"), to: images.appending(path: "copy.png"))
        let manifest = project.root.appending(path: "Datasets/d/manifest.jsonl")
        let text = try String(contentsOf: manifest, encoding: .utf8)
            .replacing(#/"sha256": "[0-9a-f]*", /#, with: "")
        try project.write("Datasets/d/manifest.jsonl", text + line + "\n")
        let run = try Program.run(["run", project.experiment().path])
        #expect(run.status == 1)
        #expect(
            run.talk.contains(
                "/manifest.jsonl:61:1: error: `images/copy.png` has the same bytes as `images/0.png` on line 1, \(said)"
            ),
            "\(run.talk)")
    }

    /// What was skipped decides the split, so `plan` and `report` skip the same images.
    @Test func planAndReportSkipWhatTheRunSkipped() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        for index in [3, 8, 20] { try project.write("Datasets/d/images/\(index).png", "spoilt") }
        let file = try project.experiment(TemporaryProject.experiment + "\non_bad_image: skip\n")
        let run = try Program.run(["run", file.path])
        #expect(run.status == 0, "\(run.talk)")
        let plan = try Program.run(["plan", file.path])
        #expect(plan.talk.contains("57 images; 6 of 6 trials are finished"), "\(plan.talk)")
        let again = try Program.run(["run", file.path])
        #expect(again.talk.contains("6 trials: 0 trained now, 6 were finished"), "\(again.talk)")
        let results = try project.files(below: "Results")
        let report = try Program.run(["report", file.path])
        #expect(report.output == run.output && again.output == run.output)
        #expect(try project.files(below: "Results") == results)
    }
}
