internal import BaseModel
internal import Foundation
internal import Harness
internal import Logging
internal import Moderation
internal import ObjectStorage
internal import Store

/// StartMediaAnalysisJob, GetMediaAnalysisJob and ListMediaAnalysisJobs.
///
/// All jobs share one thread, and each has it for a second at a time. The thread asks for little of a core that requests
/// want (`ThreadClaim`), and has one to itself when they do not: a job may take longer, a request may not.
struct MediaAnalysisJobs: Sendable {
    /// The most open jobs of an account: as many as Amazon Rekognition allows in its large regions.
    static let maximumOpen = 20

    private let models: ServedModels
    private let baseModel: Digest
    private let moderationModelVersion: String
    private let logger: Logger
    private let queue = BackgroundQueue(name: "media-analysis", capacity: .max)
    private let accounts: [String: MediaAnalysisFiles]

    /// Goes on with the open jobs of `accounts`.
    init(_ options: ServiceOptions, models: ServedModels, accounts: [Account], logger: Logger) throws {
        self.models = models
        self.logger = logger
        baseModel = options.baseModel.digest
        moderationModelVersion = options.baseModel.taxonomy.version
        self.accounts = Dictionary(accounts.map { ($0.id, MediaAnalysisFiles($0)) }) { first, _ in first }
        _ = queue.add { _ in ThreadClaim.lower() }
        for account in accounts {
            let files = files(of: account)
            try files.sweep(before: Milliseconds.now - MediaAnalysisFiles.retentionMilliseconds)
            for id in files.damaged() {
                logger.warning(
                    "the record of a media analysis job cannot be read",
                    metadata: ["job": "\(id)", "account": "\(account.id)"])
            }
            for job in files.open() { add(job.id, account) }
        }
    }

    /// How many jobs are worked on, and how many wait for their second.
    var load: (working: Int, waiting: Int) { queue.load }

    /// Lets a job that is worked on come to the end of its second, at most `seconds`; the next server goes on with it.
    func stop(within seconds: Double) { queue.stop(within: seconds) }

    func start(_ input: Input, _ account: Account) throws -> StartedMediaAnalysisJob {
        let request = try MediaAnalysisRequest(input)
        let files = files(of: account)
        let token = input.text("ClientRequestToken") ?? UUID().uuidString
        let id = try files.id(for: token)
        if let job = try repeated(id, request, token, files) { return StartedMediaAnalysisJob(jobId: job.id) }
        // What takes long is done before others have to wait.
        _ = try models.detector(request.adapter, of: account)
        let manifest = try manifest(request, account)
        try check(request.outputConfig, account)
        let isNew = try files.whileStarting {
            if try repeated(id, request, token, files) != nil { return false }
            try checkOpen(files.open().count, account)
            try files.create(
                MediaAnalysisJob(id: id, request: request, createdMilliseconds: Milliseconds.now),
                manifest: manifest)
            return true
        }
        if isNew { add(id, account) }
        return StartedMediaAnalysisJob(jobId: id)
    }

    func get(_ input: Input, _ account: Account) throws -> MediaAnalysisDescription {
        let id = input.text("JobId") ?? ""
        guard let job = try files(of: account).existing(id), !isOld(job) else {
            throw ServiceError(.resourceNotFound, "there is no media analysis job \(id)")
        }
        return MediaAnalysisDescription(job)
    }

    func list(_ input: Input, _ account: Account) throws -> ListedMediaAnalysisJobs {
        let jobs = files(of: account).all().filter { !isOld($0) }
        let token = try PageToken(.listMediaAnalysisJobs, of: account)
        let page = try Page(of: jobs, input, token, place: \.place)
        return ListedMediaAnalysisJobs(
            mediaAnalysisJobs: page.items.map(MediaAnalysisDescription.init), nextToken: page.nextToken)
    }
}

extension MediaAnalysisJobs {
    private func files(of account: Account) -> MediaAnalysisFiles {
        accounts[account.id] ?? MediaAnalysisFiles(account)
    }

    private func isOld(_ job: MediaAnalysisJob) -> Bool {
        !job.isOpen && job.createdMilliseconds < Milliseconds.now - MediaAnalysisFiles.retentionMilliseconds
    }

    /// The job that the same request with the same token started before.
    private func repeated(
        _ id: String, _ request: MediaAnalysisRequest, _ token: String, _ files: MediaAnalysisFiles
    ) throws(ServiceError) -> MediaAnalysisJob? {
        guard let job = try files.existing(id) else { return nil }
        guard job.request == request else {
            throw ServiceError(
                .idempotentParameterMismatch,
                "The ClientRequestToken: \(token) you have supplied is already in use.")
        }
        return job
    }

    /// The manifest's bytes, once it is known that there is something to do.
    private func manifest(_ request: MediaAnalysisRequest, _ account: Account) throws(ServiceError) -> Data {
        let location = request.input.s3Object.location
        let bytes: Data
        do throws(ObjectStorageError) {
            bytes = try account.buckets.read(location, limit: MediaAnalysisManifest.maximumBytes)
        } catch {
            if case .tooLarge = error { throw ServiceError(.invalidManifest, "\(error)") }
            throw ServiceError(error)
        }
        do throws(MediaAnalysisManifest.Refusal) {
            _ = try MediaAnalysisManifest(bytes)
        } catch {
            throw ServiceError(.invalidManifest, "the manifest \(location) cannot be used: \(error.reason)")
        }
        return bytes
    }

    /// Refuses a place where no results can be before thousands of images are moderated for it.
    private func check(_ output: MediaAnalysisRequest.OutputConfig, _ account: Account) throws(ServiceError) {
        do throws(ObjectStorageError) {
            try account.buckets.check(bucket: output.s3Bucket)
        } catch {
            throw ServiceError(error)
        }
    }

    private func checkOpen(_ count: Int, _ account: Account) throws(ServiceError) {
        guard count < Self.maximumOpen else {
            throw ServiceError(
                .limitExceeded,
                "\(count) open Jobs for User arn:aws:iam::\(account.id):root Maximum limit: \(Self.maximumOpen)")
        }
    }
}

extension MediaAnalysisJobs {
    /// Adds a stretch of work on the job `id`. A queue that was stopped takes none: the next server does.
    private func add(_ id: String, _ account: Account) {
        _ = queue.add { cancellation in
            if work(id, account, cancellation), !cancellation.isRequested { add(id, account) }
        }
    }

    /// Whether the job is to go on at once.
    private func work(_ id: String, _ account: Account, _ cancellation: Cancellation) -> Bool {
        let files = files(of: account)
        do {
            guard let lock = try files.lock(id, cancellation) else { return true }
            defer { withExtendedLifetime(lock) {} }
            guard let job = files.job(id), job.isOpen else { return false }
            let run = MediaAnalysisRun(
                account: account, files: files, detections: Detections(models: models), baseModel: baseModel,
                moderationModelVersion: moderationModelVersion, logger: logger)
            let now = try run.advance(job, cancellation)
            if !now.isOpen {
                logger.info(
                    "a media analysis job ended",
                    metadata: ["job": "\(id)", "account": "\(account.id)", "status": "\(now.status.rawValue)"])
            }
            return now.isOpen
        } catch {
            logger.error(
                "a media analysis job stands still, and is tried again",
                metadata: ["job": "\(id)", "account": "\(account.id)", "reason": "\(error)"])
            BackgroundQueue.afterPause { add(id, account) }
            return false
        }
    }
}
