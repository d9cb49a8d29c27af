internal import Foundation
internal import Harness
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
internal import Store

/// A server that speaks Amazon Rekognition's wire protocol for Custom Moderation.
///
/// A request goes from the connection, which Hummingbird reads, to `RequestHandler` (paths, bodies, logs), to `Dispatcher`
/// (who asks, and on which threads), to `Operations`, the table of what the service does.
///
/// It runs once, and handles no signals: whoever has a process to end calls ``stop()``.
public final class RekognitionServer: Sendable {
    private let options: ServiceOptions
    private let logger: Logger
    private let handler: RequestHandler
    private let server: Server<HTTP1Channel>
    private let listening: Listening
    /// Other servers keep off the data folder as long as this is here.
    private let lock: WorkLock

    /// Opens the base model and takes up what an earlier server left.
    ///
    /// - Throws: `ServerError.dataInUse` where another server works on the data folder.
    public init(_ options: ServiceOptions, logger: Logger) throws {
        var options = options
        options.limits.connections = min(options.limits.connections, FileDescriptorLimit.raised())
        guard let lock = try WorkLock.take(options.data.store.appending(path: "locks/serve.lock")) else {
            throw ServerError.dataInUse(folder: options.data.root.path)
        }
        self.lock = lock
        self.options = options
        self.logger = logger
        let handler = RequestHandler(
            dispatcher: try Dispatcher(options, logger: logger), connections: Connections(), metrics: ServerMetrics(),
            bodies: BodyBudget(bytes: options.limits.bytesInFlight), limits: options.limits, lifecycle: Lifecycle(),
            logger: logger)
        let listening = Listening()
        self.handler = handler
        self.listening = listening
        server = Self.server(options, handler, logger) { channel in await listening.begin(channel) }
    }

    /// Answers requests until ``stop()`` was called and everything begun is finished, or the time for that is over.
    ///
    /// - Parameter onListening: told the port, once the server listens.
    /// - Throws: `ServerError.cannotListen`.
    public func run(onListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        listening.onBegin { [logger] channel in
            do {
                try await AcceptErrors.handle(on: channel, logger: logger)
            } catch {
                logger.warning("errors of accepting connections are not handled", metadata: ["reason": "\(error)"])
            }
            onListening(channel.localAddress?.port ?? 0)
        }
        do {
            try await server.run()
        } catch {
            throw ServerError(error, options)
        }
        await listening.ended()
    }

    /// Takes no more connections, lets the requests that are here be answered, then asks background work to come to its end.
    ///
    /// Returns at once where it was called before.
    public func stop() async {
        guard handler.lifecycle.stop() else { return }
        let deadline = ContinuousClock.now + .seconds(options.graceSeconds)
        logger.info("stopping", metadata: ["grace_seconds": "\(options.graceSeconds)"])
        let forcing = Task { [handler] in
            try await Task.sleep(until: deadline, clock: .continuous)
            handler.connections.closeAll()
        }
        try? await server.shutdownGracefully()
        forcing.cancel()
        await handler.dispatcher.stop(within: max(0, (deadline - .now) / .seconds(1)))
        listening.end()
    }

    private static func server(
        _ options: ServiceOptions, _ handler: RequestHandler, _ logger: Logger,
        onListening: @escaping @Sendable (any Channel) async -> Void
    ) -> Server<HTTP1Channel> {
        // What Hummingbird says of single connections is said here once, in the line of the request.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let limits = options.limits
        let (connections, most) = (handler.connections, limits.connections)
        let channel = HTTP1Channel(
            responder: { try await handler.handle($0, $1, $2) },
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuardInstaller(limits: limits, connections: connections)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        return Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(most, logger: quiet)),
            onServerRunning: onListening, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    }
}

extension ServerError {
    /// Why `error` kept the server from listening.
    fileprivate init(_ error: any Error, _ options: ServiceOptions) {
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "another program listens there; `--port 0` takes any port that is free"
            case EACCES: "ports below 1024 are for privileged users; take a higher one, and let a proxy listen there"
            case EADDRNOTAVAIL: "this machine has no such address"
            case .some(let code): String(cString: strerror(code))
            case nil: error is SocketAddressError.UnknownHost ? "there is no host of that name" : "\(error)"
            }
        self = .cannotListen(host: options.host, port: options.port, reason: reason)
    }
}
