import Foundation
import TestSupport
import Testing

/// Adapters move to another base model where they get no worse, and stay where they are where nobody can tell.
@Suite struct UpdateTests {
    @Test func aVersionThatPassesTakesOver() throws {
        let project = try UpdateProject()
        let before = try project.adapters.detections("p/a")
        let update = try project.update()
        #expect(update.status == 0, "\(update.talk)")
        #expect(update.output.contains("p/a/1 → 2  Alcohol  FN"))
        #expect(update.talk.contains("`p/a/2` takes over from `p/a/1`, which is deprecated"))
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained"])
        let old = try project.description(of: 1), new = try project.description(of: 2)
        #expect(new["updated_from"] as? NSDictionary == ["number": 1, "base_model": "tiny"])
        #expect((new["base_model"] as? [String: Any])?["name"] as? String == "bright")
        #expect(try project.adapters.run("adapter", "show", "p/a").output.contains("updated from  p/a/1, on tiny\n"))
        for key in ["recipe", "labels", "threshold", "objective", "images"] {
            #expect(new[key] as? NSObject == old[key] as? NSObject, "\(key)")
        }
        for manifest in ["training.jsonl", "test.jsonl"] {
            let bytes = try (1...2).map { try Data(contentsOf: project.adapters.file(manifest, of: $0)) }
            #expect(bytes[0] == bytes[1], "\(manifest)")
        }
        // The name means the new version on its own base model; the old one is what it was.
        #expect(try project.adapters.detections("p/a") == project.adapters.detections("p/a/2"))
        #expect(try project.adapters.detections("p/a/1") == before)
        #expect(try project.adapters.detections("p/a") != before)

        let again = try project.update()
        #expect(again.status == 0 && again.output == "p/a/2: on this base model already\n")
        // And back again: a third version.
        #expect(try project.update(to: "tiny").status == 0)
        #expect(try project.versions() == ["a/1 deprecated", "a/2 deprecated", "a/3 trained"])
    }

    @Test func aVersionThatIsWorseStaysACandidate() throws {
        let project = try UpdateProject(margin: 0.05)
        let failed = try project.update(to: "blind")
        #expect(failed.status == 5, "\(failed.talk)")
        #expect(failed.output.contains("fail") && failed.talk.contains("`p/a/1` stays in use, and `p/a/2` a candidate"))
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
        let again = try project.update(to: "blind")
        #expect(again.status == 5 && again.output == failed.output)
        #expect(!again.talk.contains("training trials"))
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
        // Another base model has a candidate of its own.
        #expect(try project.update(to: "bright").status == 6)
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate", "a/3 candidate"])

        let accepted = try project.update(to: "blind", "--accept")
        #expect(accepted.status == 0 && accepted.talk.contains("as `--accept` asks, although an error rate is shown"))
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained", "a/3 candidate"])
    }

    @Test func twentyTestImagesCannotShowFivePoints() throws {
        let project = try UpdateProject(margin: nil)
        let update = try project.update()
        #expect(update.status == 6, "\(update.talk)")
        #expect(update.output.contains("+5.0 points  inconclusive"))
        #expect(update.talk.contains("do not show whether every error rate is within what is allowed"))
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
    }

    @Test func aDryRunSaysWhatWouldBeDoneAndWritesNothing() throws {
        let project = try UpdateProject(margin: 0.05)
        let files = try project.adapters.project.files()
        let plan = try project.update(to: "bright", "--dry-run")
        #expect(plan.status == 0, "\(plan.talk)")
        #expect(plan.output.contains("p/a/1    tiny        it is trained on bright (trial "))
        #expect(try project.adapters.project.files() == files)
        let trial = try UpdateProject.updates(project.update(to: "bright", "--dry-run", "--json").output)[0]["trial"]
        #expect(try project.update().status == 6)
        #expect(try project.description(of: 2)["trial"] as? String == trial as? String)
        let after = try project.update(to: "bright", "--dry-run")
        #expect(after.output.contains("candidate p/a/2 (trial ") && after.output.contains(") is judged again"))
        #expect(try project.update(to: "tiny", "--dry-run").output.contains("nothing: it is on tiny"))
    }

