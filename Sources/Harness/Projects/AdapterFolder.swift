internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import Moderation
internal import Store

/// The files of an adapter version, before they are written.
struct AdapterFolder {
    static let description = "adapter.json"
    static let trial = "trial.h5"
    static let trainingManifest = "training.jsonl"
    static let testManifest = "test.jsonl"
    static let rekognitionTraining = "training.rekognition.jsonl"
    static let rekognitionTest = "test.rekognition.jsonl"
    static let evaluation = "evaluation.json"

    /// What `adapter.json` says.
    let version: AdapterVersion
    /// All files, the description last.
    let files: [(name: String, bytes: Data)]

    /// The files of `draft` as version `number`; `trial` is its trial with what heads need.
    init(
        _ draft: AdapterDraft, trial: AdapterTrial, number: Int, createdMilliseconds: Int, workspace: Workspace
    ) throws {
        let taxonomy = draft.origin.baseModel.taxonomy
        let arn = ProjectVersionArn(
            account: workspace.account, project: draft.project, name: draft.name,
            createdMilliseconds: createdMilliseconds
        ).description
        let source = { (image: Int) in draft.origin.images.images[image].path }
        let training = Manifest(of: draft.trial, part: .training, at: draft.origin.images)
        let test = Manifest(of: draft.trial, part: .test, at: draft.origin.images)
        let evaluation = EvaluationResults(
            of: draft.trial, taxonomy: taxonomy, arn: arn, ended: Timestamp.text(createdMilliseconds))
        let files = [
            (Self.trial, try trial.bytes(path: Self.trial)),
            (Self.trainingManifest, training.jsonLines()), (Self.testManifest, test.jsonLines()),
            (Self.rekognitionTraining, try OutputManifest.training(draft.trial, source: source)),
            (Self.rekognitionTest, try OutputManifest.test(draft.trial, taxonomy: taxonomy, arn: arn, source: source)),
            (Self.evaluation, try evaluation.jsonFile()),
        ]
        let images = AdapterVersion.Images(
            folder: workspace.path(of: draft.origin.images.folder), datasets: draft.origin.images.datasets,
            training: training.records.count, test: test.records.count)
        version = try AdapterVersion(
            draft, number: number, createdMilliseconds: createdMilliseconds, images: images,
            files: Dictionary(uniqueKeysWithValues: files.map { ($0.0, Digest(of: $0.1)) }), workspace: workspace)
        self.files = files.map { (name: $0.0, bytes: $0.1) } + [(Self.description, try version.jsonFile())]
    }
}

extension AdapterVersion {
    fileprivate init(
        _ draft: AdapterDraft, number: Int, createdMilliseconds: Int, images: Images, files: [String: Digest],
        workspace: Workspace
    ) throws {
        let model = draft.origin.baseModel
        account = workspace.account
        project = draft.project
        name = draft.name
        self.number = number
        description = draft.description
        status = draft.status
        self.createdMilliseconds = createdMilliseconds
        trial = Trial(
            id: draft.trial.id, repetition: draft.trial.repetition,
            trainingSeconds: TrainingTimes(of: workspace).median(of: [draft.trial.id]))
        request = try Request(draft.trial, baseModel: model)
        baseModel = BaseModel(
            name: model.name, version: model.version, digest: model.digest, taxonomy: model.taxonomy.version,
            file: workspace.path(of: draft.origin.baseModelFile))
        self.images = images
        updatedFrom = draft.updatedFrom
        self.files = files
    }
}

extension AdapterVersion.Request {
    /// What `trial` was asked for, by its specification.
    fileprivate init(_ trial: TrialRecord, baseModel: BaseModelDescription) throws {
        let asked = try JSONDecoder().decode(Asked.self, from: Data(trial.specification.utf8))
        recipe = asked.adapter
        labels = asked.labels
        threshold = asked.threshold
        objective = try trial.objective
        split = asked.split
        trainingSize = asked.trainingSize
        embedding = try trial.embedding(in: baseModel).map {
            AdapterVersion.Embedding(name: $0.name, digest: $0.digest)
        }
        background = trial.determinant("background").flatMap { Digest(hexadecimal: $0) }
    }

    /// A trial's specification.
    private struct Asked: Decodable {
        let adapter: Recipe
        let labels: [Label]
        let threshold: Double
        let split: JSONValue
        let trainingSize: JSONValue

        enum CodingKeys: String, CodingKey {
            case adapter, labels, threshold, split
            case trainingSize = "training_size"
        }
    }
}
