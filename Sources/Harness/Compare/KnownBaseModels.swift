internal import BaseModel
internal import Foundation
internal import Moderation

/// The base models that files of a workspace describe, by digest.
struct KnownBaseModels {
    private let models: [String: BaseModelDescription]

    /// Reads the files of `workspace`; one that cannot be read describes nothing.
    init(of workspace: Workspace) {
        let models = workspace.baseModelFiles.compactMap { try? BaseModelFile.read($0) }
        self.models = Dictionary(models.map { ($0.digest.description, $0) }) { first, _ in first }
    }

    /// The base model with `digest`.
    subscript(digest: String) -> BaseModelDescription? { models[digest] }
}