    /// The counts are those of the evaluation files, which scikit-learn is the judge of elsewhere.
    @Test func countsAreThoseOfBothEvaluations() throws {
        let project = try UpdateProject()
        let update = try #require(UpdateProject.updates(project.update(to: "blind", "--json").output).first)
        #expect(update["outcome"] as? String == "switched" && update["verdict"] as? String == "pass")
        let judgements = try #require(update["judgements"] as? [[String: Any]])
        #expect(judgements.map { $0["errors"] as? String } == ["false_negatives", "false_positives"])
        for (number, side) in [(1, "old"), (2, "new")] {
            let file = try String(contentsOf: project.adapters.file("evaluation.json", of: number), encoding: .utf8)
            let counts = { (name: String) in
                file.matches(of: /"(FalseNegative|FalsePositive)" : ([0-9]+)/).filter { $0.output.1 == name }
                    .compactMap { Double($0.output.2) }
            }
            for (judgement, name) in zip(judgements, ["FalseNegative", "FalsePositive"]) {
                let errors = try #require(judgement[side] as? [String: Any])
                let said = [errors["base_errors"], errors["errors"]].compactMap { $0 as? Double }
                #expect(Set(said).isSubset(of: Set(counts(name))), "\(name) of \(side): \(said), \(counts(name))")
            }
        }
        let rates = try #require(judgements[0]["rate_difference"] as? [String: Any])
        let (old, new) = try (
            #require((judgements[0]["old"] as? [String: Any])?["errors"] as? Double),
            #require((judgements[0]["new"] as? [String: Any])?["errors"] as? Double)
        )
        let images = try #require(judgements[0]["images"] as? Double)
        // The same quotient of small integers, written and read back.
        #expect(abs(try #require(rates["value"] as? Double) - (new - old) / images) < 1e-12)
    }

    @Test func aBackgroundIsNotKeptAndThatIsSaid() throws {
        let experiment = TemporaryProject.experiment
            .replacing(
                "labels: [Alcohol]", with: "images: {tags: [used]}\nbackground: {tags: [spare]}\nlabels: [Alcohol]"
            )
            .replacing("name: shift, kind: bias", with: "name: likeness, kind: kernel")
        let project = try UpdateProject(experiment) { project in
            let manifest = try String(
                contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl"), encoding: .utf8)
            let lines = manifest.split(separator: "\n").enumerated().map { index, line in
                line.dropLast() + ", \"tags\": [\"\(index < 48 ? "used" : "spare")\"]}"
            }
            try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
        }
        try project.adapters.create("b", from: "likeness")
        let update = try project.update()
        #expect(update.status == 0, "\(update.talk)")
        let note =
            "note: `p/b/1` learnt means and covariances from a background, which is not kept: the new one has none\n"
        #expect(update.talk.contains(note), "\(update.talk)")
        #expect(update.talk.components(separatedBy: "note: ").count == 2)
        #expect(try project.description(of: 2, adapter: "b")["background"] is NSNull)
    }

    // MARK: What cannot be moved

    @Test func oneAdapterThatCannotBeMovedDoesNotKeepTheOthers() throws {
        let experiment = TemporaryProject.experiment + "\n  - {kind: ridge, name: rich, embedding: rich}\n"
        let project = try UpdateProject(experiment) { try $0.declareEmbedding() }
        try project.adapters.create("b", from: "rich")
        let update = try project.update()
        #expect(update.status == 2)
        #expect(
            update.talk.contains(
                "error: `p/b/1`: it learnt from the embedding `rich`, which base model `bright` does not declare\n"))
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained", "b/1 trained"])
        #expect(update.output.hasSuffix("p/b/1: not updated\n"))
    }

