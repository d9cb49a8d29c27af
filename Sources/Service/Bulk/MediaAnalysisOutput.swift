internal import Foundation

/// What a job looks like to its client.
struct MediaAnalysisDescription: Output {
    let jobId: String
    let jobName: String?
    let operationsConfig: MediaAnalysisRequest.OperationsConfig
    let status: String
    let failureDetails: MediaAnalysisJob.Failure?
    let creationTimestamp: Date
    let completionTimestamp: Date?
    let input: MediaAnalysisRequest.Manifest
    let outputConfig: MediaAnalysisRequest.OutputConfig
    let results: Results?
    let manifestSummary: ManifestSummary?

    struct Results: Output {
        let s3Object: MediaAnalysisRequest.S3Object
        let modelVersions: ModelVersions
    }

    struct ModelVersions: Output { let moderation: String }

    struct ManifestSummary: Output { let s3Object: MediaAnalysisRequest.S3Object }

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
            ? ManifestSummary(s3Object: .init(job.request.result(MediaAnalysisSummary.name, of: job.id))) : nil
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
