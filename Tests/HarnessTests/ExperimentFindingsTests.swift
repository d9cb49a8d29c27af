import Foundation
import Harness
import Moderation
import TestSupport
import Testing

/// Every mistake is found, all at once, at its place.
@Suite struct ExperimentFindingsTests {
    @Test func anExperimentThatIsRightIsRead() throws {
        let project = try TemporaryProject()
        let experiment = try Experiment(file: project.experiment())
        #expect(experiment.name == "e")
        #expect(experiment.head == "Is the question here?\n  moderato run e.yaml")
        #expect(experiment.adapters.map(\.name) == ["platt", "shift", "ridge"])
        #expect(experiment.labels.map(\.description) == ["Alcohol"])
        #expect(experiment.threshold.confidence == 50)
    }

    @Test func everyMistakeIsFoundAtOnce() throws {
        try check(
            """
            experiment: e
            project: p
            base_model: tiny
            dataset: d
            labels: [1️⃣Alcohl]
            2️⃣treshold: 60
            split: {training: 0.5, test: 3️⃣half, 4️⃣sed: 3}
            adapters:
              - {kind: 5️⃣rigde}
              - {kind: ridge, strength: 6️⃣-1}
            on_bad_image: 7️⃣ignore
            """,
            [
                "`Alcohl` is not a label of taxonomy 6.1 (did you mean `Alcohol`?)",
                "unknown key `treshold`; allowed are `experiment`, `project`, `base_model`, `dataset`, `images`, `background`,"
                    + " `labels`, `split`, `training_size`, `threshold`, `objective`, `adapters`, `gate`, `on_bad_image`,"
                    + " `allow_leaks`, `report`"
                    + " (did you mean `threshold`?)",
                "`test` is a number above 0 and below 1, given `half`",
                "unknown key `sed` in `split`; allowed are `training`, `test`, `by`, `repeats`, `seed` (did you mean `seed`?)",
                "`kind` is one of `none`, `bias`, `platt`, `ridge`, `logistic`, `kernel`, `gda`, `cache`, `auto`,"
                    + " given `rigde` (did you mean `ridge`?)",
                "`strength` is a number from 0 to 1000000, given `-1`",
                "`on_bad_image` is one of `fail`, `skip`, given `ignore`",
            ])
    }

    @Test func missingKeysAreNamed() throws {
        try check(
            "1️⃣2️⃣3️⃣experiment: e\nbase_model: tiny\ndataset: d\nlabels: [Alcohol]\n",
            [
                "the key `adapters` is missing (`adapters`: what is compared with the base model, beside a bias and a platt)",
                "the key `project` is missing (`project`: the project it belongs to)",
                "the key `split` is missing (`split`: what is trained on and tested on)",
            ])
    }

    /// One mistake is one finding, unless the unknown key can hardly be the missing one.
    @Test func aMissingKeyUnderAnotherNameIsReportedOnce() throws {
        let allowed = "allowed are `training`, `test`, `by`, `repeats`, `seed`"
        for (key, value, hint) in [
            ("train", "0.5", "`training` is missing: share of the groups to train on"),
            ("trainning", "half", "did you mean `training`?"),
        ] {
            try check(
                TemporaryProject.experiment.replacing("{training: 0.5", with: "{1️⃣\(key): \(value)"),
                ["unknown key `\(key)` in `split`; \(allowed) (\(hint))"])
        }
        try check(
            TemporaryProject.experiment.replacing("{training: 0.5", with: "1️⃣{2️⃣train: half"),
            [
                "the key `training` is missing in `split` (`training`: share of the groups to train on)",
                "unknown key `train` in `split`; \(allowed)",
            ])
    }

    @Test func unknownDatasetsAndModelsAreNamedWithTheKnownOnes() throws {
        try check(
            """
            experiment: e
            project: p
            base_model: 1️⃣tinny
            dataset: 2️⃣dd
            labels: [Alcohol]
            split: {training: 0.5, test: 0.5}
            adapters: [{kind: bias}]
            """,
            [
                "there is no base model `tinny`; known are `tiny` (did you mean `tiny`?)",
                "there is no dataset `dd`; known are `d` (did you mean `d`?)",
            ])
    }

