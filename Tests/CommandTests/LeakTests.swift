import Foundation
import TestSupport
import Testing

/// A run does not test on what it trained on, unless it was allowed to.
@Suite struct LeakTests {
    /// 30 images have a twin that was packed again: whatever the seed, some are parted.
    private func project() throws -> LintProject {
        try LintProject(
            planting: """
                for index in range(30):
                    save(f"twin-{index}.jpg", load(index), present=["Alcohol"] if index % 3 == 0 else [])
                """)
    }

    private func run(_ project: LintProject, _ experiment: String) throws -> Program.Outcome {
        try Program.run(["run", project.project.experiment(experiment).path])
    }

    @Test func nearDuplicatesOnBothSidesFailTheRun() throws {
        let project = try project()
        let refused = try run(project, TemporaryProject.experiment)
        #expect(refused.status == 1)
        let message = try #require(refused.talk.split(separator: "\n").first { $0.contains("error: ") })
        let shape =
            #/^.*Experiments/e.yaml:8:8: error: \d+ pairs of near duplicates are on both sides of the split, such as `images/\d+.png` and `images/twin-\d+.jpg` \(\d of 64 hash bits differ, cosine (1.00|0.99)\)$/#
        #expect(try shape.wholeMatch(in: String(message)) != nil, "\(refused.talk)")
        #expect(
            refused.talk.hasSuffix(
                "\n  hint: `moderato lint d --write-groups FILE` joins their groups, which a split `by: group` keeps together; "
                    + "`allow_leaks: [near_duplicates]` accepts them\n"), "\(refused.talk)")
        #expect(try project.project.files(below: "Results").isEmpty)
        #expect(try project.project.files(below: ".moderato/trials").isEmpty)
    }

    @Test func allowedByNameTheyDoNot() throws {
        let project = try project()
        let allowed = try run(project, TemporaryProject.experiment + "\nallow_leaks: [near_duplicates]\n")
        #expect(allowed.status == 0, "\(allowed.talk)")
        // What was trained with leave is not shown without it.
        let refused = try run(project, TemporaryProject.experiment)
        #expect(refused.status == 1)
        #expect(refused.talk.contains("on both sides of the split"))
    }

    @Test func theOfferedGroupsPassTheRun() throws {
        let project = try project()
        let file = project.project.root.appending(path: "Datasets/d/grouped.jsonl")
        #expect(try project.lint(["--write-groups", file.path]).status == 0)
        let grouped = TemporaryProject.experiment.replacing("dataset: d", with: "dataset: ../Datasets/d/grouped.jsonl")
        let passed = try run(project, grouped)
        #expect(passed.status == 0, "\(passed.talk)")
        let byImage = grouped.replacing("repeats: 2", with: "by: image, repeats: 2")
        #expect(try run(project, byImage).status == 1)
    }

    /// Two datasets tell it as one does: a separate test dataset is the other side.
    @Test func aSeparateTestDatasetIsTheOtherSide() throws {
        let project = try project()
        let folder = project.project.root.appending(path: "Datasets/d")
        let lines = try String(contentsOf: folder.appending(path: "manifest.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        try project.project.write("Datasets/d/train.jsonl", lines.prefix(60).joined(separator: "\n"))
        try project.project.write("Datasets/d/test.jsonl", lines.suffix(30).joined(separator: "\n"))
        let experiment = TemporaryProject.experiment.replacing("dataset: d", with: "dataset: ../Datasets/d/train.jsonl")
            .replacing(
                "{training: 0.5, test: 0.5, repeats: 2, seed: 1}", with: "{test_dataset: ../Datasets/d/test.jsonl}")
        let refused = try run(project, experiment)
        #expect(refused.talk.contains("error: 30 pairs of near duplicates are on both sides"), "\(refused.talk)")
    }

    @Test func exactCopiesAreAllowedByName() throws {
        let project = try LintProject(
            planting: """
                import shutil
                shutil.copy(folder + "images/0.png", folder + "images/copy.png")
                save("copy.png", None, present=["Alcohol"])
                """)
        let refused = try run(project, TemporaryProject.experiment)
        #expect(refused.status == 1)
        #expect(refused.talk.contains("and one may be trained on and the other tested on"))
        #expect(refused.talk.contains("`allow_leaks: [exact_copies, near_duplicates]` accepts it"))
        let allowed = try run(
            project, TemporaryProject.experiment + "\nallow_leaks: [exact_copies, near_duplicates]\n")
        #expect(allowed.status == 0, "\(allowed.talk)")
    }

    @Test func anUnknownNameIsAFinding() throws {
        let project = try LintProject()
        let refused = try Program.run([
            "check", project.project.experiment(TemporaryProject.experiment + "\nallow_leaks: [near_copies]\n").path,
        ])
        #expect(refused.status == 1)
        #expect(refused.talk.contains("`exact_copies`, `near_duplicates`"), "\(refused.talk)")
    }
}
