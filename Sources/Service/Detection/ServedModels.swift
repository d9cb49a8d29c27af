internal import BaseModel
internal import Foundation
internal import Harness
internal import Moderation
internal import Synchronization

/// The base model and the adapters that were asked for, open and ready.
///
/// The network is opened once, and the networks of an embedding once for all adapters on it; of adapters, the heads of those
/// used last are kept. Whether one was changed or deleted meanwhile is looked at with each request: one `stat`.
final class ServedModels: Sendable {
    /// How many adapters are kept; one is its heads and, of some kinds, the embeddings of its training images.
    private static let capacity = 64

    private let base: Detector
    private let adapters = RecentValues<AdapterKey, LoadedAdapter>(capacity: capacity)
    private let embeddings = Mutex<[Digest: EmbeddingModel]>([:])
    /// Held while one is read from disk, so that many requests for it read it once.
    private let loading = NSLock()

    init(_ options: ServiceOptions) throws {
        base = try Detector(baseModel: options.baseModel, workspace: options.data, limits: .served)
    }

    /// The detector of the adapter called `arn`, or of the base model.
    ///
    /// - Throws: `ServiceError` `.resourceNotFound`, or `.resourceNotReady` with the reason: nothing else, since no other try
    ///   would mend it.
    func detector(_ arn: String?, of account: Account) throws(ServiceError) -> Detector {
        guard let arn else { return base }
        let key = AdapterKey(account: account.id, arn: arn)
        if let detector = kept(key) { return detector }
        loading.lock()
        defer { loading.unlock() }
        if let detector = kept(key) { return detector }
        let adapter = try load(arn, of: account)
        adapters.keep(adapter, for: key)
        return adapter.detector
    }

    private func kept(_ key: AdapterKey) -> Detector? {
        guard let adapter = adapters.value(for: key) else { return nil }
        guard FileStamp(adapter.file) == adapter.stamp else {
            adapters.remove(key)
            return nil
        }
        return adapter.detector
    }

    private func load(_ arn: String, of account: Account) throws(ServiceError) -> LoadedAdapter {
        let registry = AdapterRegistry(workspace: account.workspace)
        let version: AdapterVersion?
        do throws(ProjectError) { version = try registry.find(arn: arn) } catch { throw .notReady(arn, error) }
        guard let version else { throw Self.missing(arn, of: account) }
        guard version.status != .candidate else {
            throw ServiceError(
                .resourceNotReady,
                "the adapter \(arn) is a candidate: it takes over once it is shown to be no worse than the one before")
        }
        let file = registry.descriptionFile(of: version)
        // Before reading: what changes meanwhile is then noticed with the next request.
        let stamp = FileStamp(file)
        do {
            let detector = try base.with(version, workspace: account.workspace) {
                try self.embeddingModel($0, of: account)
            }
            return LoadedAdapter(detector: detector, file: file, stamp: stamp)
        } catch {
            throw .notReady(arn, error)
        }
    }

    /// Why there is no adapter `arn`: it may be one that is not made yet.
    private static func missing(_ arn: String, of account: Account) -> ServiceError {
        guard let name = ProjectVersionArn(arn), name.account == account.workspace.account,
            let training = try? TrainingRecord.read(name.name, of: name.project, workspace: account.workspace),
            training.created == name.createdMilliseconds
        else { return ServiceError(.resourceNotFound, "there is no adapter \(arn)") }
        switch training.status {
        case .inProgress:
            return ServiceError(.resourceNotReady, "the adapter \(arn) is being trained, or waits for that")
        case .failed:
            return ServiceError(
                .resourceNotReady, "the training of the adapter \(arn) failed: \(training.message ?? "no reason known")"
            )
        case .completed: return ServiceError(.resourceNotFound, "the adapter \(arn) was deleted")
        }
    }

    private func embeddingModel(_ description: EmbeddingDescription, of account: Account) throws -> EmbeddingModel {
        if let open = embeddings.withLock({ $0[description.digest] }) { return open }
        let model = try EmbeddingModel(description, workspace: account.workspace, limits: .served)
        embeddings.withLock { $0[description.digest] = model }
        return model
    }
}

/// An adapter of one account: others cannot name it.
private struct AdapterKey: Hashable {
    let account: String
    let arn: String
}

private struct LoadedAdapter {
    let detector: Detector
    /// Its description, which says of each other file what it holds.
    let file: URL
    let stamp: FileStamp?
}

extension ServiceError {
    /// Why the adapter `arn` cannot be used as long as nobody mends it.
    fileprivate static func notReady(_ arn: String, _ error: any Error) -> ServiceError {
        let (reason, fault): (String, String?) =
            switch error {
            case ProjectError.otherBaseModel(_, let trained, let given, _):
                ("it was trained on base model \(trained), and this server answers with \(given)", nil)
            default: ("its files on this server are damaged or missing; the server's log says which", "\(error)")
            }
        return ServiceError(.resourceNotReady, "the adapter \(arn) cannot be used: \(reason)", fault: fault)
    }
}
