import Foundation
import TestSupport
import Testing

/// Whatever trial an adapter came from, it moves to another base model, and what stands beside it is not trusted blindly.
@Suite struct UpdateOriginTests {
    /// A trial of a later repetition is tested on other images than the first one, and these are kept with the adapter.
    @Test func aTrialOfALaterRepetitionMovesToo() throws {
        let project = try UpdateProject()
        let trial = try project.adapters.trial("ridge", repetition: 1)
        #expect(try project.adapters.run("adapter", "create", "p", "b", "--from", trial).status == 0)
        let update = try project.update()
        #expect(update.status == 0, "\(update.talk)")
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained", "b/1 deprecated", "b/2 trained"])
    }

    /// Two labels, groups, a training size and two datasets, whose images stand in two folders.
    @Test func whatCameFromSeveralDatasetsMovesToo() throws {
        let experiment = """
            experiment: e
            project: p
            base_model: tiny
            dataset: [d, e]
            labels: [Alcohol, Violence/Weapons]
            split: {training: 0.6, test: 0.3, by: group, repeats: 2, seed: 3}
            training_size: {positives: 6, negatives: 8}
            adapters: [{kind: ridge}, {kind: kernel}]
            """
        let project = try UpdateProject(experiment) { project in
            let images = (0..<60).map { index in
                let labels = [index % 3 == 0 ? "\"Alcohol\"" : nil, index % 4 == 0 ? "\"Violence/Weapons\"" : nil]
                let present = labels.compactMap { $0 }.joined(separator: ",")
                return "{\"image\":\"images/\(index).png\",\"present\":[\(present)],\"absent\":\"others\","
                    + "\"group\":\"object \(index / 2)\"}"
            }
            try project.write("Datasets/d/manifest.jsonl", images.prefix(30).joined(separator: "\n"))
            try project.write("Datasets/e/manifest.jsonl", images.suffix(30).joined(separator: "\n"))
            try project.write("Datasets/e/dataset.yaml", "dataset: e\ntaxonomy: \"6.1\"\n")
            try FileManager.default.copyItem(
                at: project.root.appending(path: "Datasets/d/images"),
                to: project.root.appending(path: "Datasets/e/images"))
        }
        try project.adapters.create("b", from: "kernel")
        let update = try project.update()
        #expect(update.status == 0, "\(update.talk)")
        #expect(try project.versions() == ["a/1 deprecated", "a/2 trained", "b/1 deprecated", "b/2 trained"])
        let old = try project.description(of: 1), new = try project.description(of: 2)
        #expect(new["images"] as? NSObject == old["images"] as? NSObject)
        // And from there on to the next.
        #expect(try project.update(to: "tiny").status == 0)
    }

    /// Of two versions in use the later one counts; where that cannot be read, nobody takes the earlier one for it.
    @Test func aVersionBehindADamagedOneStaysWhereItIs() throws {
        let project = try UpdateProject()
        try project.adapters.create()
        try Data("{".utf8).write(to: project.adapters.file("adapter.json", of: 2))
        for more in [["--dry-run"], []] {
            let update = try Program.run(["update", "p", "--base-model", "bright"] + more, in: project.root)
            #expect(update.status == 2 && update.talk.contains("adapters/a/2/adapter.json is damaged"))
            #expect(update.talk.contains("error: `p/a/1`: a later version of it cannot be read"), "\(update.talk)")
        }
        #expect(try project.description(of: 1)["status"] as? String == "trained")
        #expect(!FileManager.default.fileExists(atPath: project.adapters.file("", of: 3).path))
    }

    /// What cannot be compared is not trained first, and what cannot be used does not take over.
    @Test func aDamagedTrialIsSeenInTime() throws {
        let project = try UpdateProject(margin: 0.05)
        #expect(try project.update().status == 6)
        let candidate = project.adapters.file("trial.h5", of: 2), old = project.adapters.file("trial.h5")
        let whole = try Data(contentsOf: candidate)
        try whole.dropLast().write(to: candidate)
        let accepted = try project.update(to: "bright", "--accept")
        #expect(accepted.status == 2 && accepted.talk.contains("adapters/a/2/trial.h5 is damaged"), "\(accepted.talk)")
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
        try whole.write(to: candidate)
        try Data(contentsOf: old).dropLast().write(to: old)
        for more in [["--dry-run"], []] {
            let update = try Program.run(["update", "p", "--base-model", "blind"] + more, in: project.root)
            #expect(update.status == 2 && update.talk.contains("adapters/a/1/trial.h5 is damaged"), "\(update.talk)")
        }
        #expect(try project.versions() == ["a/1 trained", "a/2 candidate"])
    }

    /// An update that was cut off is ended by the next one, to whatever base model that leads.
    @Test func whatWasCutOffIsEndedOnTheWayElsewhere() throws {
        let project = try UpdateProject()
        #expect(try project.update().status == 0)
        try project.setStatus("trained", of: 1)
        let update = try project.update(to: "blind")
        #expect(update.status == 0, "\(update.talk)")
        #expect(
            update.talk.contains("note: `p/a/1` is deprecated: an earlier update was cut off after `p/a/2` took its"))
        #expect(try project.versions() == ["a/1 deprecated", "a/2 deprecated", "a/3 trained"])
    }

    @Test func aDescriptionWithoutASeedIsDamaged() throws {
        let project = try UpdateProject()
        let file = project.adapters.file("adapter.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("\"seed\"", with: "\"sead\"").utf8).write(to: file)
        let update = try project.update()
        #expect(update.status == 2 && update.talk.contains("its `split` has no `seed`"), "\(update.talk)")
    }
}
