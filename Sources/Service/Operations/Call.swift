internal import HTTPTypes
internal import NIOCore

/// A request whose body is here.
struct Call: Sendable {
    let head: HTTPRequest
    let body: ByteBuffer
    /// What is found out about it on the way.
    let record: RequestRecord
    /// Whether its client has gone, where it waited so many seconds.
    let isAbandoned: @Sendable (Double) -> Bool
}
