internal import Adapters
internal import BaseModel
public import Foundation
public import Moderation

extension Experiment {
    /// Reads the experiment in `file` and everything it names; writes nothing.
    ///
    /// - Parameter workspace: where names are looked up; by default the one that contains the file.
    /// - Throws: `Findings`, every one of them, each with its place.
    public init(file: URL, workspace: Workspace? = nil) throws(Findings) {
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var reader = ExperimentReader(
            document: document, file: file.standardizedFileURL,
            workspace: workspace ?? Workspace(containing: file))
        guard let experiment = reader.read() else { throw Findings(reader.findings) }
        self = experiment
    }
}

/// Reads an experiment, going on after each finding so that all are found.
private struct ExperimentReader {
    let document: Document
    let file: URL
    let workspace: Workspace
    private(set) var findings: [Finding] = []

    private var root: YAMLValue { document.root }
    private var folder: URL { file.deletingLastPathComponent() }

    init(document: Document, file: URL, workspace: Workspace) {
        self.document = document
        self.file = file
        self.workspace = workspace
    }

    mutating func read() -> Experiment? {
        var checker = ShapeChecker()
        checker.check(root, Experiment.shape, name: "")
        findings += checker.findings
        guard let experiment = experiment() else { return nil }
        check(experiment)
        return hasErrors ? nil : experiment
    }

    private var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// The experiment that the file describes, or `nil` after a finding that is an error.
    private mutating func experiment() -> Experiment? {
        let baseModel = baseModel()
        let datasets = datasets(named: root["dataset"], taxonomy: baseModel?.taxonomy)
        let taxonomy = baseModel?.taxonomy ?? datasets.first?.dataset.taxonomy
        let targets = placedLabels(in: root["labels"], taxonomy: taxonomy)
        if let baseModel { warnOfUncovered(targets, baseModel: baseModel) }
        let selection = selection(in: root["images"], taxonomy: taxonomy)
        let background = background(standard: datasets, taxonomy: taxonomy)
        let splits = splits(taxonomy: taxonomy)
        let adapters = adapters(baseModel: baseModel)
        let objective = objective()
        let gate = gate(labels: targets.map(\.label), adapters: adapters, splits: splits)
        let reportOptions = reportOptions(taxonomy: taxonomy)
        guard let name = root["experiment"]?.text, let project = root["project"]?.text, let baseModel,
            let reportOptions, !hasErrors
        else { return nil }
        return Experiment(
            name: name, project: project, head: document.head, file: document.file, location: file,
            baseModel: baseModel,
            baseModelFile: workspace.baseModelFile(root["base_model"]?.text ?? "", relativeTo: folder),
            datasets: datasets, selection: selection, background: background,
            labels: targets.map(\.label), splits: splits,
            threshold: Threshold(confidence: root["threshold"]?.number ?? 50),
            objective: objective, adapters: adapters, gate: gate,
            onBadImage: (root["on_bad_image"]?.text).flatMap(Experiment.BadImagePolicy.init(rawValue:)) ?? .fail,
            reportOptions: reportOptions, splitPlace: root["split"]?.place ?? root.place,
            warnings: findings + (datasets + splits.compactMap(\.division.separateTest)).flatMap(\.warnings))
    }

    /// Looks at the images of an experiment that is otherwise right.
    private mutating func check(_ experiment: Experiment) {
        let overlaps = OverlapCheck(experiment: experiment, datasetPlace: root["dataset"]?.place ?? root.place)
        let splitPlaces = root["split"]?.elements.map(\.place) ?? []
        findings += experiment.imageFindings(at: labelPlaces, splitPlaces: splitPlaces) + overlaps.findings
        if let place = root["background"]?.place, experiment.backgroundCandidates.isEmpty {
            findings.append(
                Finding(
                    "`background` has no image that is not selected, nor a copy or of the group of a selected one",
                    at: place, hint: "name tags, sources or a dataset whose images the experiment does not use"))
        }
    }

    // MARK: What the file names

    private mutating func baseModel() -> BaseModelDescription? {
        guard let value = root["base_model"], let text = value.text, !text.isEmpty else { return nil }
        let file = workspace.baseModelFile(text, relativeTo: folder)
        guard FileManager.default.fileExists(atPath: file.path) else {
            reportMissing("base model", text, value.place, names: workspace.baseModelNames, file: file)
            return nil
        }
        return collecting { () throws(Findings) in try BaseModelFile.read(file) }
    }

