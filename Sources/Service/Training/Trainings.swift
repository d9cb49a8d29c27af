internal import BaseModel
internal import Foundation
internal import Harness
internal import Logging
internal import Moderation
internal import ObjectStorage
internal import Synchronization

/// CreateProjectVersion, DescribeProjectVersions and DeleteProjectVersion.
struct Trainings: Sendable {
    /// The most trainings of an account that run or wait.
    static let maximum = 10
    /// The most bytes of a manifest.
    static let manifestBytes = 64 << 20

    private let baseModel: BaseModelSource
    private let logger: Logger
    private let queue: BackgroundQueue
    private let open = OpenTrainings()

    /// Goes on with the trainings that an earlier server left, in the order in which they were asked for.
    init(_ options: ServiceOptions, accounts: [Account], logger: Logger) throws {
        baseModel = BaseModelSource(description: options.baseModel, file: options.baseModelFile)
        self.logger = logger
        // How many wait is limited for each account, by what is on disk.
        queue = BackgroundQueue(name: "training", capacity: .max)
        let left = accounts.flatMap { account in
            Self.open(of: account, logger).map { (account: account, version: $0) }
        }
        for training in left.sorted(by: { $0.version.created < $1.version.created }) {
            logger.info(
                "going on with a training",
                metadata: [
                    "account": "\(training.account.id)", "project": "\(training.version.project.name)",
                    "version": "\(training.version.name)",
                ])
            _ = open.add(for: training.account, limit: .max)
            _ = enqueue(training.version.name, of: training.version.project, training.account)
        }
    }

    /// The trainings that an earlier server left; what cannot be read is said, and keeps no server from its start.
    private static func open(of account: Account, _ logger: Logger) -> [ServedVersion] {
        func say(_ damage: String) {
            logger.warning(
                "projects or versions cannot be read", metadata: ["account": "\(account.id)", "reason": "\(damage)"])
        }
        func attempt<Value>(_ body: () throws -> [Value]) -> [Value] {
            do {
                return try body()
            } catch {
                say("\(error)")
                return []
            }
        }
        return attempt { try ProjectCatalog(account).all { say("\($0)") } }.flatMap { project in
            attempt { try VersionShelf(project).open(onDamage: say) }
        }
    }

    /// How many are trained, and how many wait.
    var load: (working: Int, waiting: Int) { queue.load }

    /// Lets the training that runs come to its end within `seconds`, then asks it to stop; what is left undone, the next
    /// server goes on with.
    func stop(within seconds: Double) { queue.stop(within: seconds) }

    func create(_ input: Input, _ account: Account) throws -> CreatedVersion {
        let catalog = ProjectCatalog(account)
        let arn = try input.required("ProjectArn")
        _ = try catalog.find(arn)
        let request = try TrainingRequest(input)
        try check(request, account)
        let version = try catalog.changing { catalog in
            let version = try planned(request, input, try catalog.find(arn))
            guard open.add(for: account, limit: Self.maximum) else {
                throw ServiceError(
                    .limitExceeded,
                    "\(Self.maximum) open trainings for account \(account.id) Maximum limit: \(Self.maximum)")
            }
            do {
                try record(version, tags: input.map("Tags"), catalog)
            } catch {
                open.remove(of: account)
                throw error
            }
            return version
        }
        guard enqueue(version.name, of: version.project, account) else {
            throw ServiceError(.serviceUnavailable, "The server is about to stop; the training begins when it is back")
        }
        return CreatedVersion(projectVersionArn: version.arn)
    }

    func describe(_ input: Input, _ account: Account) throws -> VersionDescriptions {
        let project = try ProjectCatalog(account).find(input.required("ProjectArn"))
        let names = input.texts("VersionNames").map { Set($0) }
        let token = try PageToken(
            .describeProjectVersions, query: [project.arn] + (names ?? []).sorted(), of: account)
        let page = try Page(of: VersionShelf(project).versions(names), input, token, place: \.place)
        return VersionDescriptions(
            projectVersionDescriptions: page.items.map {
                VersionDescription($0, served: baseModel.description)
            }, nextToken: page.nextToken)
    }

