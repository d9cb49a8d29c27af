internal import BaseModel
internal import Foundation
internal import Moderation
internal import Store

extension EmbeddingCache {
    /// The cache of what `encoder` makes of images by the version `onnxRuntime` of the library.
    ///
    /// Embeddings are another library's other numbers: what computes them is part of where they are kept.
    init(of encoder: any ImageEncoder, onnxRuntime: String, workspace: Workspace) throws(StoreError) {
        try self.init(
            folder: workspace.store, baseModel: Digest(ofFields: [encoder.digest.description, onnxRuntime]),
            dimensions: encoder.dimensions, labels: encoder.labels)
    }
}
