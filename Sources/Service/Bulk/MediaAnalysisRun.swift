internal import Foundation
internal import Harness
internal import Logging
internal import Moderation
internal import ObjectStorage

/// A stretch of work on an open job; the next one goes on where it ended, in this process or another.
struct MediaAnalysisRun {
    /// How long a stretch lasts, so that the jobs of all accounts go on side by side.
    static let stretchSeconds = 1.0

    let account: Account
    let files: MediaAnalysisFiles
    let detections: Detections
    /// What moderates: progress of another is of no use.
    let baseModel: Digest
    let moderationModelVersion: String
    let logger: Logger

    /// Works on `job`, whose lock the caller holds.
    ///
    /// - Returns: the job as it is then on disk.
    func advance(_ job: MediaAnalysisJob, _ cancellation: Cancellation) throws -> MediaAnalysisJob {
        do {
            var job = job
            if job.status == .queued {
                job.status = .inProgress
                try files.write(job)
            }
            return try advanceLines(job, cancellation)
        } catch is Interruption {
            return job
        } catch {
            logger.error("a media analysis job failed", metadata: ["job": "\(job.id)", "reason": "\(error)"])
            // A folder that takes no more files takes this no more either: then the job stays as it is.
            return try end(job, .failed) { $0.failure = MediaAnalysisJob.Failure(error) }
        }
    }

    private func advanceLines(_ job: MediaAnalysisJob, _ cancellation: Cancellation) throws -> MediaAnalysisJob {
        let lines = try manifest(of: job).lines
        var progress = try MediaAnalysisProgress(
            continuing: files.workFolder(of: job.id).appending(path: "progress-\(baseModel.short).jsonl"))
        let end = ContinuousClock.now + .seconds(Self.stretchSeconds)
        while progress.count < lines.count {
            guard !cancellation.isRequested, ContinuousClock.now < end else { return job }
            try progress.append(try moderate(lines[progress.count], index: progress.count, of: job, cancellation))
        }
        guard let entries = try progress.entries() else { return job }
        return try finish(job, entries)
    }

    private func manifest(of job: MediaAnalysisJob) throws -> MediaAnalysisManifest {
        do {
            return try MediaAnalysisManifest(try Data(contentsOf: files.manifest(of: job.id)))
        } catch {
            throw MediaAnalysisJob.Failure(
                code: .invalidManifest, message: "the copy of the manifest that the job works with is gone or damaged")
        }
    }

    /// What becomes of `line`: what DetectModerationLabels answers for its image.
    private func moderate(
        _ line: MediaAnalysisManifest.Line, index: Int, of job: MediaAnalysisJob, _ cancellation: Cancellation
    ) throws -> MediaAnalysisProgress.Entry {
        let image: ObjectLocation
        do throws(MediaAnalysisLineError) {
            image = try line.image()
        } catch {
            return .init(index: index, error: error)
        }
        do {
            return .init(
                index: index, result: try MediaAnalysisResults.line(image, try detect(image, job, cancellation)))
        } catch let error as ServiceError {
            if let fault = error.fault {
                logger.error("an adapter cannot be used", metadata: ["job": "\(job.id)", "fault": "\(fault)"])
            }
            if let failure = MediaAnalysisJob.Failure(ofAllImages: error) { throw failure }
            return .init(index: index, error: line.error(image, error))
        }
    }

    /// What another try may mend is tried again, a few times.
    private func detect(
        _ image: ObjectLocation, _ job: MediaAnalysisJob, _ cancellation: Cancellation
    ) throws -> Detection {
        let asked = job.request.operationsConfig.detectModerationLabels
        var attempt = 1
        while true {
            do {
                return try detections.detect(
                    image, minimumConfidence: asked.minConfidence, adapter: asked.projectVersion, account)
            } catch let error as ServiceError where error.isPassing {
                if cancellation.isRequested { throw Interruption() }
                if attempt == Self.attempts { throw error }
                Thread.sleep(forTimeInterval: 0.2 * Double(attempt))
                attempt += 1
            }
        }
    }

    /// How often an image is tried.
    private static let attempts = 4

    /// The stretch ends before its line is done.
    private struct Interruption: Error {}

    /// Writes results and summary; written again after a crash, they are the same.
    private func finish(_ job: MediaAnalysisJob, _ entries: [MediaAnalysisProgress.Entry]) throws -> MediaAnalysisJob {
        let results = entries.compactMap(\.result)
        try write(try MediaAnalysisSummary(entries).jsonFile(), as: MediaAnalysisSummary.name, of: job)
        guard !results.isEmpty else {
            let failure = MediaAnalysisJob.Failure(ofAll: entries.compactMap(\.error))
            return try end(job, .failed) { job in
                job.failure = failure
                job.hasSummary = true
            }
        }
        try write(Data(results.map { $0 + "\n" }.joined().utf8), as: MediaAnalysisResults.name, of: job)
        return try end(job, .succeeded) { job in
            job.moderationModelVersion = moderationModelVersion
            job.hasSummary = true
        }
    }

    private func write(_ bytes: Data, as name: String, of job: MediaAnalysisJob) throws(MediaAnalysisJob.Failure) {
        do throws(ObjectStorageError) {
            try account.buckets.write(bytes, to: job.request.result(name, of: job.id))
        } catch {
            throw MediaAnalysisJob.Failure(writing: error)
        }
    }

    private func end(
        _ job: MediaAnalysisJob, _ status: MediaAnalysisJob.Status, _ change: (inout MediaAnalysisJob) -> Void
    ) throws -> MediaAnalysisJob {
        var job = job
        job.status = status
        job.completedMilliseconds = Milliseconds.now
        change(&job)
        try files.write(job)
        files.removeWork(of: job.id)
        return job
    }
}

extension ServiceError {
    /// Whether the same request may succeed later: SDKs try these again.
    fileprivate var isPassing: Bool {
        switch code {
        case .internalServerError, .provisionedThroughputExceeded, .serviceUnavailable, .throttling: true
        default: false
        }
    }
}

extension MediaAnalysisManifest.Line {
    fileprivate func error(_ image: ObjectLocation, _ error: ServiceError) -> MediaAnalysisLineError {
        MediaAnalysisLineError(
            lineNumber: number, sourceRef: image.description, code: .invalidImage,
            message: "\(error.code.rawValue): \(error.message)")
    }
}
