internal import Foundation
internal import FoundationNetworking
internal import Synchronization

/// One attempt of a request: what has come of its answer, and the one thread that waits for it.
final class HTTPExchange: Sendable {
    /// An answer, whole.
    struct Answer {
        let status: Int
        let header: @Sendable (String) -> String?
        let body: Data
    }

    /// Why there is no answer.
    enum Failure: Error {
        /// More bytes are announced, or came, than are wanted.
        case tooLarge(bytes: Int)
        /// The network failed.
        case network(reason: String)
    }

    private struct State {
        var response: HTTPURLResponse?
        var body = Data()
        var overrun: Int?
        var outcome: Result<Answer, Failure>?
    }

    /// The most bytes of an error's body that are kept; the rest says nothing more.
    private static let longestError = 64 << 10

    private let limit: Int
    private let isBodyless: Bool
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter limit: the most bytes of a body that are taken.
    init(limit: Int, isBodyless: Bool) {
        self.limit = limit
        self.isBodyless = isBodyless
    }

    /// Whether the answer that begins with `response` is worth reading.
    func begin(_ response: HTTPURLResponse) -> Bool {
        state.withLock { state in
            state.response = response
            let announced = Int(clamping: response.expectedContentLength)
            guard response.statusCode < 300, !isBodyless, announced > limit else { return true }
            state.overrun = announced
            return false
        }
    }

    /// Takes a part of the body; `false` where it is too much.
    func take(_ part: Data) -> Bool {
        state.withLock { state in
            let isError = (state.response?.statusCode ?? 200) >= 300
            let room = (isError ? Self.longestError : limit) - state.body.count
            guard part.count > room else {
                state.body.append(part)
                return true
            }
            if isError { state.body.append(part.prefix(room)) } else { state.overrun = state.body.count + part.count }
            return false
        }
    }

    /// Ends the exchange; `error` is the network's.
    func end(_ error: (any Error)?) {
        state.withLock { state in
            guard state.outcome == nil else { return }
            state.outcome = Self.outcome(state, error)
        }
        ended.signal()
    }

    /// Waits for the end, `seconds` at most; `nil` where it has not come.
    func wait(seconds: Double) -> Result<Answer, Failure>? {
        _ = ended.wait(timeout: .now() + seconds)
        return state.withLock { $0.outcome }
    }

    private static func outcome(_ state: State, _ error: (any Error)?) -> Result<Answer, Failure> {
        if let bytes = state.overrun { return .failure(.tooLarge(bytes: bytes)) }
        let isCutError = (state.response?.statusCode ?? 200) >= 300
        if let error, !isCutError { return .failure(failure(error)) }
        guard let response = state.response else {
            return .failure(.network(reason: "it ended without an answer"))
        }
        let headers = Dictionary(
            response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }, uniquingKeysWith: { $1 })
        return .success(
            Answer(status: response.statusCode, header: { headers[$0.lowercased()] }, body: state.body))
    }

    private static func failure(_ error: any Error) -> Failure {
        guard let error = error as? URLError else { return .network(reason: "\(error)") }
        switch error.code {
        case .timedOut: return .network(reason: "it did not answer in time")
        case .cannotConnectToHost: return .network(reason: "no connection")
        case .cannotFindHost, .dnsLookupFailed: return .network(reason: "no such host")
        case .networkConnectionLost: return .network(reason: "the connection was lost")
        default: return .network(reason: error.localizedDescription)
        }
    }
}
