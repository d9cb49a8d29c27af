import Foundation
import TestSupport
import Testing

/// A project whose adapter `p/a` waits to be moved to another base model: `bright`, or `blind`, which sees nothing.
struct UpdateProject {
    let adapters: AdapterProject

    var root: URL { adapters.root }

    /// - Parameters:
    ///   - margin: by how much the project lets error rates grow; `nil` for what it lets without a file.
    ///   - more: further lines of `project.yaml`.
    init(
        _ experiment: String = TemporaryProject.experiment, margin: Double? = 1, more: String = "",
        prepare: (TemporaryProject) throws -> Void = { _ in }
    ) throws {
        adapters = try AdapterProject(experiment, prepare: prepare)
        try adapters.project.declareBaseModel("bright")
        try adapters.project.declareBlindBaseModel("blind")
        try adapters.create()
        guard let margin else { return }
        try adapters.project.write(
            "Projects/p/project.yaml", "project: p\nupdate_gate: {not_worse_by: \(margin)}\n\(more)")
    }

    func update(to baseModel: String = "bright", _ more: String...) throws -> Program.Outcome {
        try Program.run(["update", "p", "--base-model", baseModel] + more, in: root)
    }

    /// The status of each version, such as `a/1 trained`.
    func versions() throws -> [String] {
        let list = try adapters.run("adapter", "list", "--json")
        #expect(list.status == 0, "\(list.talk)")
        return try (Self.objects(list.output) as? [[String: Any]] ?? []).map {
            "\($0["name"] as? String ?? "")/\($0["number"] as? Int ?? 0) \($0["status"] as? String ?? "")"
        }
    }

    /// What `--json` printed of each adapter.
    static func updates(_ output: String) throws -> [[String: Any]] {
        try #require((objects(output) as? [String: Any])?["adapters"] as? [[String: Any]])
    }

    static func objects(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    /// `adapter.json` of version `number`.
    func description(of number: Int, adapter: String = "a") throws -> [String: Any] {
        let file = adapters.file("adapter.json", of: number, adapter: adapter)
        return try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    /// Writes `status` into `adapter.json` of version `number`, as a process that was killed would have left it.
    func setStatus(_ status: String, of number: Int) throws {
        let file = adapters.file("adapter.json", of: number)
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing(/"status" : "[a-z]+"/, with: "\"status\" : \"\(status)\"").utf8).write(to: file)
    }
}
