internal import BaseModel
internal import Evaluation
internal import Foundation
internal import Harness
internal import Logging
internal import Moderation
internal import ObjectStorage
internal import Store

/// The training of one version, from what stands on disk to what is said of it there.
///
/// Killed at any instant, it is done again from the beginning, where all that is costly is found done: images that are
/// embedded, a trial that is trained. The adapter is made last, after its results are noted, and its ARN tells whether that
/// has happened already: of one request there are never two versions.
struct TrainingWork: Sendable {
    let account: Account
    let project: String
    let version: String
    let baseModel: BaseModelSource
    let logger: Logger

    private var workspace: Workspace { account.workspace }

    /// Why a training failed: one sentence for its status message.
    struct Failure: Error {
        let message: String
    }

    /// - Returns: whether nothing is left to do; where something is, the next call goes on with it.
    func run(_ cancellation: Cancellation) -> Bool {
        do {
            let lock = try WorkLock.wait(
                workspace.store.appending(path: "locks/trainings/\(project)/\(version)/lock"),
                until: { cancellation.isRequested })
            try withExtendedLifetime(lock) {
                guard lock != nil, var record = try open() else { return }
                try train(&record, cancellation)
                try record.write(version, of: project, workspace: workspace)
                log(.info, "a training ended", ["status": record.status.rawValue])
            }
            return !cancellation.isRequested
        } catch RunError.interrupted {
            log(.info, "a training was cut off, and goes on at the next start")
            return false
        } catch {
            // The disk refuses: what is done stays.
            log(.error, "a training stopped, and is tried again", ["reason": "\(error)"])
            return false
        }
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ fields: [String: String] = [:]) {
        let whose = ["account": account.id, "project": project, "version": version]
        logger.log(level: level, message, metadata: whose.merging(fields) { $1 }.mapValues { .string($0) })
    }

    private func open() throws -> TrainingRecord? {
        let record = try TrainingRecord.read(version, of: project, workspace: workspace)
        return record?.status == .inProgress ? record : nil
    }

    /// Trains, and notes in `record` how that ended.
    private func train(_ record: inout TrainingRecord, _ cancellation: Cancellation) throws {
        let registry = AdapterRegistry(workspace: workspace)
        guard try registry.find(arn: arn(created: record.created)) == nil else {
            record.status = .completed
            return
        }
        do {
            let draft = try results(&record, cancellation)
            try record.write(version, of: project, workspace: workspace)
            _ = try registry.create(draft)
            record.status = .completed
        } catch RunError.interrupted {
            throw RunError.interrupted
        } catch {
            record.status = .failed
            record.message = message(for: error)
        }
    }

    /// The trained adapter, once what is said of it is written and noted in `record`.
    private func results(_ record: inout TrainingRecord, _ cancellation: Cancellation) throws -> AdapterDraft {
        let began = ContinuousClock.now
        defer {
            record.ended = Milliseconds.now
            record.seconds = (ContinuousClock.now - began) / .seconds(1)
        }
        let request = try TrainingRequest(recorded: record.request)
        return try TrainingSteps(self, created: record.created).run(request, &record, cancellation)
    }

    /// What a client is told of `error`: what is no fault of the request may name files, and is for the log alone.
    private func message(for error: any Error) -> String {
        switch error {
        case let failure as Failure: return failure.message
        case let refusal as ServiceError: return "The training failed: \(refusal.message)"
        default:
            logger.error("the training of \(project)/\(version) failed", metadata: ["reason": "\(error)"])
            return "The training failed because of a fault in the server, which its log tells of"
        }
    }

    /// The ARN of the version.
    func arn(created: Int) -> String {
        ProjectVersionArn(
            account: workspace.account, project: project, name: version, createdMilliseconds: created
        ).description
    }
}

/// The steps of a training: read, look, train, write, keep.
struct TrainingSteps {
    private let work: TrainingWork
    private let created: Int

    private var taxonomy: Taxonomy { work.baseModel.description.taxonomy }