    @Test func labelsWithoutTheirParentsAreExplained() throws {
        try check(
            TemporaryProject.experiment.replacingOccurrences(of: "[Alcohol]", with: "[1️⃣Weapons]"),
            [
                "`Weapons` is not a label of taxonomy 6.1"
                    + " (labels are written with their parents: did you mean `Violence/Weapons`?)"
            ])
    }

    @Test func aLabelWithoutPositivesOrNegatives() throws {
        try check(
            TemporaryProject.experiment.replacingOccurrences(of: "[Alcohol]", with: "[1️⃣Violence/Weapons]"),
            [
                "`Violence/Weapons` is present in none of the 12 selected images; training needs both"
                    + " (add it to `images: labels`)"
            ])
        let project = try TemporaryProject()
        try project.write(
            "Datasets/d/manifest.jsonl", #"{"image":"1.png","present":["Alcohol"],"absent":"others"}"#)
        try check(
            TemporaryProject.experiment.replacingOccurrences(of: "[Alcohol]", with: "[1️⃣Alcohol]"),
            [
                "`Alcohol` is absent in none of the 1 selected images; training needs both"
                    + " (add look-alikes or other safe images to `images`)"
            ], project: project)
    }

    @Test func sharesAboveOneAndTwoAdaptersOfOneName() throws {
        try check(
            """
            experiment: e
            project: p
            base_model: tiny
            dataset: d
            labels: [Alcohol]
            split: 1️⃣{training: 0.7, test: 0.7}
            adapters: [{kind: bias}, 2️⃣{kind: bias}]
            """,
            [
                "`training` and `test` add up to 1.4, more than 1",
                "two adapters are called `bias` (give each a `name` of its own)",
            ])
    }

    @Test func numbersBelowTheirRangeAreFindings() throws {
        try check(
            TemporaryProject.experiment.replacingOccurrences(of: "seed: 1", with: "seed: 1️⃣-1"),
            ["`seed` is a whole number from 0, given `-1`"])
    }

    @Test func aTestDatasetIsCheckedLikeAnyOther() throws {
        let project = try TemporaryProject()
        try project.write("Datasets/t/dataset.yaml", "dataset: t\ntaxonomy: \"7.0\"\n")
        try project.write("Datasets/t/manifest.jsonl", #"{"image":"1.png"}"#)
        let split = "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}"
        let named = TemporaryProject.experiment.replacingOccurrences(of: split, with: "split: {test_dataset: 1️⃣t}")
        try check(named, ["dataset `t` has labels of taxonomy 7.0, the base model of 6.1"], project: project)
        try project.write("Datasets/t/dataset.yaml", "dataset: t\ntaxonomy: \"6.1\"\n")
        let placed = TemporaryProject.experiment.replacingOccurrences(of: split, with: "split: 1️⃣{test_dataset: t}")
        try check(
            placed,
            [
                "`Alcohol` is known of none of the 1 images that the split leaves to test on"
                    + " (test on a larger share, or divide by a smaller unit)"
            ], project: project)
    }

    @Test func aLabelThatTheBaseNeverDetectsIsAWarning() throws {
        let project = try TemporaryProject()
        let lines = (0..<12).map {
            #"{"image":"\#($0).png","present":[\#($0 % 3 == 0 ? "\"Gambling\"" : "")],"absent":"others"}"#
        }
        try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
        let text = TemporaryProject.experiment.replacingOccurrences(of: "[Alcohol]", with: "[Gambling]")
        let experiment = try Experiment(file: project.experiment(text))
        #expect(experiment.warnings.map(\.severity) == [.warning])
        #expect(experiment.warnings.first?.message.contains("never detects `Gambling`") == true)
    }

    @Test func baselinesTakeNamesThatAreFree() throws {
        let project = try TemporaryProject()
        let text = TemporaryProject.experiment.replacingOccurrences(
            of: "name: shift, kind: bias", with: "name: platt, kind: ridge")
        let experiment = try Experiment(
            file: project.experiment(text + "\n  - {name: platt-baseline, kind: ridge}\n"))
        #expect(
            experiment.adapters.map(\.name)
                == ["threshold-only", "platt-baseline-baseline", "platt", "ridge", "platt-baseline"])
    }

    @Test func twoDatasetsOfOneName() throws {
        let project = try TemporaryProject()
        try project.write("Datasets/x/dataset.yaml", "dataset: d\ntaxonomy: \"6.1\"\n")
        try project.write("Datasets/x/manifest.jsonl", #"{"image":"other.png","absent":"others"}"#)
        try check(
            TemporaryProject.experiment.replacingOccurrences(of: "dataset: d", with: "dataset: 1️⃣[d, x]"),
            ["two datasets are called `d` (give each a name of its own in its dataset.yaml)"], project: project)
    }

    @Test func whatAnObjectiveCannotHold() throws {
        try check(
            TemporaryProject.experiment
                + "\nobjective: {minimise: errors, subject_to: {1️⃣false_positives: not_above_base}}",
            ["nothing is held where all `errors` are minimised"])
        try check(
            TemporaryProject.experiment
                + "\nobjective: {minimise: false_positives, subject_to: {1️⃣false_positives: not_above_base}}",
            ["`false_positives` holds what the objective minimises; only the other kind can be held"])
    }

    /// A typo beside `test_dataset` is held against the keys of a separate test dataset.
    @Test func theNearestFormIsMeant() throws {
        try check(
            TemporaryProject.experiment.replacingOccurrences(
                of: "{training: 0.5, test: 0.5, repeats: 2, seed: 1}", with: "{test_dataset: d, 1️⃣sed: 1}"),
            ["unknown key `sed` in `split`; allowed are `test_dataset`, `seed` (did you mean `seed`?)"])
    }

    @Test func whatIsNotYAML() throws {
        let project = try TemporaryProject()
        for text in ["experiment: [", "a: 1\na: 2", "", "- just\n- a list", "\t- x", "{", "&a [*a]"] {
            let file = try project.experiment(text)
            #expect(throws: Findings.self) { try Experiment(file: file) }
        }
        #expect(throws: Findings.self) { try Experiment(file: project.root) }
        #expect(throws: Findings.self) { try Experiment(file: project.root.appending(path: "no.yaml")) }
    }

    @Test func findingsOfTheManifestComeWithThoseOfTheExperiment() throws {
        let project = try TemporaryProject()
        try project.write("Datasets/d/manifest.jsonl", "{\"image\":\"../x.png\"}\nnonsense\n")
        let file = try project.experiment(TemporaryProject.experiment + "\nsurprise: 1\n")
        #expect {
            try Experiment(file: file)
        } throws: { error in
            let findings = (error as? Findings)?.all ?? []
            return findings.count == 3 && findings.count { $0.place?.file.hasSuffix("manifest.jsonl") == true } == 2
        }
    }

    /// Reading goes on after a finding, so a value that is none must not be used as one.
    @Test(arguments: ["-1", "99999999999999999999", "true", "0x10", "[1]", "~"]) func aSeedThatIsNone(seed: String)
        throws
    {
        let text = TemporaryProject.experiment.replacing("seed: 1", with: "seed: 1️⃣\(seed)")
        let given = seed == "[1]" ? "a list" : "`\(seed)`"
        try check(text, ["`seed` is a whole number from 0, given \(given)"])
    }

    /// A few lines of aliases of aliases are billions of values.
    @Test func anAliasBombIsRefused() throws {
        let lines = (1...20).map {
            "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]"
        }
        let bomb = (["a0: &a0 [x]"] + lines).joined(separator: "\n")
        #expect(try findings(bomb).first?.contains("more than 100000 values") == true)
    }

    @Test func filesThatAreNoMapping() throws {
        for (text, said) in [
            ("hello", "the file is a mapping with the keys"), ("- a", "the file is a mapping with the keys"),
            ("", "the file is empty"), ("a: \u{0}", "this is not YAML: control characters are not allowed"),
            (TemporaryProject.experiment + "\n---\na: 1", "expected a single document in the stream"),
        ] {
            #expect(try findings(text).first?.contains(said) == true, "\(text)")
        }
    }

    /// A name becomes the name of a folder, whose length has a limit.
    @Test func aNameThatIsTooLong() throws {
        let name = String(repeating: "n", count: 101)
        try check(
            TemporaryProject.experiment.replacing("experiment: e", with: "experiment: 1️⃣\(name)"),
            ["`experiment` is a name of at most 100 letters, digits, `.`, `_` and `-`, given `\(name)`"])
    }

    /// A split with nothing to learn from, or nothing to test on, ends in a table that says nothing.
    @Test func aSplitThatLeavesNothing() throws {
        let split = "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}"
        let with = { (other: String) in TemporaryProject.experiment.replacing(split, with: "split: 1️⃣\(other)") }
        let nothingToTest =
            "`Alcohol` is known of none of the 0 images that the split leaves to test on"
            + " (test on a larger share, or divide by a smaller unit)"
        try check(with("{training: 0.999, test: 0.001}"), [nothingToTest])
        // No image has a source: all of them are one unit.
        try check(with("{training: 0.5, test: 0.5, by: source}"), [nothingToTest])
        let few = try findings(with("{training: 0.001, test: 0.9}"))
        #expect(
            few.count == 2 && few.allSatisfy { $0.contains("none of the 0 images that the split leaves to train on") })
    }

