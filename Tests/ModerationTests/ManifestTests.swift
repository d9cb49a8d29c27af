import Foundation
import Moderation
import Testing

@Suite struct ManifestTests {
    private let digest = String(repeating: "ab", count: 32)

    private func read(_ lines: String...) throws(Findings) -> (manifest: Manifest, warnings: [Finding]) {
        try Manifest.read(Data(lines.joined(separator: "\n").utf8), file: "m.jsonl", taxonomy: .version6_1)
    }

    private func findings(_ lines: String...) -> [String] {
        do {
            _ = try Manifest.read(Data(lines.joined(separator: "\n").utf8), file: "m.jsonl", taxonomy: .version6_1)
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    @Test func aLineOfOurOwnIsRead() throws {
        let read = try read(
            #"{"image":"images/a.png","sha256":"\#(digest)","present":["Alcohol/Alcoholic Beverages"],"#
                + #""absent":"others","unknown":["Tobacco"],"group":"beer","source":"noto","tags":["look-alike:Drugs"]}"#
        )
        let record = try #require(read.manifest.records.first)
        #expect(record.path == "images/a.png")
        #expect(record.digest?.description == digest)
        #expect(record.group == "beer")
        #expect(record.annotation.truth(of: Label(path: ["Alcohol"])) == .present)
        #expect(record.annotation.truth(of: Label(path: ["Tobacco"])) == .unknown)
        #expect(record.isLookAlike(of: Label(path: ["Drugs"])))
        #expect(read.warnings.isEmpty)
    }

    @Test func aLineThatSaysLittleSaysNothingIsAbsent() throws {
        let record = try #require(try read(#"{"image":"a.png"}"#).manifest.records.first)
        #expect(record.annotation.truth(of: Label(path: ["Alcohol"])) == .unknown)
        #expect(record.group == "a.png")
        #expect(record.digest == nil)
    }

    /// Lines as Amazon's documentation and its answer on re:Post give them.
    @Test func rekognitionTrainingManifestsAreRead() throws {
        let records = try read(
            #"{"source-ref": "s3://foo/bar/a.jpg", "content-moderation-groundtruth": {"ModerationLabels": [{"Name": "Explicit Nudity"}, {"Name": "Suggestive"}]}}"#,
            #"{"source-ref": "s3://foo/bar/b.jpg", "content-moderation-groundtruth": {"ModerationLabels": []}}"#,
            #"{"source-ref": "s3://foo/bar/c.jpg", "content-moderation-groundtruth": {"ModerationLabels": [{"Name": "Gambling"}]}}"#
        ).manifest.records
        #expect(records.map(\.path) == ["bar/a.jpg", "bar/b.jpg", "bar/c.jpg"])
        #expect(records[0].annotation.present.map(\.description) == ["Explicit Nudity", "Suggestive"])
        #expect(records[1].annotation == .safe)
        #expect(records[2].annotation.present.map(\.description) == ["Gambling"])
    }

    @Test func writingAndReadingGivesTheSameManifest() throws {
        let manifest = try read(
            #"{"image":"images/ünï \"x\".png","sha256":"\#(digest)","present":["Alcohol"],"absent":["Drugs"],"tags":["a","b"]}"#,
            #"{"image":"b.png","absent":"others","unknown":["Gambling/Gambling"],"source":"s","group":"g"}"#
        ).manifest
        let again = try Manifest.read(manifest.jsonLines(), file: "m.jsonl", taxonomy: .version6_1).manifest
        #expect(again == manifest)
        #expect(again.jsonLines() == manifest.jsonLines())
    }

    @Test func rekognitionManifestsAreWrittenWithTopLevelLabelsAndWithoutUnknowns() throws {
        let manifest = try read(
            #"{"image":"a.png","present":["Alcohol/Drinking","Alcohol/Alcoholic Beverages"],"absent":"others"}"#,
            #"{"image":"b.png","absent":"others","unknown":["Alcohol"]}"#,
            #"{"image":"c.png","absent":"others"}"#
        ).manifest
        let text = manifest.rekognitionJSONLines(prefix: "s3://bucket/", labels: [Label(path: ["Alcohol"])])
        #expect(
            String(decoding: text, as: UTF8.self) == """
                {"source-ref":"s3://bucket/a.png","content-moderation-groundtruth":{"ModerationLabels":[{"Name":"Alcohol"}]}}
                {"source-ref":"s3://bucket/c.png","content-moderation-groundtruth":{"ModerationLabels":[]}}

                """)
        let again = try Manifest.read(text, file: "r.jsonl", taxonomy: .version6_1).manifest
        #expect(again.records.map(\.path) == ["a.png", "c.png"])
    }

    // MARK: Bad lines, one test a kind

    @Test func aLineThatIsNotJSON() {
        #expect(findings(#"{"image":"a.png"}"#, "{oops") == ["m.jsonl:2:1: error: the line is not a JSON object"])
        #expect(findings("[1]") == ["m.jsonl:1:1: error: the line is not a JSON object"])
    }

    @Test func aLineWithoutAnImage() {
        #expect(
            findings(#"{"present":["Alcohol"]}"#) == [
                """
                m.jsonl:1:1: error: the line has no `image`
                  hint: name the file, as in "image": "images/1.png"
                """
            ])
        #expect(findings(#"{}"#).count == 1)
    }

