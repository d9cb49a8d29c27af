internal import Foundation
internal import Logging
internal import Synchronization

/// What is known of one request: for the log and the metrics. It holds neither bodies nor headers.
final class RequestRecord: Sendable {
    /// What the request was found to be.
    struct Facts {
        /// The operation, or the path of what is none.
        var operation = "none"
        var account: String?
        var status = 0
        /// The exception, where the answer is one.
        var code: String?
        var requestBytes = 0
        var answerBytes = 0
        /// Seconds it waited for a thread.
        var waited = 0.0
        /// Whether an image was moderated for it.
        var isModerated = false
        /// What went wrong in here: for the log alone.
        var fault: String?
        /// Whether the client had gone before the answer.
        var isAbandoned = false
    }

    /// What tells this request from others.
    let id = UUID().uuidString.lowercased()
    private let start = ContinuousClock.now
    private let facts = Mutex(Facts())

    /// Notes what is known now.
    func note(_ change: (inout Facts) -> Void) { facts.withLock { change(&$0) } }

    /// What is known so far.
    var current: Facts { facts.withLock { $0 } }

    /// Since it began.
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// One line about it, at the level that it deserves.
    func log(_ facts: Facts, seconds: Double, to logger: Logger) {
        let level: Logger.Level = facts.fault != nil ? .error : facts.operation.hasPrefix("/") ? .debug : .info
        logger.log(level: level, "request", metadata: metadata(facts, seconds: seconds))
    }

    private func metadata(_ facts: Facts, seconds: Double) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "operation": "\(facts.operation)", "status": "\(facts.status)", "request_id": "\(id)",
            "request_bytes": "\(facts.requestBytes)", "answer_bytes": "\(facts.answerBytes)",
            "milliseconds": "\(Self.milliseconds(seconds))",
            "waited_milliseconds": "\(Self.milliseconds(facts.waited))",
        ]
        metadata["account"] = facts.account.map { "\($0)" }
        metadata["code"] = facts.code.map { "\($0)" }
        metadata["fault"] = facts.fault.map { "\($0)" }
        if facts.isAbandoned { metadata["abandoned"] = "true" }
        return metadata
    }

    private static func milliseconds(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10 }
}