    /// The datasets that `value` names; labels are paths in the base model's taxonomy, so theirs must be the same.
    private mutating func datasets(named value: YAMLValue?, taxonomy: Taxonomy?) -> [DatasetFile] {
        (value?.elements ?? []).compactMap { element in
            guard let file = dataset(element, taxonomy: taxonomy) else { return nil }
            if let taxonomy, file.dataset.taxonomy != taxonomy {
                let versions = (file.dataset.taxonomy.version, taxonomy.version)
                findings.append(
                    Finding(
                        "dataset `\(file.dataset.name)` has labels of taxonomy \(versions.0), "
                            + "the base model of \(versions.1)", at: element.place))
            }
            return file
        }
    }

    private mutating func dataset(_ value: YAMLValue, taxonomy: Taxonomy?) -> DatasetFile? {
        guard let text = value.text, !text.isEmpty else { return nil }
        if Workspace.isStorageAddress(text) {
            // Without a base model, nothing says which taxonomy a bare manifest has.
            guard let taxonomy else { return nil }
            let workspace = workspace
            return collecting { () throws(Findings) in
                try workspace.storedDataset(at: text, place: value.place, taxonomy: taxonomy)
            }
        }
        let target = workspace.datasetFolder(text, relativeTo: folder)
        guard FileManager.default.fileExists(atPath: target.path) else {
            reportMissing("dataset", text, value.place, names: workspace.datasetNames, file: target)
            return nil
        }
        guard target.pathExtension == "jsonl" else {
            return collecting { () throws(Findings) in try DatasetFile(folder: target) }
        }
        // A bare manifest says nothing of its taxonomy; the base model's is meant.
        guard let taxonomy else { return nil }
        return collecting { () throws(Findings) in try DatasetFile(manifest: target, taxonomy: taxonomy) }
    }

