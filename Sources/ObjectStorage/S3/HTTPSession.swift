internal import Foundation
internal import FoundationNetworking
internal import Synchronization

/// A URL session whose callers wait for their answers. It follows no redirect, keeps no cookie and caches nothing.
final class HTTPSession: Sendable {
    private let session: URLSession
    private let delegate = Delegate()

    init(idleSeconds: Double) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = idleSeconds
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpMaximumConnectionsPerHost = 16
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: queue)
    }

    deinit { session.invalidateAndCancel() }

    /// Sends `request` once and waits for the whole answer, `seconds` at most.
    func send(
        _ request: URLRequest, limit: Int, seconds: Double
    ) throws(HTTPExchange.Failure) -> HTTPExchange.Answer {
        let exchange = HTTPExchange(limit: limit, isBodyless: request.httpMethod == "HEAD")
        let task = session.dataTask(with: request)
        delegate.add(exchange, for: task)
        task.resume()
        guard let outcome = exchange.wait(seconds: seconds) else {
            delegate.forget(task)
            task.cancel()
            throw .network(reason: "it did not answer in time")
        }
        return try outcome.get()
    }

    /// Hands what happens to a task to its exchange.
    private final class Delegate: NSObject, URLSessionDataDelegate, Sendable {
        private let exchanges = Mutex<[Int: HTTPExchange]>([:])

        func add(_ exchange: HTTPExchange, for task: URLSessionTask) {
            exchanges.withLock { $0[task.taskIdentifier] = exchange }
        }

        @discardableResult
        func forget(_ task: URLSessionTask) -> HTTPExchange? {
            exchanges.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        }

        private func exchange(of task: URLSessionTask) -> HTTPExchange? {
            exchanges.withLock { $0[task.taskIdentifier] }
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
        ) {
            let isWanted = (response as? HTTPURLResponse).flatMap { exchange(of: dataTask)?.begin($0) } ?? false
            completionHandler(.allow)
            if !isWanted { dataTask.cancel() }
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            if exchange(of: dataTask)?.take(data) != true { dataTask.cancel() }
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            forget(task)?.end(error)
        }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
        ) {
            // Signed headers are for one host; what another one would do with them nobody knows.
            _ = exchange(of: task)?.begin(response)
            completionHandler(nil)
        }
    }
}
