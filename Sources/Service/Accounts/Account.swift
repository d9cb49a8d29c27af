internal import Foundation
internal import Harness
internal import ObjectStorage

/// Whose projects, adapters, jobs and buckets an operation sees: no operation reaches another account's.
struct Account: Sendable {
    /// Twelve digits.
    let id: String
    /// Its folder: projects, adapters, trials, embeddings, jobs.
    let workspace: Workspace
    /// Where its `s3://` objects are.
    let buckets: Buckets
}
