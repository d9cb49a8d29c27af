internal import BaseModel
internal import Foundation
internal import Moderation
internal import Store

extension EmbeddingCache {
    /// The cache of what `model` makes of images by the version `onnxRuntime` of the library.
    ///
    /// Embeddings are another library's other numbers: what computes them is part of where they are kept.
    init(of model: BaseModel, onnxRuntime: String, workspace: Workspace) throws(StoreError) {
        try self.init(
            folder: workspace.store, baseModel: Digest(ofFields: [model.description.digest.description, onnxRuntime]),
            dimensions: model.dimensions, labels: model.labels)
    }
}