    @Test(arguments: ["../a.png", "images/../../a.png", "/etc/passwd", "../\u{301}a.png", "/\u{301}etc/passwd"])
    func aPathOutsideTheDataset(path: String) {
        let said = findings(#"{"image":"\#(path)"}"#)
        #expect(said.count == 1)
        #expect(said[0].hasPrefix("m.jsonl:1:2: error: `\(path)` points outside the dataset"))
    }

    @Test func anImageRepeatedWithOtherLabels() {
        let said = findings(#"{"image":"a.png","present":["Alcohol"]}"#, #"{"image":"./a.png","present":["Drugs"]}"#)
        #expect(said.count == 1)
        #expect(said[0].hasPrefix("m.jsonl:2:1: error: `a.png` stands on line 1 already, with other labels"))
    }

    @Test func anImageRepeatedWithTheSameLabelsIsAWarning() throws {
        let read = try read(#"{"image":"a.png","present":["Alcohol"]}"#, #"{"image":"a.png","present":["Alcohol"]}"#)
        #expect(read.manifest.records.count == 1)
        #expect(read.warnings.map(\.severity) == [.warning])
    }

    /// What copies mean depends on how they are divided: the manifest holds them, the experiment and lint look at them.
    @Test func copiesAreRead() throws {
        let read = try read(
            #"{"image":"a.png","sha256":"\#(digest)","present":["Alcohol"],"group":"g"}"#,
            #"{"image":"b.png","sha256":"\#(digest)","present":["Drugs"],"group":"g"}"#,
            #"{"image":"c.png","sha256":"\#(digest)","present":["Alcohol"],"group":"h"}"#)
        #expect(read.warnings.isEmpty)
        let messages = [false, true].map { isAllowing in
            var copies = CopyFinder(allowingOtherUnits: isAllowing)
            return read.manifest.records.compactMap { record in
                record.digest.flatMap { copies.finding(for: record, digest: $0, unit: record.group, file: "m.jsonl") }
            }.map(\.message)
        }
        let conflict = "`b.png` has the same bytes as `a.png` on line 1, but other labels"
        let leak = "`c.png` has the same bytes as `a.png` on line 1, and one may be trained on and the other tested on"
        #expect(messages == [[conflict, leak], [conflict]])
    }

    @Test func misspeltKeysAndLabelsAreNamedWithTheNearest() {
        let said = findings(#"{"image":"a.png","presnt":["Alcohol"],"absent":["Alcohl","Weapons"]}"#)
        #expect(said.count == 3)
        #expect(said[0].contains("m.jsonl:1:18: error: unknown key `presnt`"))
        #expect(said[0].hasSuffix("did you mean `present`?"))
        #expect(said.contains { $0.hasSuffix("did you mean `Alcohol`?") })
        #expect(said.contains { $0.hasSuffix("did you mean `Violence/Weapons`?") })
    }

    @Test func wrongTypesAndContradictions() {
        #expect(findings(#"{"image":7}"#).count == 1)
        #expect(findings(#"{"image":"a.png","sha256":"12"}"#).count == 1)
        #expect(findings(#"{"image":"a.png","present":"Alcohol"}"#).count == 1)
        #expect(findings(#"{"image":"a.png","present":["Alcohol"],"unknown":["Alcohol"]}"#).count == 1)
        #expect(findings(#"{"image":"a.png","absent":"all"}"#).count == 1)
        #expect(findings(#"{"source-ref":"s3://b/a.png"}"#).count == 1)
        #expect(
            findings(#"{"source-ref":"s3://b","content-moderation-groundtruth":{"ModerationLabels":[]}}"#).count == 1)
    }

    @Test func anEmptyManifest() {
        #expect(findings("", "  ").first?.hasPrefix("m.jsonl: error: the manifest has no line") == true)
    }

    @Test func everyFindingOfEveryLineIsReported() {
        #expect(findings("nonsense", #"{"image":"../x"}"#, #"{"image":"ok.png"}"#, #"{"imag":"x"}"#).count == 4)
    }

    /// Random bytes are refused or read, never a crash.
    @Test func noiseNeverCrashes() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try? Manifest.read(Data(bytes), file: "noise", taxonomy: .version7_0)
        }
    }

    /// The dataset's own folder is no image.
    @Test(arguments: [".", "./", ".//."]) func aPathThatNamesNoFile(path: String) {
        #expect(findings(#"{"image":"\#(path)"}"#).first?.contains("`image` names a file, given `\(path)`") == true)
    }

    /// Rekognition's labels of today are version 7's: the version is what is wrong, not the spelling.
    @Test func labelsOfAnotherTaxonomyAreKnownAsSuch() {
        let truth = #""content-moderation-groundtruth":{"ModerationLabels":[{"Name":"Drugs & Tobacco"}]}"#
        for line in [#"{"source-ref":"s3://b/a.png",\#(truth)}"#, #"{"image":"a.png","present":["Drugs & Tobacco"]}"#] {
            let said = findings(line).first ?? ""
            #expect(said.contains("`Drugs & Tobacco` is not a label of taxonomy 6.1"))
            #expect(said.hasSuffix("hint: it is a label of taxonomy 7.0"))
        }
    }
}
