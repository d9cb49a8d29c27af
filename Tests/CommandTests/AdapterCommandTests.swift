import Foundation
import TestSupport
import Testing

/// Versions are made, numbered, listed and deleted as a user is told.
@Suite struct AdapterCommandTests {
    private func versions(_ project: AdapterProject) throws -> [String] {
        let list = try project.run("adapter", "list", "--json")
        let entries = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]]
        return (entries ?? []).map { "\($0["name"] as? String ?? "")/\($0["number"] as? Int ?? 0)" }
    }

    @Test func numbersGoUpAndAreNeverGivenAgain() throws {
        let project = try AdapterProject()
        #expect(try project.create() == "p/a/1")
        #expect(try project.create() == "p/a/2")
        #expect(try project.create("b") == "p/b/1")
        #expect(try versions(project) == ["a/1", "a/2", "b/1"])
        #expect(try project.run("adapter", "delete", "p/a/2", "--yes").status == 0)
        #expect(try project.create() == "p/a/3")
        #expect(try project.run("adapter", "delete", "p/a", "--all-versions", "--yes").status == 0)
        #expect(try versions(project) == ["b/1"])
        #expect(try project.create() == "p/a/4")
        let shown = try project.run("adapter", "show", "p/a")
        #expect(shown.output.hasPrefix("adapter      p/a/4\n"), "\(shown.output)")
    }

    /// What a detection says of its adapter names it.
    @Test func anArnIsAsGoodAsAnId() throws {
        let project = try AdapterProject()
        try project.create()
        try project.create()
        let shown = try project.run("adapter", "show", "p/a/1", "--json").output
        let arn = try #require(shown.firstMatch(of: #/"arn" : "(arn:[^"]+)"/#)).output.1
        #expect(try project.run("adapter", "show", String(arn), "--json").output == shown)
        let gone = try project.run("adapter", "show", "\(arn)1")
        #expect(gone.status == 2 && gone.talk.contains("there is no adapter `\(arn)1`"), "\(gone.talk)")
    }

    @Test func deletingAsksAndAWholeNameTakesAFlag() throws {
        let project = try AdapterProject()
        try project.create()
        let asked = try project.run("adapter", "delete", "p/a/1")
        #expect(asked.status == 64 && asked.talk.contains("nobody is there to be asked `Delete p/a/1?`"))
        let whole = try project.run("adapter", "delete", "p/a", "--yes")
        #expect(whole.status == 64 && whole.talk.contains("--all-versions"))
        #expect(try project.run("adapter", "delete", "p/a/1", "--all-versions", "--yes").status == 64)
        #expect(try versions(project) == ["a/1"])
        let gone = try project.run("adapter", "delete", "p/a/7", "--yes")
        #expect(gone.status == 2 && gone.talk.contains("there is no adapter `p/a/7`"))
        // Trials and images stay where they are.
        #expect(try project.run("adapter", "delete", "p/a/1", "--yes").talk == "deleted p/a/1\n")
        #expect(try project.create() == "p/a/2")
    }

    @Test func anEmptyProjectSaysSo() throws {
        let project = try AdapterProject()
        let all = try project.run("adapter", "list")
        #expect(all.status == 0 && all.output.isEmpty && all.talk.hasPrefix("no project has an adapter\n  hint: "))
        try project.create()
        let other = try project.run("adapter", "list", "q")
        #expect(other.status == 0 && other.talk.hasPrefix("project `q` has no adapter; there are some in `p`"))
        #expect(try project.run("adapter", "list", "q", "--json").output == "[\n\n]\n")
        #expect(try project.run("adapter", "list", "p").output.contains("\np/a/1    trained  ridge"))
    }

    @Test(arguments: [
        (["a/b", "x"], "the name of a project is made of"), (["p", ".."], "the name of an adapter is made of"),
        (["p", "schön"], "the name of an adapter is made of"), (["p", ""], "the name of an adapter is made of"),
        (["p", String(repeating: "x", count: 256)], "1 to 255 of them"),
        (["p", "x", "--description", "what <b>"], "a description is made of"),
        (["p", "x", "--description", ""], "a description is made of"),
    ]) func namesAndDescriptionsAreRekognitions(arguments: [String], message: String) throws {
        let project = try TemporaryProject()
        let run = try Program.run(["adapter", "create"] + arguments + ["--from", "abcd"], in: project.root)
        #expect(run.status == 64 && run.talk.contains(message), "\(run.talk)")
        #expect(!FileManager.default.fileExists(atPath: project.root.path + "/Projects"))
    }

    @Test func wrongIdsAreNamed() throws {
        let project = try AdapterProject()
        try project.create("weapons")
        let detect = { (id: String) in try project.run("detect", "Datasets/d/images/0.png", "--adapter", id) }
        #expect(
            try detect("p/weapon").talk.contains("there is no adapter `p/weapon`\n  hint: did you mean `p/weapons`?"))
        #expect(try detect("p/weapons/9").talk.contains("hint: there is `p/weapons/1`"))
        for id in ["p/weapons/", "p/weapons/01", "p/weapons/-1", "p/weapons/1/1", "/weapons"] {
            let run = try detect(id)
            #expect(run.status == 64 && run.output.isEmpty, "\(id): \(run.talk)")
        }
        #expect(try project.run("adapter", "list", "p q").status == 64)
        let other = try project.run("adapter", "create", "p", "x", "--from", "0000")
        #expect(other.status == 2 && other.talk.contains("no finished trial answers to `0000`"))
    }

    @Test func severalAtOnceGetSeveralNumbers() throws {
        let project = try AdapterProject()
        let trial = try project.trial()
        let command = "\"$0\" adapter create p a --from \(trial) --root \(project.root.path)"
        let script = (0..<6).map { _ in "\(command) & " }.joined() + "wait"
        let runs = try Program.shell("export MODERATO_ONNXRUNTIME=\(Program.onnxRuntime ?? ""); \(script)")
        #expect(Set(runs.output.split(separator: "\n").map(String.init)) == Set((1...6).map { "p/a/\($0)" }))
        #expect(try versions(project).count == 6)
        let times = try (1...6).map { try String(contentsOf: project.file("adapter.json", of: $0), encoding: .utf8) }
            .compactMap { $0.firstMatch(of: /version\/a\/([0-9]+)"/)?.output.1 }.map(String.init)
        // The number at an ARN's end tells versions apart, in their order.
        #expect(Set(times).count == 6 && times == times.sorted())
    }

    /// Killed after any time: what is listed is whole and usable, and the next one sweeps what was left.
    @Test func aKilledCreationLeavesNothingHalf() throws {
        let project = try AdapterProject()
        let trial = try project.trial()
        var killed = 0
        for delay in stride(from: 5, to: 125, by: 5) {
            let run = try Program.run(
                ["adapter", "create", "p", "a", "--from", trial], in: project.root
            ) { process in
                usleep(UInt32(delay) * 1000)
                kill(process, SIGKILL)
            }
            if run.status == 128 + SIGKILL { killed += 1 }
        }
        #expect(killed > 0)
        #expect(try project.run("adapter", "list").status == 0)
        for id in try versions(project) { #expect(try project.run("adapter", "show", "p/\(id)").status == 0) }
        // A temporary as a killed writer leaves it.
        try project.project.write("Projects/p/adapters/a/99.tmp-1-1/adapter.json", "{")
        #expect(try versions(project).allSatisfy { $0 != "a/99" })
        try project.create()
        let left = try FileManager.default.contentsOfDirectory(atPath: project.root.path + "/Projects/p/adapters/a")
        #expect(left.allSatisfy { Int($0) != nil || $0 == "last_number" }, "\(left)")
    }

    @Test(arguments: ["adapter.json", "trial.h5", "missing"]) func damageIsRefusedWithItsPlace(name: String) throws {
        let project = try AdapterProject()
        try project.create()
        try project.create("b")
        for note in ["Projects/note", "Projects/p/note.md", "Projects/p/adapters/note", "Projects/p/adapters/a/note"] {
            try project.project.write(note, "somebody's")
        }
        let file = project.file(name == "missing" ? "trial.h5" : name)
        if name == "missing" {
            try FileManager.default.removeItem(at: file)
        } else {
            let bytes = try Data(contentsOf: file)
            try bytes.prefix(bytes.count / 2).write(to: file)
        }
        let run = try project.run("detect", "Datasets/d/images/0.png", "--adapter", "p/a/1")
        #expect(run.status == 2 && run.output.isEmpty)
        let path = "Projects/p/adapters/a/1/\(file.lastPathComponent)"
        #expect(run.talk.contains("error: \(path) is damaged: "), "\(run.talk)")
        #expect(run.talk.contains("hint: restore it from a copy, or delete the adapter"))
        let list = try project.run("adapter", "list")
        #expect(list.output.contains("p/b/1"))
        #expect(list.status == (name == "adapter.json" ? 2 : 0))
        #expect(try project.run("adapter", "delete", "p/a/1", "--yes").status == 0)
        #expect(try project.run("adapter", "list").status == 0)
    }

    @Test func aVersionThatWasMovedOrIsOfALaterLayoutIsRefused() throws {
        let project = try AdapterProject()
        try project.create()
        try FileManager.default.copyItem(at: project.file(""), to: project.file("", of: 5))
        let moved = try project.run("adapter", "show", "p/a/5")
        #expect(moved.status == 2 && moved.talk.contains("is damaged: it says that it is `p/a/1`"), "\(moved.talk)")
        let text = try String(contentsOf: project.file("adapter.json"), encoding: .utf8)
        try Data(text.replacing("\"layout\" : 1", with: "\"layout\" : 2").utf8).write(to: project.file("adapter.json"))
        #expect(
            try project.run("adapter", "show", "p/a/1").talk.contains(
                "has layout 2, this version reads layout 1: use the version"))
    }

    @Test func aFolderThatTakesNothingIsNamed() throws {
        let project = try AdapterProject()
        let folder = project.root.appending(path: "Projects")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let arguments = ["adapter", "create", "p", "a", "--from", try project.trial()]
        try project.allow(0o555, "Projects")
        let refused = try project.runWithoutPrivileges(arguments)
        #expect(refused.status == 2)
        #expect(refused.talk.split(separator: "\n").count == 1)
        #expect(refused.talk.contains("Projects/p: permission denied"), "\(refused.talk)")
        try FileManager.default.removeItem(at: folder)
        try Data().write(to: folder)
        let blocked = try Program.run(arguments, in: project.root)
        #expect(
            blocked.status == 2 && blocked.talk.contains("a file stands where a folder should be"), "\(blocked.talk)")
    }

    /// What cannot be looked into is not empty.
    @Test func aFolderThatShowsNothingIsNamed() throws {
        let project = try AdapterProject()
        try project.create()
        let folder = "Projects/p/adapters/a"
        try project.allow(0o000, folder)
        for arguments in [["adapter", "list"], ["adapter", "show", "p/a"], ["adapter", "list", "p", "--json"]] {
            let refused = try project.runWithoutPrivileges(arguments)
            #expect(refused.status == 2 && refused.output.isEmpty)
            #expect(refused.talk == "error: cannot list \(folder): permission denied\n")
        }
        try project.allow(0o755, folder)
        try project.allow(0o000, "\(folder)/1/trial.h5")
        let unread = try project.runWithoutPrivileges(["detect", "Datasets/d/images/0.png", "--adapter", "p/a"])
        #expect(unread.status == 2 && unread.talk.contains("trial.h5: permission denied"), "\(unread.talk)")
    }

    /// A number that was given once is not given again because its file cannot be read.
    @Test func aCounterThatCountsNothingIsNamed() throws {
        let project = try AdapterProject()
        try project.create()
        try project.create()
        #expect(try project.run("adapter", "delete", "p/a/2", "--yes").status == 0)
        let counter = project.root.appending(path: "Projects/p/adapters/a/last_number")
        let arguments = ["adapter", "create", "p", "a", "--from", try project.trial()]
        for text in ["", "two\n", "-1\n", "\(Int.max)\n", "99999999999999999999\n"] {
            try Data(text.utf8).write(to: counter)
            let refused = try Program.run(arguments, in: project.root)
            #expect(refused.status == 2 && refused.output.isEmpty, "\(text)")
            #expect(refused.talk.contains("hint: write that number there"), "\(refused.talk)")
            #expect(try Data(contentsOf: counter) == Data(text.utf8))
        }
        try FileManager.default.removeItem(at: counter)
        try FileManager.default.createDirectory(at: counter, withIntermediateDirectories: true)
        let folder = try Program.run(arguments, in: project.root)
        #expect(folder.status == 2 && folder.talk.contains("a/last_number: "), "\(folder.talk)")
        try FileManager.default.removeItem(at: counter)
        try Data("2\n".utf8).write(to: counter)
        #expect(try project.create() == "p/a/3")
    }

    /// A folder that leads nowhere is not an adapter without versions.
    @Test func aFolderThatCannotBeFollowedIsNamed() throws {
        let project = try AdapterProject()
        try project.create()
        let folder = project.root.appending(path: "Projects/p/adapters/a")
        try FileManager.default.removeItem(at: folder)
        try FileManager.default.createSymbolicLink(atPath: folder.path, withDestinationPath: "a")
        let list = try project.run("adapter", "list")
        #expect(list.status == 2 && list.talk.hasPrefix("error: cannot list Projects/p/adapters/a: "), "\(list.talk)")
    }

    /// `adapter.json` has no seal: after a merge or an edit it may name other things than the trial beside it holds.
    @Test func aDescriptionOfAnotherTrialIsRefused() throws {
        let project = try AdapterProject()
        try project.create()
        let file = project.file("adapter.json")
        let whole = try Data(contentsOf: file)
        let edits: [(key: String, edit: (inout [String: Any]) -> Void)] = [
            ("labels", { $0["labels"] = ["Violence"] }), ("labels", { $0["labels"] = [] }),
            ("threshold", { $0["threshold"] = 60 }), ("repetition", { $0["repetition"] = 1 }),
            ("embedding", { $0["embedding"] = ["name": "rich", "digest": String(repeating: "0", count: 64)] }),
            (
                "base_model",
                {
                    var model = $0["base_model"] as? [String: Any]
                    model?["digest"] = String(repeating: "0", count: 64)
                    $0["base_model"] = model
                }
            ),
        ]
        for (key, edit) in edits {
            var members = try #require(JSONSerialization.jsonObject(with: whole) as? [String: Any])
            edit(&members)
            try JSONSerialization.data(withJSONObject: members).write(to: file)
            for arguments in [["show", "p/a"], ["export", "p/a", "--format", "onnx", "--output", "x"]] {
                let run = try Program.run(["adapter"] + arguments, in: project.root)
                #expect(run.status == 2 && run.output.isEmpty, "\(key): \(run.talk)")
                #expect(
                    run.talk.contains(
                        "adapters/a/1/adapter.json is damaged: its `\(key)` is not that of the trial in trial.h5"),
                    "\(run.talk)")
            }
        }
    }

    @Test func aFullDiskLeavesNothing() throws {
        let project = try AdapterProject()
        let command = "\"$0\" adapter create p a --from \(try project.trial()) --root \(project.root.path)"
        // 8 KiB is enough for the counter and the manifests, not for the trial.
        let full = try Program.shell("ulimit -f 8; \(command)")
        #expect(full.status == 2 && full.output.isEmpty)
        #expect(full.talk.contains("cannot write ") && full.talk.contains("a/1/trial.h5: "), "\(full.talk)")
        let left = try FileManager.default.contentsOfDirectory(atPath: project.root.path + "/Projects/p/adapters/a")
        #expect(left == ["last_number"])
        #expect(try project.run("adapter", "list").talk.hasPrefix("no project has an adapter"))
    }

    @Test func aTrialWhoseBaseModelOrImagesAreGoneSaysWhatToName() throws {
        let project = try AdapterProject()
        let create = { (more: [String]) in
            try Program.run(
                ["adapter", "create", "p", "a", "--from", try project.trial()] + more, in: project.root)
        }
        let move = { (from: String, to: String) in
            try FileManager.default.moveItem(
                at: project.root.appending(path: from), to: project.root.appending(path: to))
        }
        try move("Experiments/base-models", "models")
        let model = try create([])
        #expect(model.status == 2 && model.talk.contains("`--base-model` names its file"), "\(model.talk)")
        try move("Datasets/d", "elsewhere")
        let images = try create(["--base-model", "models/tiny.yaml"])
        #expect(images.status == 2 && images.talk.contains("the 60 images of trial"), "\(images.talk)")
        let made = try create(["--base-model", "models/tiny.yaml", "--dataset", "./elsewhere"])
        #expect(made.status == 0, "\(made.talk)")
        let shown = try project.run("adapter", "show", "p/a", "--json").output
        #expect(shown.contains(#""folder" : "elsewhere""#) && shown.contains(#""file" : "models/tiny.yaml""#))
        #expect(try project.run("detect", "elsewhere/images/0.png", "--adapter", "p/a").status == 0)
    }
}