    func delete(_ input: Input, _ account: Account) throws -> DeletionStatus {
        try ProjectCatalog(account).changing { catalog in
            let version = try VersionShelf.find(input.required("ProjectVersionArn"), catalog)
            guard !version.isTraining else {
                throw ServiceError(.resourceInUse, "\(version.name) is being trained; wait until that has ended")
            }
            let id = try AdapterID(project: version.project.name, name: version.name)
            let registry = AdapterRegistry(workspace: account.workspace)
            for number in try version.adapterNumbers(registry) { try registry.delete(id, number: number) }
            if version.training != nil {
                try TrainingRecord.remove(version.name, of: version.project.name, workspace: account.workspace)
            }
            try catalog.change(version.project) { $0.versionTags[version.arn] = nil }
            return DeletionStatus()
        }
    }

    // MARK: Steps of a creation

    /// Throws unless what the request names can be read and written.
    private func check(_ request: TrainingRequest, _ account: Account) throws(ServiceError) {
        for manifest in [request.training] + (request.test.map { [$0] } ?? []) {
            try Self.checking("The manifest \(manifest) cannot be read") { () throws(ObjectStorageError) in
                _ = try account.buckets.read(manifest, limit: Self.manifestBytes)
            }
        }
        try Self.checking("OutputConfig names no place to write to") { () throws(ObjectStorageError) in
            try account.buckets.check(bucket: request.output.bucket)
        }
    }

    private static func checking(
        _ failure: String, _ body: () throws(ObjectStorageError) -> Void
    ) throws(ServiceError) {
        do throws(ObjectStorageError) {
            try body()
        } catch {
            throw ServiceError(failure, error)
        }
    }

    /// The version that is asked for.
    ///
    /// - Throws: `.resourceInUse` where there is one of its name.
    private func planned(
        _ request: TrainingRequest, _ input: Input, _ project: ServedProject
    ) throws -> ServedVersion {
        guard try VersionShelf(project).versions([request.versionName]).isEmpty else {
            throw ServiceError(.resourceInUse, "Project \(project.name) has a version \(request.versionName) already")
        }
        let training = TrainingRecord(created: Milliseconds.now, request: input.json)
        return ServedVersion(
            project: project, name: request.versionName, created: training.created, training: training, adapter: nil)
    }

    /// Writes down what is to be trained, the tags first: without a version they are nobody's.
    private func record(_ version: ServedVersion, tags: [String: String], _ catalog: ProjectCatalog) throws {
        if !tags.isEmpty { try catalog.change(version.project) { $0.versionTags[version.arn] = tags } }
        try version.training?.write(version.name, of: version.project.name, workspace: catalog.workspace)
    }

    private func enqueue(_ version: String, of project: ServedProject, _ account: Account) -> Bool {
        let work = TrainingWork(
            account: account, project: project.name, version: version, baseModel: baseModel, logger: logger)
        return queue.add { cancellation in
            guard !work.run(cancellation) else { return open.remove(of: account) }
            BackgroundQueue.afterPause { _ = enqueue(version, of: project, account) }
        }
    }
}

/// How many trainings of each account run or wait.
private final class OpenTrainings: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// Counts one more, unless there are `limit` already.
    func add(for account: Account, limit: Int) -> Bool {
        counts.withLock { counts in
            guard counts[account.id, default: 0] < limit else { return false }
            counts[account.id, default: 0] += 1
            return true
        }
    }

    func remove(of account: Account) { counts.withLock { $0[account.id, default: 0] -= 1 } }
}

/// What CreateProjectVersion answers.
struct CreatedVersion: Output {
    let projectVersionArn: String
}
