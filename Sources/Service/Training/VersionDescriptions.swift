internal import BaseModel
internal import Foundation
internal import Harness
internal import Moderation
internal import ObjectStorage

/// What DescribeProjectVersions answers.
struct VersionDescriptions: Output {
    let projectVersionDescriptions: [VersionDescription]
    let nextToken: String?
}

/// One version; what is not known of it is left out.
struct VersionDescription: Encodable, Sendable {
    let projectVersionArn: String
    let creationTimestamp: Date
    let status: String
    let statusMessage: String?
    let billableTrainingTimeInSeconds: Int?
    let trainingEndTimestamp: Date?
    let outputConfig: JSONValue?
    let trainingDataResult: DataResult?
    let testingDataResult: DataResult?
    let evaluationResult: Evaluation?
    let manifestSummary: S3Location?
    let versionDescription: String?
    let feature = Feature.contentModeration.rawValue
    let baseModelVersion: String?
    let featureConfig: JSONValue?

    /// What went in, what came out, and what was said of each line.
    struct DataResult: Encodable, Sendable {
        let input: JSONValue?
        let output: Assets?
        let validation: Assets?
    }

    /// Manifests of one set of images.
    struct Assets: Encodable, Sendable {
        let assets: [Asset]
        var autoCreate: Bool?

        struct Asset: Encodable, Sendable { let groundTruthManifest: S3Location }
    }

    struct Evaluation: Encodable, Sendable {
        let f1Score: Double?
        let summary: S3Location?
    }

    /// - Parameter served: the base model that answers: adapters of others are of no use here.
    init(_ version: ServedVersion, served: BaseModelDescription) {
        let training = version.training
        let adapter = version.isTraining ? nil : version.adapter
        let request = training?.request
        let outputs = Outputs(version)
        projectVersionArn = version.arn
        creationTimestamp = Milliseconds.date(version.created)
        (status, statusMessage) = Self.status(version, served)
        billableTrainingTimeInSeconds = (training?.seconds ?? adapter?.trial.trainingSeconds)
            .flatMap { adapter == nil ? nil : Int($0.rounded(.up)) }
        trainingEndTimestamp =
            version.isTraining ? nil : Milliseconds.date(training?.ended ?? version.created)
        outputConfig = request?["OutputConfig"]
        trainingDataResult = request.map {
            DataResult(
                input: $0["TrainingData"], output: outputs.assets(.training),
                validation: outputs.assets(.trainingValidation))
        }
        let isAutomatic = request?["TestingData"]?["AutoCreate"] == .boolean(true)
        testingDataResult = request.map {
            DataResult(
                input: $0["TestingData"], output: outputs.assets(.test, autoCreate: isAutomatic ? true : nil),
                validation: outputs.assets(.testValidation))
        }
        evaluationResult = adapter.map {
            Evaluation(
                f1Score: training?.f1Score ?? version.project.workspace.f1Score(of: $0),
                summary: outputs.location(.evaluation))
        }
        manifestSummary = outputs.location(.summary)
        versionDescription = adapter?.description ?? request?["VersionDescription"]?.text
        baseModelVersion = adapter?.baseModel.taxonomy
        featureConfig =
            request?["FeatureConfig"]
            ?? .object(["ContentModeration": .object(["ConfidenceThreshold": .number(Self.threshold(adapter))])])
    }

    private static func threshold(_ adapter: AdapterVersion?) -> Double {
        adapter?.request.threshold ?? TrainingRequest.standardThreshold
    }

    private static func status(_ version: ServedVersion, _ served: BaseModelDescription) -> (String, String?) {
        if version.isTraining { return ("TRAINING_IN_PROGRESS", "The version is being trained") }
        if let damage = version.damage { return ("FAILED", "The adapter cannot be read: \(damage)") }
        guard let adapter = version.adapter else { return ("TRAINING_FAILED", version.training?.message) }
        let own = adapter.baseModel
        switch adapter.status {
        case .candidate: return ("TRAINING_COMPLETED", "A candidate of an update, not yet in use")
        case _ where own.digest != served.digest:
            return (
                "EXPIRED",
                "It was trained on base model \(own.name) (\(own.digest.short)), and this server answers with "
                    + "\(served.name) (\(served.digest.short)); `moderato update` trains it on that one"
            )
        case .trained: return ("TRAINING_COMPLETED", version.training?.message)
        case .deprecated: return ("DEPRECATED", "A later version took its place; it still answers")
        }
    }

    /// What the version's training wrote.
    private struct Outputs {
        private let locations: [TrainingOutput: ObjectLocation]

        init(_ version: ServedVersion) {
            guard let training = version.training, let output = OutputLocation(recorded: training.request) else {
                locations = [:]
                return
            }
            locations = Dictionary(
                training.outputs.map {
                    ($0, output.object($0.rawValue, project: version.project.name, version: version.name))
                }, uniquingKeysWith: { first, _ in first })
        }

        func location(_ output: TrainingOutput) -> S3Location? { locations[output].map(S3Location.init) }

        func assets(_ output: TrainingOutput, autoCreate: Bool? = nil) -> Assets? {
            location(output).map { Assets(assets: [.init(groundTruthManifest: $0)], autoCreate: autoCreate) }
        }
    }
}

private let f1Scores = FileMemo<Double?>()

extension Workspace {
    /// The F1 score in the evaluation file of `adapter`, where it has one.
    fileprivate func f1Score(of adapter: AdapterVersion) -> Double? {
        let file = AdapterRegistry(workspace: self).folder(of: adapter).appending(path: "evaluation.json")
        return f1Scores.value(of: file) {
            guard let bytes = FileManager.default.contents(atPath: file.path) else { return nil }
            return (try? JSONDecoder().decode(Evaluation.self, from: bytes))?.AggregatedEvaluationResults.F1Score
        }
    }

    private struct Evaluation: Decodable {
        let AggregatedEvaluationResults: Aggregated

        struct Aggregated: Decodable { let F1Score: Double? }
    }
}
