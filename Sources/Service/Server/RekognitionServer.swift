internal import Foundation
internal import HTTPTypes
internal import Harness
internal import Hummingbird
public import Logging
internal import NIOCore

/// A server that speaks Amazon Rekognition's wire protocol for Custom Moderation.
public struct RekognitionServer: Sendable {
    private let options: ServiceOptions
    private let logger: Logger
    private let dispatcher: Dispatcher

    /// Opens the base model and takes up what an earlier server left.
    public init(_ options: ServiceOptions, logger: Logger) throws {
        self.options = options
        self.logger = logger
        dispatcher = try Dispatcher(options, logger: logger)
    }

    /// Answers requests until the process is asked to stop by SIGTERM or SIGINT.
    ///
    /// - Parameter onListening: told the port, once the server listens.
    public func run(onListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: "moderato"),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.runService()
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        router.post("/") { request, _ in await answer(request) }
        return router
    }

    private func answer(_ request: Request) async -> Response {
        let id = UUID().uuidString.lowercased()
        do {
            let body = try await request.body.collect(upTo: WireLimits.bodyBytes)
            return response(try await dispatcher.answer(request.head, body: body), id: id)
        } catch {
            return response(
                error as? ServiceError ?? ServiceError(.internalServerError, "Internal server error"), id: id)
        }
    }

    private func response(_ body: Data, status: Int = 200, id: String) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: WireLimits.contentType, .requestID: id],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    private func response(_ error: ServiceError, id: String) -> Response {
        let body = try? JSONEncoder().encode(ErrorBody(error))
        return response(body ?? Data("{}".utf8), status: error.code.status, id: id)
    }
}

/// An exception on the wire: SDKs look for `__type` and for `message` or `Message`.
private struct ErrorBody: Encodable {
    let type: String
    let message: String

    init(_ error: ServiceError) {
        type = error.code.rawValue
        message = error.message
    }

    private enum CodingKeys: String, CodingKey {
        case type = "__type"
        case message = "Message"
    }
}
