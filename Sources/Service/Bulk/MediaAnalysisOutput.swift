internal import Foundation
internal import Harness

/// What a job looks like to its client.
struct MediaAnalysisDescription: Output {
    let jobId: String
    let jobName: String?
    let operationsConfig: MediaAnalysisRequest.OperationsConfig
    let status: String
    let failureDetails: MediaAnalysisJob.Failure?
    let creationTimestamp: Date
    let completionTimestamp: Date?
    let input: S3Location
    let outputConfig: MediaAnalysisRequest.OutputConfig
    let results: Results?
    let manifestSummary: S3Location?

    struct Results: Output {
        let s3Object: S3Object
        let modelVersions: ModelVersions
    }

    struct ModelVersions: Output { let moderation: String }

    init(_ job: MediaAnalysisJob) {
        jobId = job.id
        jobName = job.request.jobName
        operationsConfig = job.request.operationsConfig
        status = job.status.rawValue
        failureDetails = job.failure
        creationTimestamp = Milliseconds.date(job.createdMilliseconds)
        completionTimestamp = job.completedMilliseconds.map(Milliseconds.date)
        input = job.request.input
        outputConfig = job.request.outputConfig
        results = job.moderationModelVersion.map { version in
            Results(
                s3Object: .init(job.request.result(MediaAnalysisResults.name, of: job.id)),
                modelVersions: ModelVersions(moderation: version))
        }
        manifestSummary =
            job.hasSummary
            ? S3Location(job.request.result(MediaAnalysisSummary.name, of: job.id)) : nil
    }
}

/// The answer to StartMediaAnalysisJob.
struct StartedMediaAnalysisJob: Output {
    let jobId: String
}

/// The answer to ListMediaAnalysisJobs.
struct ListedMediaAnalysisJobs: Output {
    let mediaAnalysisJobs: [MediaAnalysisDescription]
    let nextToken: String?
}
