public import Evaluation
public import Foundation
public import Moderation

/// What `Projects/<project>/project.yaml` says of a project; without the file, what it would mean to leave all of it out,
/// but for the automatic update that the Rekognition service was asked for.
public struct ProjectSettings: Sendable {
    /// The project's name.
    public let project: String
    /// What a person says of it.
    public let description: String?
    /// The file of the base model that its adapters are to have; `nil` where it does not say.
    public let baseModelFile: URL?
    /// Whether a run of one of its experiments moves its adapters to the base model.
    public let updatesAutomatically: Bool
    /// How much higher than the old adapter's the error rates of a new one may be.
    public let margins: ByErrorKind<Double>

    /// What the file may contain.
    public static let shape = Shape.mapping([
        .init("project", .name, required: true, "the project's name, which is its folder's"),
        .init("description", .text, "what it is for, in one sentence"),
        .init(
            "base_model", .text, default: "that of the experiment that is run",
            "the base model of its adapters: a name in Experiments/base-models, or a path that ends in .yaml"),
        .init(
            "auto_update", .boolean, default: "false",
            "whether `moderato run` moves the project's adapters to the base model, as `moderato update` does"),
        .init("update_gate", gate, default: "{not_worse_by: \(standardMargin)}", "when a new version may take over"),
    ])

    private static let gate = Shape.mapping([
        .init(
            "not_worse_by",
            .either([
                margin,
                .mapping(ErrorKind.allCases.map { .init($0.rawValue, margin, default: "\(standardMargin)", $0.sense) }),
            ]), required: true,
            "how much higher an error rate may be than the old version's, for both kinds or for each")
    ])

    private static let margin = Shape.number(NumberRange(from: 0, to: 1))
    static let standardMargin = 0.05

    /// The settings of `project` in `workspace`.
    ///
    /// - Throws: `Findings` about its file.
    public init(of project: String, workspace: Workspace) throws(Findings) {
        let file = workspace.projectFile(project)
        guard FileManager.default.fileExists(atPath: file.path) else {
            let record = try? ProjectRecord.read(of: project, workspace: workspace)
            self.init(project: project, updatesAutomatically: record?.updatesAutomatically ?? false)
            return
        }
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var checker = ShapeChecker()
        checker.check(document.root, Self.shape, name: "")
        var findings = checker.findings
        if let name = document.root["project"], let text = name.text, text != project {
            findings.append(
                Finding(
                    "`project` is `\(text)`, and the folder is `\(project)`", at: name.place, hint: "rename one of them"
                ))
        }
        let baseModel = document.root["base_model"].flatMap { workspace.existingBaseModel($0, from: file, &findings) }
        guard findings.isEmpty else { throw Findings(findings) }
        self.init(project: project, baseModelFile: baseModel, document.root)
    }

    private init(
        project: String, updatesAutomatically: Bool = false, baseModelFile: URL? = nil, _ root: YAMLValue? = nil
    ) {
        let margins = root?["update_gate"]?["not_worse_by"]
        self.project = project
        description = root?["description"]?.text
        self.baseModelFile = baseModelFile
        self.updatesAutomatically = root?["auto_update"]?.boolean ?? updatesAutomatically
        self.margins = ByErrorKind { margins?.number ?? margins?[$0.rawValue]?.number ?? Self.standardMargin }
    }
}

extension Workspace {
    /// The file that says what a project is.
    public func projectFile(_ project: String) -> URL { self.project(project).appending(path: "project.yaml") }

    /// The file of the base model that `value`, in `file`, names; a finding where there is none.
    fileprivate func existingBaseModel(_ value: YAMLValue, from file: URL, _ findings: inout [Finding]) -> URL? {
        guard let text = value.text, !text.isEmpty else { return nil }
        let target = baseModelFile(text, relativeTo: file.deletingLastPathComponent())
        if FileManager.default.fileExists(atPath: target.path) { return target }
        findings.append(
            Finding(
                "there is no base model `\(text)`: no file \(TextFile.name(of: target))", at: value.place,
                hint: Names.hint(for: text, among: baseModelNames)))
        return nil
    }
}

extension ErrorKind {
    /// What the error is, in a few words.
    fileprivate var sense: String {
        switch self {
        case .falseNegatives: "of images with the label, the share that is missed"
        case .falsePositives: "of images without the label, the share that is flagged"
        }
    }
}
