internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Harness
internal import Logging
internal import Moderation
internal import ObjectStorage
internal import Service

/// `moderato serve`: the operations of Amazon Rekognition over HTTP.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answers Amazon Rekognition's clients: detection, adapters, bulk jobs.",
        discussion: """
            A boto3 or AWS CLI client works with `endpoint_url` set to this server. Logs go to standard error. ^C or SIGTERM \
            stops it once what runs is finished; a second one at once.
            """)

    @Option(help: "The port to listen on; 0 for any that is free.") var port = 8080
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(
        help: ArgumentHelp(
            "The folder of projects, adapters and jobs; by default the project's root around here.", valueName: "folder"
        ))
    var data: String?
    @Option(help: "The base model: a name in Experiments/base-models, or a .yaml file.")
    var baseModel = "imagenet-moderation"
    @Option(
        help: ArgumentHelp(
            """
            Where s3:// objects are: a folder of buckets, or the address of an endpoint; by default what MODERATO_S3 or \
            AWS_ENDPOINT_URL_S3 names, or else `s3` in the data folder.
            """, valueName: "place"))
    var s3: String?
    @OptionGroup var access: AccessArguments
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?

    @OptionGroup var serving: ServingArguments

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is a number from 0 to 65535, given \(port)")
        }
        try access.check(host: host)
    }

    func run() throws {
        let options = try options()
        introduce(options)
        let server = try RekognitionServer(options, logger: serving.logger)
        let signals = StopSignals { Task { await server.stop() } }
        try withExtendedLifetime(signals) {
            try Self.block { try await server.run { port in announce(port) } }
        }
    }

    private func announce(_ port: Int) {
        serving.say("listening on http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
    }

    private func options() throws -> ServiceOptions {
        let home = Workspace.named(root)
        let data = data.map { Workspace(root: URL(filePath: $0), installation: home) } ?? home
        let file = try home.baseModelFile(named: baseModel)
        var options = ServiceOptions(
            data: data, baseModel: try home.readBaseModel(baseModel), baseModelFile: file,
            buckets: try buckets(of: data))
        options.credentials = try access.readCredentials(serving.say)
        options.host = host
        options.port = port
        serving.set(&options)
        return options
    }

    /// Says what it works with: most of that may have been left to defaults.
    private func introduce(_ options: ServiceOptions) {
        serving.say("the base model is \(baseModel), the data folder \(options.data.root.path)")
        if case .folder = options.buckets, options.credentials != nil {
            serving.say("s3:// is a folder of its own for each account")
        } else {
            serving.say("s3:// is \(options.buckets)")
        }
    }

    /// The buckets that `s3://` addresses mean.
    private func buckets(of data: Workspace) throws(Findings) -> Buckets {
        do throws(S3SettingsError) {
            return try data.buckets(at: s3)
        } catch {
            throw Findings([Finding("\(error)")])
        }
    }

    /// Waits for `body`, which runs in the cooperative pool, on this thread, which is none of the pool's.
    private static func block(_ body: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = ResultBox()
        Task.detached {
            do { try await body() } catch { result.error = error }
            done.signal()
        }
        done.wait()
        if let error = result.error { throw error }
    }
}

/// What a task ended with; written before, and read after, a semaphore was signalled.
private final class ResultBox: @unchecked Sendable {
    var error: (any Error)?
}
