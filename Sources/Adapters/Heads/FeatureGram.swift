internal import LinearAlgebra
internal import Moderation

extension Rows where P == Training {
    /// The Gram matrix of the features x = 10·e/‖e‖ of these rows, without the base score: `[rows x rows]`.
    ///
    /// Rows of a dataset are selected from the Gram matrix of all its images, which is computed once for all training sets:
    /// a selection costs the reading of its elements. The last bits of a product depend on its place, so a dataset that
    /// is small enough is always taken, whether or not others have asked before.
    func featureGram() -> SymmetricMatrix {
        if let origin = images.origin, origin.dataset.embeddings.rows <= DatasetEmbeddings.mostRowsForProducts {
            let gram = origin.dataset.memo.value("gram of features") {
                SymmetricMatrix(
                    gramOf: Features.matrix(of: origin.dataset.embeddings, blocks: origin.dataset.blocks))
            }
            return gram.selecting(origin.indices)
        }
        return images.memo.value("gram of features") { SymmetricMatrix(gramOf: features()) }
    }

    /// The features x = 10·e/‖e‖ of these rows: `[rows x dimensions]`. Labels of the same images share them.
    func features() -> Matrix {
        images.memo.value("features") { Features.matrix(of: embeddings, blocks: blocks) }
    }
}

extension DatasetEmbeddings {
    /// Above so many images, products are computed for each training set by itself: those of 8,192 images take 512 MiB, a
    /// quarter of the 2 GiB that a run may take, and training sets of larger datasets are mostly solved by columns,
    /// without them.
    static let mostRowsForProducts = 8192
}