    /// The manifest allows copies that stay together, so an experiment on it does too.
    @Test func copiesOfOneGroupAreNoError() throws {
        let project = try TemporaryProject()
        let digest = String(repeating: "ab", count: 32)
        let copies = ["a", "b"].map { #"{"image":"\#($0).png","sha256":"\#(digest)","absent":"others","group":"g"}"# }
        let lines = String(
            decoding: try Data(contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl")), as: UTF8.self)
        try project.write("Datasets/d/manifest.jsonl", lines + "\n" + copies.joined(separator: "\n"))
        #expect(try Experiment(file: project.experiment()).candidateCount == 14)
    }

    /// Manifests of two parts of one folder are two datasets, each called after its file.
    @Test func bareManifestsHaveNamesOfTheirOwn() throws {
        let project = try TemporaryProject()
        let lines = String(
            decoding: try Data(contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl")), as: UTF8.self
        ).split(separator: "\n")
        try project.write("photos/train.jsonl", lines.prefix(6).joined(separator: "\n"))
        // Its images have the same paths, but lie elsewhere.
        try project.write("elsewhere/test.jsonl", lines.prefix(6).joined(separator: "\n"))
        let experiment = try Experiment(
            file: project.experiment(
                TemporaryProject.experiment.replacing("dataset: d", with: "dataset: ../photos/train.jsonl")
                    .replacing(
                        "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}",
                        with: "split: {test_dataset: ../elsewhere/test.jsonl}")))
        #expect(experiment.allDatasets.map(\.dataset.name) == ["train", "test"])
    }

    /// An experiment outside the project says where it looked, and how to say where to look.
    @Test func aWorkspaceWithNothingInIt() throws {
        let project = try TemporaryProject()
        let file = try project.experiment()
        let nowhere = Workspace(root: URL(filePath: "/nowhere"))
        #expect { try Experiment(file: file, workspace: nowhere) } throws: { error in
            let all = (error as? Findings)?.all ?? []
            return all.map(\.message) == [
                "there is no base model `tiny`: nothing is at /nowhere/Experiments/base-models/tiny.yaml",
                "there is no dataset `d`: nothing is at /nowhere/Datasets/d",
            ] && all.allSatisfy { $0.hint == "`--root` names the project's folder" }
        }
    }

    /// Without a `kind` nothing says which keys are wrong.
    @Test func anAdapterWithoutAKind() throws {
        try check(
            TemporaryProject.experiment.replacing("- {name: shift, kind: bias}", with: "- 1️⃣{name: shift}"),
            ["the key `kind` is missing in `adapters` (`kind`: the method)"])
        #expect(
            try findings(TemporaryProject.experiment.replacing("labels: [Alcohol]", with: "labels: []"))
                == ["`labels` is a list, each element text, given an empty list"])
    }

    private func findings(_ marked: String) throws -> [String] {
        let project = try TemporaryProject()
        let file = try project.experiment(MarkedText(marked).text)
        do {
            _ = try Experiment(file: file)
            return []
        } catch {
            return error.all.map(\.message)
        }
    }
}
