internal import Foundation
internal import HTTPTypes
internal import Harness
internal import ObjectStorage

/// The accounts of a server.
struct Accounts: Sendable {
    /// All of them.
    let all: [Account]
    /// Who signs, and how often; `nil` where everybody is the one account there is, and nobody looks at signatures.
    private let doorkeeper: Doorkeeper?

    private struct Doorkeeper: Sendable {
        let signatures: SignatureCheck
        let byAccessKey: [String: (account: Account, rate: RequestRate?)]
    }

    init(_ options: ServiceOptions) {
        guard let credentials = options.credentials else {
            all = [Account(id: Workspace.standardAccount, workspace: options.data, buckets: options.buckets)]
            doorkeeper = nil
            return
        }
        var all: [Account] = []
        var byAccessKey: [String: (account: Account, rate: RequestRate?)] = [:]
        for entry in credentials.accounts {
            let account = Account(entry, options)
            let rate = entry.requestsPerSecond.map { RequestRate(perSecond: $0) }
            all.append(account)
            for key in entry.keys { byAccessKey[key.id] = (account, rate) }
        }
        self.all = all
        doorkeeper = Doorkeeper(
            signatures: SignatureCheck(keys: credentials.accounts.flatMap(\.keys)), byAccessKey: byAccessKey)
    }

    /// What keeps a request with `head` from being anybody's, whatever its body is: no signature, or none of a known key.
    ///
    /// Where nobody signs, a page that somebody looks at must not ask in their place: a browser that runs on this machine
    /// reaches the server, and names the page's origin in every `POST`, as no SDK outside of browsers does.
    func refusal(of head: HTTPRequest) -> ServiceError? {
        guard let doorkeeper else {
            guard head.headerFields[.origin] != nil else { return nil }
            return ServiceError(.accessDenied, "pages in browsers have no access: the header Origin is not accepted")
        }
        do throws(ServiceError) {
            try doorkeeper.signatures.checkKey(of: try SignedRequest(head))
            return nil
        } catch {
            return error
        }
    }

    /// The account that signed the request.
    ///
    /// - Throws: `ServiceError`, where nobody did as Signature Version 4 asks, or the account asks more often than it may.
    func account(of head: HTTPRequest, body: Data) throws(ServiceError) -> Account {
        guard let doorkeeper else { return all[0] }
        let request = try SignedRequest(head)
        let accessKey = try doorkeeper.signatures.accessKey(of: request, body: body, at: Date())
        guard let owner = doorkeeper.byAccessKey[accessKey] else {
            preconditionFailure("a key that signs belongs to an account")
        }
        if let rate = owner.rate, !rate.take() {
            throw ServiceError(
                .provisionedThroughputExceeded,
                "account \(owner.account.id) makes more than its \(rate.perSecond.formatted()) requests per second")
        }
        return owner.account
    }
}

extension Account {
    /// The account `entry` of a credentials file, with a folder and buckets of its own.
    fileprivate init(_ entry: Credentials.Account, _ options: ServiceOptions) {
        let data = options.data
        let isStandard = entry.id == Workspace.standardAccount
        let folder = isStandard ? data.root : data.root.appending(path: "accounts").appending(path: entry.id)
        let workspace = Workspace(root: folder, account: entry.id, installation: data)
        self.init(id: entry.id, workspace: workspace, buckets: Self.buckets(of: entry, in: workspace, options))
    }

    private static func buckets(
        of entry: Credentials.Account, in workspace: Workspace, _ options: ServiceOptions
    ) -> Buckets {
        switch options.buckets {
        // A folder of buckets that is nobody's is divided: one account's bucket must not be another account's folder.
        case .folder(let local):
            .folder(
                local.folder == options.data.standardStorage.standardizedFileURL
                    ? LocalBuckets(folder: workspace.standardStorage)
                    : LocalBuckets(folder: local.folder.appending(path: entry.id)))
        case .endpoint(let endpoint): .endpoint(endpoint.limited(to: entry.buckets))
        }
    }
}