    private mutating func collecting<Value>(_ body: () throws(Findings) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            findings += error.all
            return nil
        }
    }

    private mutating func reportMissing(
        _ kind: String, _ name: String, _ place: Place, names: [String], file: URL
    ) {
        let known = names.isEmpty ? ": nothing is at \(TextFile.name(of: file))" : "; known are \(Names.list(names))"
        let hint = names.isEmpty ? "`--root` names the project's folder" : Names.hint(for: name, among: names)
        findings.append(Finding("there is no \(kind) `\(name)`\(known)", at: place, hint: hint))
    }

    // MARK: Labels and images

    private mutating func labels(in list: YAMLValue?, taxonomy: Taxonomy?) -> [Label] {
        placedLabels(in: list, taxonomy: taxonomy).map(\.label)
    }

    private mutating func placedLabels(
        in list: YAMLValue?, taxonomy: Taxonomy?
    ) -> [(label: Label, place: Place)] {
        guard let taxonomy else { return [] }
        var reader = LabelReader(taxonomy: taxonomy)
        let labels = reader.placedLabels(in: list)
        findings += reader.findings
        return labels
    }

    private var labelPlaces: [Place] { root["labels"]?.elements.map(\.place) ?? [] }

    /// Labels that the base model never detects may be learnt, but there is nothing to anchor an adapter to.
    private mutating func warnOfUncovered(
        _ targets: [(label: Label, place: Place)], baseModel: BaseModelDescription
    ) {
        let covered = Set(baseModel.coveredLabels)
        for (label, place) in targets where !covered.contains(label) {
            findings.append(
                Finding(
                    "the base model never detects `\(label)`: every image of it is a false negative of the base",
                    at: place,
                    severity: .warning))
        }
    }

    private mutating func selection(in images: YAMLValue?, taxonomy: Taxonomy?) -> ImageSelection {
        ImageSelection(
            labels: labels(in: images?["labels"], taxonomy: taxonomy),
            lookAlikesOf: labels(in: images?["look_alikes_of"], taxonomy: taxonomy),
            tags: images?["tags"]?.elements.compactMap(\.text) ?? [],
            sources: images?["sources"]?.elements.compactMap(\.text) ?? [])
    }

    /// The background, of the datasets that it names or of those that the experiment does.
    private mutating func background(standard: [DatasetFile], taxonomy: Taxonomy?) -> Background? {
        guard let value = root["background"] else { return nil }
        let named = value["dataset"].map { datasets(named: $0, taxonomy: taxonomy) }
        return Background(datasets: named ?? standard, selection: selection(in: value, taxonomy: taxonomy))
    }

    // MARK: Rules

    private mutating func splits(taxonomy: Taxonomy?) -> [Experiment.SplitEntry] {
        var reader = SplitReader()
        let splits = reader.splits(in: root) { value in
            datasets(named: value["test_dataset"], taxonomy: taxonomy).first.map {
                .separate(test: $0, seed: SplitReader.seed(of: value))
            }
        }
        findings += reader.findings
        return splits
    }

    private mutating func objective() -> Objective {
        var reader = ObjectiveReader()
        let objective = reader.objective(from: root["objective"])
        findings += reader.findings
        return objective
    }

    private mutating func gate(
        labels: [Label], adapters: [Experiment.AdapterEntry], splits: [Experiment.SplitEntry]
    ) -> [GateRule] {
        var reader = GateReader(root: root, labels: labels, adapters: adapters, splits: splits.map(\.name))
        let rules = reader.rules()
        findings += reader.findings
        return rules
    }

    private mutating func reportOptions(taxonomy: Taxonomy?) -> Experiment.ReportOptions? {
        guard let taxonomy else { return nil }
        var reader = ReportReader(taxonomy: taxonomy)
        let options = reader.options(from: root["report"])
        findings += reader.findings
        return options
    }

    /// What the shape cannot say of a recipe, the recipe says itself; what the shape says is said already.
    private mutating func recipe(from value: YAMLValue) -> Recipe? {
        var checker = ShapeChecker()
        checker.check(value, RecipeReader.shape, name: "adapters")
        guard checker.findings.isEmpty else { return nil }
        do throws(AdapterError) {
            return try RecipeReader.recipe(from: value)
        } catch {
            findings.append(Finding("\(error)", at: value.place))
            return nil
        }
    }

    private mutating func adapters(baseModel: BaseModelDescription?) -> [Experiment.AdapterEntry] {
        var entries: [Experiment.AdapterEntry] = []
        for value in root["adapters"]?.elements ?? [] {
            guard let recipe = recipe(from: value) else { continue }
            let name = value["name"]?.text ?? recipe.kind.rawValue
            if entries.contains(where: { $0.name == name }) {
                let place = value["name"]?.place ?? value.place
                findings.append(
                    Finding("two adapters are called `\(name)`", at: place, hint: "give each a `name` of its own"))
            }
            let embedding = embedding(named: value["embedding"], baseModel: baseModel)
            entries.append(Experiment.AdapterEntry(name: name, recipe: recipe, embedding: embedding))
        }
        return Self.missingBaselines(of: entries) + entries
    }

    /// The declared embedding that `value` names; none is `plain`.
    private mutating func embedding(named value: YAMLValue?, baseModel: BaseModelDescription?) -> EmbeddingDescription?
    {
        guard let value, let name = value.text, name != EmbeddingDescription.plain, let baseModel else { return nil }
        let embedding = baseModel.embeddings.first { $0.name == name }
        if embedding == nil {
            let known = [EmbeddingDescription.plain] + baseModel.embeddings.map(\.name)
            findings.append(
                Finding(
                    "base model `\(baseModel.name)` has no embedding `\(name)`; known are \(Names.list(known))",
                    at: value.place, hint: Names.hint(for: name, among: known)))
        }
        return embedding
    }

    /// What every table holds the others against: an adapter that only moves or stretches the base score is seen to.
    private static func missingBaselines(of entries: [Experiment.AdapterEntry]) -> [Experiment.AdapterEntry] {
        let baselines: [(name: String, kind: Recipe.Kind)] = [("threshold-only", .bias), ("platt", .platt)]
        return baselines.compactMap { name, kind in
            guard !entries.contains(where: { $0.recipe.kind == kind }), let recipe = try? Recipe(kind) else {
                return nil
            }
            var free = name
            while entries.contains(where: { $0.name == free }) { free += "-baseline" }
            return Experiment.AdapterEntry(name: free, recipe: recipe)
        }
    }
}
