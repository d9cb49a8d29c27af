internal import Foundation
internal import Harness

/// The base model and the adapters that were asked for, open and ready.
final class ServedModels: Sendable {
    private let base: Detector

    init(_ options: ServiceOptions) throws {
        base = try Detector(baseModel: options.baseModel, workspace: options.data)
    }

    /// The detector of the adapter called `arn`, or of the base model.
    ///
    /// - Throws: `ServiceError` `.resourceNotFound`, `.resourceNotReady`, `.invalidParameter`.
    func detector(_ arn: String?, of account: Account) throws -> Detector {
        guard let arn else { return base }
        let registry = AdapterRegistry(workspace: account.workspace)
        guard let version = try registry.find(arn: arn) else {
            throw ServiceError(.resourceNotFound, "there is no adapter \(arn)")
        }
        return try base.with(version, workspace: account.workspace)
    }
}
