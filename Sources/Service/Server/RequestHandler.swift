internal import Foundation
internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Answers the requests of all connections: operations at `POST /`, and what operators ask for.
struct RequestHandler: Sendable {
    let dispatcher: Dispatcher
    let connections: Connections
    let metrics: ServerMetrics
    let bodies: BodyBudget
    let limits: ServerLimits
    let lifecycle: Lifecycle
    let logger: Logger
    let dates = DateField()

    /// Answers `request`, and writes a line and the counts of it.
    func handle(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let record = RequestRecord()
        metrics.began()
        defer { conclude(record) }
        let answer = try await answer(request, writer, channel, record)
        record.note {
            $0.status = answer.status
            $0.answerBytes = answer.body.readableBytes
        }
        let head = answer.head(id: record.id, date: dates.value)
        let body: ResponseBody = request.method == .head ? .init() : .init(byteBuffer: answer.body)
        do {
            try await writer.write(response: head, body: body)
        } catch {
            record.note { $0.isAbandoned = true }
            throw error
        }
    }

    private func conclude(_ record: RequestRecord) {
        let (facts, seconds) = (record.current, record.seconds)
        metrics.ended(facts, seconds: seconds)
        record.log(facts, seconds: seconds, to: logger)
    }

    private func answer(
        _ request: Request, _ writer: borrowing ResponseWriter, _ channel: any Channel, _ record: RequestRecord
    ) async throws -> Answer {
        let path = String((request.head.path ?? "").prefix { $0 != "?" })
        switch (path, request.method) {
        case ("/", .post): return try await operation(request, writer, channel, record)
        case ("/healthz", .get), ("/healthz", .head):
            record.note { $0.operation = path }
            return health
        case ("/metrics", .get), ("/metrics", .head):
            record.note { $0.operation = path }
            return Answer(text: metricsText, contentType: PrometheusText.contentType)
        case ("/", _): return refusal(request, record, allowing: "POST")
        case ("/healthz", _), ("/metrics", _): return refusal(request, record, allowing: "GET, HEAD")
        default: return refusal(request, record, allowing: nil)
        }
    }

    private var health: Answer {
        lifecycle.isStopping
            ? Answer(text: "stopping\n", contentType: "text/plain; charset=utf-8", status: 503)
            : Answer(text: "ready\n", contentType: "text/plain; charset=utf-8")
    }

    /// The answer to what is no operation: another path, or another method than those of `allowed`.
    private func refusal(_ request: Request, _ record: RequestRecord, allowing allowed: String?) -> Answer {
        var answer =
            if let allowed {
                Answer(type: "MethodNotAllowed", message: "this path takes \(allowed) alone", status: 405)
            } else {
                Answer(
                    ServiceError(
                        .unknownOperation,
                        "operations are requests `POST /`; there is no other path but /healthz and /metrics"))
            }
        if let allowed { answer.fields[.allow] = allowed }
        record.note { $0.code = allowed == nil ? ServiceError.Code.unknownOperation.rawValue : "MethodNotAllowed" }
        answer.closesConnection = request.hasBody
        return answer
    }
}

// Operations.
extension RequestHandler {
    private func operation(
        _ request: Request, _ writer: borrowing ResponseWriter, _ channel: any Channel, _ record: RequestRecord
    ) async throws -> Answer {
        if let operation = try? Operation(target: request.headers[.target]) {
            record.note { $0.operation = operation.rawValue }
        }
        do {
            try check(request)
            let held = bodies.share()
            defer { held.giveBack() }
            let body = try await self.body(of: request, writer, held, record)
            record.note { $0.requestBytes = body.readableBytes }
            let call = Call(head: request.head, body: body, record: record) { [connections, limits] waited in
                connections.isAbandoned(channel, after: waited, limits: limits)
            }
            return Answer(try await dispatcher.answer(call))
        } catch let error as ServiceError {
            return answer(error, to: request, record)
        } catch is ConnectionGuard.BodyIsLate {
            let message = "the body was not here within \(limits.bodySeconds) seconds"
            return answer(ServiceError(.requestTimeout, message), to: request, record)
        } catch let error as HTTPParserError {
            // Hummingbird answers it: 400, and the end of the connection.
            record.note {
                $0.status = 400
                $0.code = "MalformedRequest"
            }
            throw error
        } catch {
            record.note { $0.fault = "\(error)" }
            return answer(ServiceError(.internalServerError, "Internal server error"), to: request, record)
        }
    }

    private func answer(_ error: ServiceError, to request: Request, _ record: RequestRecord) -> Answer {
        record.note {
            $0.code = error.code.rawValue
            $0.fault = error.fault
        }
        var answer = Answer(error)
        // Of these the body was not read, or not to its end.
        answer.closesConnection =
            [.requestEntityTooLarge, .requestTimeout].contains(error.code)
            || record.current.requestBytes == 0 && request.hasBody
        return answer
    }

    /// Refuses what is no operation before anything of its body is read.
    private func check(_ request: Request) throws(ServiceError) {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard let type, WireLimits.contentTypes.contains(type) else {
            throw ServiceError(.unknownOperation, "the Content-Type of an operation is \(WireLimits.contentType)")
        }
        if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
            throw ServiceError(.invalidParameter, "the header Expect can be 100-continue alone")
        }
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > WireLimits.bodyBytes { throw tooLarge }
    }

    private var tooLarge: ServiceError {
        ServiceError(.requestEntityTooLarge, "a request has at most \(WireLimits.bodyBytes) bytes")
    }

    /// The body, whose memory is taken from `held` as it comes: of what is declared and never sent, nothing is held.
    ///
    /// Of a request that nobody with an access key signed, the body is read, so that the client gets its answer on a
    /// connection that goes on, and not kept.
    private func body(
        of request: Request, _ writer: borrowing ResponseWriter, _ held: BodyBudget.Share, _ record: RequestRecord
    ) async throws -> ByteBuffer {
        let refusal = dispatcher.refusal(of: request.head)
        if request.headers[.expect] != nil { try await writer.writeInformationalHead(HTTPResponse(status: .continue)) }
        var (body, count) = (ByteBuffer(), 0)
        for try await part in request.body {
            count += part.readableBytes
            guard count <= WireLimits.bodyBytes else { throw tooLarge }
            guard refusal == nil else { continue }
            guard held.take(part.readableBytes) else {
                throw ServiceError(.throttling, "as many bytes of requests as may are being worked on; try again")
            }
            body.writeImmutableBuffer(part)
        }
        if let refusal {
            record.note { $0.requestBytes = count }
            throw refusal
        }
        return body
    }
}

extension Request {
    /// Whether a body follows the head.
    fileprivate var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}
