internal import Logging
internal import NIOCore

/// Keeps the server listening where accepting one connection failed.
final class AcceptErrors: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel

    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("a connection was not accepted", metadata: ["reason": "\(error)"])
    }

    /// Puts one behind what accepts connections for `channel`, and waits a second before it tries again where the machine has
    /// no more files or memory to offer.
    static func handle(on channel: any Channel, logger: Logger) async throws {
        try await channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(AcceptBackoffHandler(shouldForwardIOErrorCaught: false), position: .first)
            let accepting = try pipeline.context(name: "AcceptHandler").handler
            try pipeline.addHandler(AcceptErrors(logger), position: .after(accepting))
        }.get()
    }
}
