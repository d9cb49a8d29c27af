import Foundation
import TestSupport
import Testing

/// Each class of findings is found where it was planted, and not where nothing was.
@Suite struct LintTests {
    @Test func aDatasetWithoutFlawsHasNoFindings() throws {
        let project = try LintProject()
        let report = try project.report()
        #expect(report.findings.isEmpty && report.notes.isEmpty, "\(report)")
        let strict = try project.lint(["--strict"])
        #expect(strict.status == 0)
        #expect(strict.output.hasSuffix("d: 60 images, 0 findings to look at\n"), "\(strict.output)")
    }

    // MARK: Copies and near duplicates

    @Test func copiesAreFoundByBytesAndByPixels() throws {
        let report = try LintProject(
            planting: """
                import shutil
                shutil.copy(folder + "images/0.png", folder + "images/copy.png")
                save("copy.png", None, present=["Alcohol"])
                load(1).save(folder + "images/packed.png", compress_level=0)
                save("packed.png", None, present=[], group="images/1.png")
                """
        ).report()
        #expect(
            report.findings.map(\.message) == [
                "`images/0.png`, `images/copy.png` are the same bytes; they are in 2 groups: `images/0.png`, `images/copy.png`",
                "`images/1.png`, `images/packed.png` are the same pixels in other bytes; they share the group `images/1.png`",
            ])
        #expect(report.findings.map(\.harmless) == [false, true])
        #expect(report.findings.allSatisfy { $0.kind == "exact_copies" })
    }

    /// What the eye takes for the same image: found whatever the change, and nothing but it.
    @Test(arguments: [
        ("again.jpg", "load(5), quality=90"), ("worse.jpg", "load(5), quality=20"),
        ("half.png", "load(5).resize((32, 32))"), ("cropped.png", "load(5).crop((1, 1, 63, 63))"),
        ("flipped.png", "ImageOps.mirror(load(5))"), ("bright.png", "ImageEnhance.Brightness(load(5)).enhance(1.2)"),
        ("turned.png", "load(5).rotate(3, fillcolor=(100, 60, 90))"),
    ])
    func nearDuplicatesAreFound(name: String, change: String) throws {
        let report = try LintProject(planting: "save('\(name)', \(change), present=[])").report()
        #expect(report.findings.map(\.kind) == ["near_duplicates"], "\(report)")
        #expect(report.findings.first?.images == ["images/5.png", "images/\(name)"])
        #expect(report.findings.first?.harmless == false)
    }

    @Test func aClusterOfOneGroupIsHarmless() throws {
        let project = try LintProject(
            planting: """
                for quality in (90, 50):
                    save(f"again-{quality}.jpg", load(5), quality=quality, present=[], group="images/5.png")
                """)
        let report = try project.report()
        #expect(report.findings.map(\.harmless) == [true])
        #expect(report.findings.first?.images.count == 3)
        #expect(try project.lint().output.contains("near_duplicates: 0, and 1 harmless\n"))
        #expect(try project.lint(["--strict"]).status == 0)
    }

    @Test func contradictionsBetweenNearDuplicatesAreFound() throws {
        let project = try LintProject(planting: "save('again.jpg', load(3), present=[])")
        let conflicts = try project.report().of("conflicting_labels")
        #expect(conflicts.count == 1)
        #expect(
            conflicts.first?.message.hasPrefix(
                "`images/3.png` shows `Alcohol` and `images/again.jpg` does not, but they hardly differ (") == true)
        #expect(try project.lint(["--strict"]).status == 1)
    }

    // MARK: Annotations

    @Test func labelsThatNobodyAnnotatedElsewhereAreFound() throws {
        let report = try LintProject(
            planting: """
                for line in lines.values(): line["absent"] = ["Alcohol"] if not line["present"] else []
                lines["images/1.png"]["present"] = ["Violence/Weapons"]
                """
        ).report()
        let found = report.of("unannotated_labels")
        #expect(found.map(\.label) == ["Violence/Weapons"])
        #expect(
            found.first?.message
                == "`Violence/Weapons` is present in 1 images, absent in 0, and unknown in 59: nobody annotated it "
                + "where it is absent, so that nothing can be learnt")
        let note =
            "`Violence/Weapons` is present in 1 images and absent in 0: "
            + "wrong annotations are looked for from 10 of each on"
        #expect(report.notes == [note])
    }

    /// Of 8 flipped labels at least 7 are among the first 12 candidates.
    @Test func flippedLabelsAreAmongTheCandidates() throws {
        let flipped = [0, 9, 21, 30, 7, 17, 40, 55]
        let report = try LintProject(
            planting: """
                for index in \(flipped):
                    line = lines[f"images/{index}.png"]
                    line["present"] = [] if line["present"] else ["Alcohol"]
                """
        ).report()
        let first = report.of("label_noise").prefix(12).flatMap(\.images)
        let found = flipped.filter { first.contains("images/\($0).png") }
        #expect(found.count >= 7, "found \(found) among \(first)")
    }

    // MARK: Shortcuts and odd images

    @Test func aSourceThatTellsTheLabelIsFound() throws {
        let report = try LintProject(
            planting: "for line in lines.values(): line['source'] = 'bar' if line['present'] else 'a'"
        ).report()
        #expect(report.findings.map(\.kind) == ["shortcuts"])
        #expect(
            report.findings.first?.message
                == "100% of the 20 images with `Alcohol` are from `bar`, and 0% of the 40 without: "
                + "to know the source is to know the label (balanced accuracy 1.00)")
    }

    @Test func aFileThatTellsTheLabelIsFound() throws {
        let report = try LintProject(
            planting: """
                for index in range(0, 60, 3): save(f"{index}.png", load(index).resize((128, 64)), present=["Alcohol"])
                """
        ).report()
        #expect(report.of("shortcuts").contains { $0.message.hasPrefix("width over height alone tells `Alcohol`") })
    }

    @Test func oddImagesAreFound() throws {
        let report = try LintProject(
            planting: """
                save("tiny.png", load(1).resize((8, 8)).rotate(90), present=[])
                save("strip.png", load(2).resize((400, 40)).rotate(180), present=[])
                save("blank.png", Image.new("RGB", (64, 64), (90, 20, 70)), present=[])
                open(folder + "images/broken.png", "wb").write(open(folder + "images/4.png", "rb").read()[:99])
                save("broken.png", None, present=[])
                """
        ).report()
        let messages = report.of("odd_images").map(\.message)
        #expect(messages.count == 4)
        #expect(messages.first?.hasPrefix("`images/broken.png` cannot be used: the PNG is truncated") == true)
        #expect(
            Array(messages.dropFirst()) == [
                "`images/tiny.png` is tiny: 8 x 8 pixels", "`images/strip.png` is a strip: 400 x 40 pixels",
                "`images/blank.png` is blank",
            ])
    }

    // MARK: Groups

    @Test func joinedGroupsKeepNearDuplicatesTogether() throws {
        let project = try LintProject(planting: "save('again.jpg', load(5), present=[], group='g')")
        let file = project.project.root.appending(path: "Datasets/d/grouped.jsonl")
        #expect(try project.lint(["--write-groups", file.path]).status == 0)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 61)
        #expect(lines.last?.contains(#""group":"images/5.png""#) == true)
        #expect(lines.filter { $0.contains(#""group":"images/5.png""#) }.count == 2)
        // The new manifest is a dataset, in which nothing is left to mend.
        let again = try Program.run([
            "lint", file.path, "--base-model", "tiny", "--root", project.project.root.path, "--strict",
        ])
        #expect(again.status == 0, "\(again.output)")
    }

    @Test(arguments: ["elsewhere/grouped.jsonl", "Datasets/d/manifest.jsonl", "Datasets/d/grouped.txt"])
    func groupsAreWrittenBesideTheManifest(path: String) throws {
        let project = try LintProject()
        let outcome = try project.lint(["--write-groups", project.project.root.appending(path: path).path])
        #expect(outcome.status == 64)
        #expect(outcome.talk.contains("--write-groups is a new .jsonl file beside"))
    }

    @Test func unknownNamesAreFindings() throws {
        let project = try LintProject()
        let root = project.project.root.path
        let noDataset = try Program.run(["lint", "e", "--base-model", "tiny", "--root", root])
        #expect(noDataset.status == 1)
        #expect(noDataset.talk.contains("there is no dataset `e`"))
        let noModel = try Program.run(["lint", "d", "--base-model", "huge", "--root", root])
        #expect(noModel.status == 1)
        #expect(noModel.talk.contains("there is no base model `huge`"))
        #expect(try project.lint(["--labels", "Beer"]).talk.contains("`Beer` is not a label of taxonomy 6.1"))
    }
}
