internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Holds one connection to its deadlines, and ends it so that the client can read the last answer.
///
/// A deadline is for the whole of a head or a body, so that a client that sends a byte a second meets it too. It stands between
/// the parser and everything else, on the connection's event loop alone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The body did not come in time.
    struct BodyIsLate: Error {}

    private enum Deadline { case head, idle, body, answer, farewell }

    private let limits: ServerLimits
    private let connections: Connections
    private var deadline: Scheduled<Void>?
    /// Requests whose head is here.
    private var requests = 0
    /// Answers that are written whole.
    private var answers = 0
    /// The number of answers after which the connection ends, where that is known.
    private var last: Int?
    private var isReadingBody = false
    private var isFlushing = false
    private var isQuiescing = false
    private var isOutputClosed = false
    private var isMalformed = false

    init(limits: ServerLimits, connections: Connections) {
        self.limits = limits
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.closed(context.channel)
        context.fireChannelInactive()
    }

    private var unanswered: Int { max(0, requests - answers) }

    /// Whether the connection ends with the answer that is written now.
    private var isLast: Bool { last.map { answers + 1 >= $0 } ?? (isQuiescing && unanswered <= 1) }

    private func begin(_ context: ChannelHandlerContext) {
        connections.opened(context.channel)
        set(.head, context)
    }
}

// What comes from the client.
extension ConnectionGuard {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What follows a request that was refused unread is thrown away until the client notices.
        guard !isOutputClosed, !isMalformed else { return }
        switch unwrapInboundIn(data) {
        case .head(let head) where !head.isClear:
            isMalformed = true
            errorCaught(context: context, error: HTTPParserError.unknown)
        case .head(var head):
            requests += 1
            isReadingBody = true
            if head.endsConnection {
                last = min(last ?? requests, requests)
                head.headers.replaceOrAdd(name: "connection", value: "close")
            }
            // While another is answered, nothing need be read.
            if unanswered == 1 { set(.body, context) }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body:
            context.fireChannelRead(data)
        case .end:
            isReadingBody = false
            if unanswered == 1 { deadline?.cancel() }
            context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            connections.malformedRequest()
            if unanswered == 0 { set(.farewell, context) }
        }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            connections.halfClosed(context.channel)
            if isOutputClosed {
                context.close(promise: nil)
                return
            }
        case is ChannelShouldQuiesceEvent: isQuiescing = true
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }
}

// What goes to the client.
extension ConnectionGuard {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200: context.write(data, promise: promise)
        case .head(var head):
            if head.headers[canonicalForm: "connection"].contains("close") { last = answers + 1 }
            if isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
            if !head.headers.contains(name: Self.requestID) {
                head.headers.add(name: Self.requestID, value: UUID().uuidString.lowercased())
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            isFlushing = true
            set(.answer, context)
            written.futureResult.assumeIsolated().whenComplete { _ in self.answered(context) }
            context.write(data, promise: written)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output where isOutputClosed: promise?.succeed()
        case .output:
            isOutputClosed = true
            set(.farewell, context)
            context.close(mode: .output, promise: promise)
        case .all where isFlushing:
            // The last bytes of an answer are still to go.
            last = answers + 1
            if let promise { context.channel.closeFuture.cascade(to: promise) }
        default: context.close(mode: mode, promise: promise)
        }
    }

    private static let requestID = "x-amzn-RequestId"

    /// An answer is with the client, or as far as the machine can see.
    private func answered(_ context: ChannelHandlerContext) {
        let isLast = isLast
        isFlushing = false
        answers += 1
        guard context.channel.isActive else { return }
        if isLast {
            close(context: context, mode: .output, promise: nil)
        } else if unanswered == 0 {
            set(.idle, context)
        } else if unanswered == 1, isReadingBody {
            set(.body, context)
        } else {
            deadline?.cancel()
        }
    }
}

// Deadlines, of which there is one at a time.
extension ConnectionGuard {
    private func set(_ deadline: Deadline, _ context: ChannelHandlerContext) {
        self.deadline?.cancel()
        self.deadline = context.eventLoop.assumeIsolated().scheduleTask(
            in: .nanoseconds(Int64(seconds(deadline) * 1e9))
        ) {
            self.passed(deadline, context)
        }
    }

    private func seconds(_ deadline: Deadline) -> Double {
        switch deadline {
        case .head: limits.headSeconds
        case .idle: limits.idleSeconds
        case .body: limits.bodySeconds
        case .answer: limits.answerSeconds
        case .farewell: limits.farewellSeconds
        }
    }

    private func passed(_ deadline: Deadline, _ context: ChannelHandlerContext) {
        switch deadline {
        case .body:
            // Whoever reads the body says so in its answer; the connection goes with it.
            connections.passedDeadline()
            set(.farewell, context)
            context.fireErrorCaught(BodyIsLate())
        case .head, .answer:
            connections.passedDeadline()
            context.close(promise: nil)
        case .idle, .farewell: context.close(promise: nil)
        }
    }
}

extension HTTPRequestHead {
    /// Whether everybody on the way reads the same in it: one host (RFC 9112, 3.2), also where the target names one (3.2.2),
    /// and no transfer coding but `chunked`, which HTTP/1.0 does not have (6.1).
    fileprivate var isClear: Bool {
        let (hosts, codings) = (headers["host"], headers["transfer-encoding"])
        guard hosts.count == 1 || hosts.isEmpty && version != .http1_1 else { return false }
        if let authority = uri.prefixMatch(of: /[A-Za-z][A-Za-z0-9+.\-]*:\/\/([^\/?#]*)/)?.output.1 {
            guard hosts.map({ $0.lowercased() }) == [authority.lowercased()] else { return false }
        }
        return codings.isEmpty || version == .http1_1 && codings.map { $0.lowercased() } == ["chunked"]
    }

    /// Whether the connection ends with the answer: HTTP/1.0 ends each by closing, of 1.1 only who asks wants that. The
    /// parser takes what follows an offer of another protocol for that protocol, which nobody speaks here.
    fileprivate var endsConnection: Bool {
        version != .http1_1 || method == .CONNECT || headers.contains(name: "upgrade")
            || headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
    }
}

/// Puts a ``ConnectionGuard`` next to the parser: Hummingbird offers a place further on alone, where no request has a version.
final class ConnectionGuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let limits: ServerLimits
    private let connections: Connections

    init(limits: ServerLimits, connections: Connections) {
        self.limits = limits
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let guardian = ConnectionGuard(limits: limits, connections: connections)
            try pipeline.addHandler(guardian, position: .after(parser))
        } catch {
            preconditionFailure("a connection has a parser: \(error)")
        }
    }
}
