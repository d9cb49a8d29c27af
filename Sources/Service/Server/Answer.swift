internal import Foundation
internal import HTTPTypes
internal import Harness
internal import HummingbirdCore
internal import NIOCore

/// What goes back to a client.
struct Answer {
    var status = 200
    var body: ByteBuffer
    var contentType = WireLimits.contentType
    var fields: HTTPFields = [:]
    /// Whether the connection ends with it: what follows on it is not to be read.
    var closesConnection = false

    /// The result of an operation.
    init(_ body: Data) { self.body = ByteBuffer(bytes: body) }

    init(text: String, contentType: String, status: Int = 200) {
        body = ByteBuffer(string: text)
        self.contentType = contentType
        self.status = status
    }

    /// An exception, as SDKs look for it: `__type`, and `message` or `Message`.
    init(_ error: ServiceError) {
        self.init(type: error.code.rawValue, message: error.message, status: error.code.status)
    }

    /// What is no exception of the service: only those who do not speak its protocol meet it.
    init(type: String, message: String, status: Int) {
        let body = JSONValue.object(["__type": .text(type), "Message": .text(message)])
        self.init(text: body.text(), contentType: WireLimits.contentType, status: status)
    }

    /// Status and header fields; `id` tells the request from others.
    func head(id: String, date: String) -> HTTPResponse {
        var fields = fields
        fields[.contentType] = contentType
        fields[.contentLength] = "\(body.readableBytes)"
        fields[.requestID] = id
        fields[.date] = date
        fields[.server] = "moderato"
        if closesConnection { fields[.connection] = "close" }
        return HTTPResponse(status: .init(code: status), headerFields: fields)
    }
}
