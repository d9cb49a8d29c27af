import Foundation
import TestSupport
import Testing

/// A project with an experiment that has run, whose trials become adapters.
struct AdapterProject {
    let project: TemporaryProject
    /// The trials of each adapter of the experiment by name, one per repetition.
    let trials: [String: [String]]

    var root: URL { project.root }

    /// Runs `experiment` on 60 images, after `prepare` has changed the project.
    init(
        _ experiment: String = TemporaryProject.experiment, prepare: (TemporaryProject) throws -> Void = { _ in }
    ) throws {
        project = try TemporaryProject()
        try project.makeImages()
        try prepare(project)
        let file = try project.experiment(experiment)
        let run = try Program.run(["run", file.path])
        #expect(run.status == 0, "\(run.talk)")
        let plan = try Program.run(["plan", file.path, "--json"])
        let entries = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [[String: Any]]
        trials = Dictionary(grouping: entries ?? []) { $0["adapter"] as? String ?? "" }
            .mapValues { $0.compactMap { $0["trial"] as? String } }
    }

    /// What the program answers, run in the project's folder.
    func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: root) }

    /// The same by a user whom permissions hold for.
    func runWithoutPrivileges(_ arguments: [String]) throws -> Program.Outcome {
        try Program.run(as: getuid() == 0 ? 65534 : nil, arguments, in: root)
    }

    /// Describes `other` beside the base model `tiny`: its scores are one higher before they are probabilities.
    func writeOtherBaseModel() throws {
        let file = root.appending(path: "Experiments/base-models/tiny.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try project.write(
            "Experiments/base-models/other.yaml",
            text.replacing("scoring: {rule: logit}", with: "scoring: {rule: logit, offset: 1}")
                .replacing("base_model: tiny", with: "base_model: other"))
    }

    /// Gives the file or folder at `path` below the root other permissions.
    func allow(_ permissions: Int, _ path: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: permissions], ofItemAtPath: root.appending(path: path).path)
    }

    /// The id of trial `repetition` of `adapter`.
    func trial(_ adapter: String = "ridge", repetition: Int = 0) throws -> String {
        try #require(trials[adapter]?[repetition])
    }

    /// Makes an adapter of a trial of `adapter`; its id.
    @discardableResult
    func create(_ name: String = "a", from adapter: String = "ridge", _ more: String...) throws -> String {
        let arguments = ["adapter", "create", "p", name, "--from", try trial(adapter)] + more
        let made = try Program.run(arguments, in: root)
        #expect(made.status == 0, "\(made.talk)")
        return made.output.trimmingCharacters(in: .newlines)
    }

    /// The file `name` of version `number` of the adapter `p/a`.
    func file(_ name: String, of number: Int = 1, adapter: String = "a") -> URL {
        root.appending(path: "Projects/p/adapters/\(adapter)/\(number)/\(name)")
    }

    /// The lines of detections of all images, without the name of what detected.
    func detections(_ adapter: String, _ more: [String] = []) throws -> [String] {
        let images = (0..<60).map { "Datasets/d/images/\($0).png" }
        let run = try Program.run(
            ["detect", "--min-confidence", "0", "--adapter", adapter] + more + images, in: root)
        #expect(run.status == 0, "\(run.talk)")
        return run.output.split(separator: "\n").map { String($0).replacing(/,"ProjectVersion":"[^"]*"/, with: "") }
    }
}
