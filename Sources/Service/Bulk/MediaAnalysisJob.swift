internal import Foundation

/// A bulk job: images of a manifest, moderated one by one as DetectModerationLabels would.
///
/// It is what stands in `Jobs/<id>.json`.
struct MediaAnalysisJob: Codable, Sendable, Equatable {
    /// The layout of the file.
    static let layout = 1

    /// 64 hexadecimal digits that nobody guesses.
    let id: String
    /// What was asked for.
    let request: MediaAnalysisRequest
    /// When it was asked for, since 1970.
    let createdMilliseconds: Int
    var status = Status.queued
    /// When it ended, since 1970.
    var completedMilliseconds: Int?
    /// Why it failed.
    var failure: Failure?
    /// The taxonomy that the results' labels are of, once there are results.
    var moderationModelVersion: String?
    /// Whether a summary of the manifest was written.
    var hasSummary = false

    enum Status: String, Codable {
        case queued = "QUEUED"
        case inProgress = "IN_PROGRESS"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
    }

    /// Why a job failed.
    struct Failure: Codable, Equatable, Error, Output {
        let code: Code
        /// One sentence.
        let message: String

        enum Code: String, Codable {
            case accessDenied = "ACCESS_DENIED"
            case internalError = "INTERNAL_ERROR"
            case invalidManifest = "INVALID_MANIFEST"
            case invalidObject = "INVALID_S3_OBJECT"
            case invalidOutput = "INVALID_OUTPUT_CONFIG"
            case resourceNotFound = "RESOURCE_NOT_FOUND"
            case resourceNotReady = "RESOURCE_NOT_READY"
        }
    }

    /// Whether there is work left.
    var isOpen: Bool { status == .queued || status == .inProgress }

    /// Where it stands in lists.
    var place: PagePlace { PagePlace(milliseconds: createdMilliseconds, name: id) }
}