    @Test func imagesThatAreGoneOrOthersAreNamed() throws {
        let project = try UpdateProject()
        let image = { (name: String) in project.root.appending(path: "Datasets/d/images/\(name).png") }
        // What the cache holds does not count: whoever looks at the images sees others.
        try Data(contentsOf: image("1")).write(to: image("0"))
        try FileManager.default.removeItem(at: image("2"))
        for more in [[], ["--dry-run"]] {
            let update = try Program.run(["update", "p", "--base-model", "bright"] + more, in: project.root)
            #expect(
                update.talk.contains(
                    "error: `p/a/1`: of its 60 images in `Datasets/d`, 1 is missing, such as `images/2.png`, "
                        + "1 has other bytes than it was trained and tested on, such as `images/0.png`\n"),
                "\(update.talk)")
            #expect(update.status == 2)
        }
        #expect(try project.versions() == ["a/1 trained"])
    }

    @Test func anotherTaxonomyIsRefused() throws {
        let project = try UpdateProject()
        try project.adapters.project.declareBaseModelOfOtherTaxonomy("seven")
        let plan = try project.update(to: "seven", "--dry-run")
        #expect(plan.status == 2)
        #expect(
            plan.talk.contains("its labels are paths in taxonomy 6.1, those of the new base model in 7.0"),
            "\(plan.talk)")
    }

    @Test func damageIsSaidAndKeepsNoOther() throws {
        let project = try UpdateProject()
        try project.adapters.create("b")
        try Data("{".utf8).write(to: project.adapters.file("adapter.json", adapter: "b"))
        let update = try project.update()
        #expect(update.status == 2 && update.talk.contains("adapters/b/1/adapter.json is damaged"), "\(update.talk)")
        #expect(try project.description(of: 2)["status"] as? String == "trained")
        try FileManager.default.removeItem(at: project.adapters.file("adapter.json", adapter: "b"))
        try Data("".utf8).write(to: project.adapters.file("training.jsonl", of: 2))
        let other = try project.update(to: "tiny")
        #expect(other.status == 2 && other.talk.contains("a/2/training.jsonl is damaged"), "\(other.talk)")
    }

    /// What the newest version is cannot be told, so no older one takes its place.
    @Test func aDamagedNewestVersionIsNotPassedOver() throws {
        let project = try UpdateProject()
        try project.adapters.create()
        try Data("{".utf8).write(to: project.adapters.file("adapter.json", of: 2))
        for arguments in [["--dry-run"], ["--accept"]] {
            let update = try Program.run(
                ["update", "p", "--base-model", "bright", "--json"] + arguments, in: project.root)
            #expect(update.status == 2, "\(update.talk)")
            #expect(update.talk.contains("`p/a/1`: a later version of it cannot be read"), "\(update.talk)")
        }
        #expect(!FileManager.default.fileExists(atPath: project.adapters.file("adapter.json", of: 3).path))
        #expect(try project.description(of: 1)["status"] as? String == "trained")
    }

    @Test func wrongCommandLinesAreNamed() throws {
        let project = try UpdateProject()
        let run = { (arguments: [String]) in try Program.run(["update"] + arguments, in: project.root) }
        let unknown = try run(["q", "--base-model", "bright"])
        #expect(unknown.status == 2)
        #expect(
            unknown.talk == "error: project `q` has no adapter in use, so there is nothing to update\n"
                + "  hint: there are adapters in `p`\n")
        #expect(try run(["p"]).status == 64)
        #expect(try run(["../p", "--base-model", "bright"]).status == 64)
        #expect(try run(["p", "--base-model", "bright", "--dry-run", "--accept"]).status == 64)
        #expect(try run(["p", "--base-model", "brigt"]).status == 1)
        try project.adapters.project.write("Projects/p/project.yaml", "project: p\nbase_model: brigt\n")
        let misnamed = try run(["p"])
        #expect(misnamed.status == 1 && misnamed.talk.contains("did you mean `bright`?"), "\(misnamed.talk)")
        try project.adapters.project.write("Projects/p/project.yaml", "project: p\nbase_model: bright\n")
        try FileManager.default.removeItem(at: project.root.appending(path: "Experiments/base-models/blind.onnx"))
        let gone = try run(["p", "--base-model", "blind"])
        #expect(gone.status == 2 && gone.talk.contains("blind.onnx is missing; run `make setup`"), "\(gone.talk)")
        #expect(try run(["p", "--dry-run"]).output.contains("it is trained on bright"))
    }
}