    init(_ work: TrainingWork, created: Int) {
        self.work = work
        self.created = created
    }

    /// The trained adapter; what is written on the way is noted in `record`.
    func run(
        _ request: TrainingRequest, _ record: inout TrainingRecord, _ cancellation: Cancellation
    ) throws -> AdapterDraft {
        var training = try read(request.training, isTest: false)
        var test = try request.test.map { try read($0, isTest: true) }
        let results = TrainingResults(work, request)
        let adapter = AdapterTraining(
            project: work.project, name: work.version, threshold: request.threshold, baseModel: work.baseModel,
            workspace: work.account.workspace, cancellation: cancellation)
        var inspection: ImageInspection?
        if training.failure == nil, test?.failure == nil {
            let own = try fetch(&training, name: "training", cancellation)
            let held = try fetch(&test, cancellation)
            let found = try adapter.inspect(training: own, test: held)
            training.mark(found)
            test?.mark(found)
            inspection = found
        }
        record.outputs = try results.write(validationOf: training, test)
        guard let inspection, training.failure == nil, test?.failure == nil else {
            throw TrainingWork.Failure(message: training.failure ?? test?.failure ?? "")
        }
        let trained = try train(adapter, on: inspection)
        for reason in trained.leftToBaseModel {
            training.add(.init(.fewImages, "The base model's scores are kept: \(reason)"))
        }
        let arn = work.arn(created: created)
        let evaluation = results.evaluation(trained, arn, taxonomy, created)
        record.outputs = try results.write(trained, training, test, evaluation, arn: arn, taxonomy: taxonomy)
        record.f1Score = evaluation.aggregated.f1Score
        record.message = Self.message(trained.leftToBaseModel)
        return try AdapterDraft(
            project: work.project, name: work.version, description: request.description, trial: trained.trial,
            origin: trained.origin, promisedMilliseconds: created)
    }

    private func read(_ location: ObjectLocation, isTest: Bool) throws(TrainingWork.Failure) -> TrainingManifest {
        do throws(ObjectStorageError) {
            let bytes = try work.account.buckets.read(location, limit: Trainings.manifestBytes)
            return TrainingManifest(bytes, isTest: isTest, taxonomy: taxonomy)
        } catch {
            throw .init(message: "The \(isTest ? "test" : "training") manifest cannot be read: \(error)")
        }
    }

    /// The images of `manifest` as local files; lines whose images cannot be had are marked.
    private func fetch(
        _ manifest: inout TrainingManifest, name: String, _ cancellation: Cancellation
    ) throws -> TrainingImages {
        let mirror = work.account.workspace.mirror(of: work.account.buckets, limit: WireLimits.objectBytes)
        let wanted = manifest.locations
        let failures = mirror.fetch(wanted.map(\.location)) { cancellation.isRequested }
        guard !cancellation.isRequested else { throw RunError.interrupted }
        let reasons = zip(wanted, failures).compactMap { wanted, failure in failure.map { (wanted.line, "\($0)") } }
        manifest.mark(unreachable: Dictionary(reasons) { first, _ in first })
        return TrainingImages(
            name: name, folder: try mirror.folder(of: manifest.bucket ?? ""), records: manifest.records)
    }

    private func fetch(
        _ test: inout TrainingManifest?, _ cancellation: Cancellation
    ) throws -> TrainingImages? {
        guard var manifest = test else { return nil }
        defer { test = manifest }
        return try fetch(&manifest, name: "test", cancellation)
    }

    private func train(_ adapter: AdapterTraining, on images: ImageInspection) throws -> AdapterTraining.Result {
        do {
            return try adapter.train(on: images)
        } catch let failure as AdapterTraining.Failure {
            throw TrainingWork.Failure(message: "The training failed: \(failure)")
        }
    }

    private static func message(_ left: [String]) -> String? {
        guard let first = left.first else { return nil }
        return "Left to the base model: \(first)" + (left.count > 1 ? "; and \(left.count - 1) labels more" : "")
    }
}
