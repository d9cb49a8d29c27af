internal import Foundation
internal import HTTPTypes
internal import Harness
internal import NIOCore

/// The accounts of a server.
struct Accounts: Sendable {
    /// All of them.
    let all: [Account]

    init(_ options: ServiceOptions) {
        all = [Account(id: Account.standardID, workspace: options.data, buckets: options.buckets)]
    }

    /// The account that signed the request.
    func account(of head: HTTPRequest, body: ByteBuffer) throws(ServiceError) -> Account { all[0] }
}
