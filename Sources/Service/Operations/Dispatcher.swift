internal import Foundation
internal import HTTPTypes
internal import Harness
internal import Logging
internal import NIOCore

/// From a request to its answer: who asks, what for, with what; then the operation itself, on the threads it belongs on.
struct Dispatcher: Sendable {
    private let accounts: Accounts
    private let operations: Operations
    /// Where images are moderated: one thread for each core.
    private let detection: WorkerPool
    /// Where all else is done: it waits for files, and must answer while images are moderated and adapters trained.
    private let control: WorkerPool
    /// Where images are waited for that are in buckets.
    private let storage: WorkerPool

    init(_ options: ServiceOptions, logger: Logger) throws {
        accounts = Accounts(options)
        operations = try Operations(options, accounts: accounts, logger: logger)
        func pool(_ name: String, threads: Int) -> WorkerPool {
            WorkerPool(
                name: name, threads: threads, capacity: options.limits.queueLength,
                patience: options.limits.queueSeconds)
        }
        detection = pool("detection", threads: options.detectionThreads)
        control = pool("control", threads: 4)
        storage = pool("storage", threads: 16)
    }

    /// What the threads do, and what runs in the background.
    var loads: [WorkerPool.Load] { [detection, control, storage].map(\.load) + operations.backgroundLoads }

    /// Lets what runs in the background come to its end within `seconds`, then asks it to stop.
    func stop(within seconds: Double) async {
        _ = try? await control.run { _ in operations.stop(within: seconds) }
    }

    /// Why a request is refused, whatever its body is; `nil` where that is not known from its head.
    func refusal(of head: HTTPRequest) -> ServiceError? { accounts.refusal(of: head) }

    /// The body of the answer.
    func answer(_ call: Call) async throws -> Data {
        let operation = try Operation(target: call.head.headerFields[.target])
        let pool = operation == .detectModerationLabels ? detection : control
        do {
            return try await answer(call, operation, on: pool)
        } catch is WorkerPool.Full {
            throw ServiceError(.throttling, "Slow down; sudden increase in rate of requests.")
        } catch is WorkerPool.Abandoned {
            call.record.note { $0.isAbandoned = true }
            throw ServiceError(.requestTimeout, "the client closed the connection before its turn came")
        }
    }

    private func answer(_ call: Call, _ operation: Operation, on pool: WorkerPool) async throws -> Data {
        switch try await run(call, on: pool, { try begin(call, operation) }) {
        case .done(let answer): return answer
        case .reading(let read, let proceed):
            let object = try await run(call, on: storage, read)
            return try await run(call, on: pool) { try proceed(object) }
        }
    }

    private func begin(_ call: Call, _ operation: Operation) throws -> Step<Data> {
        let body = Data(call.body.readableBytesView)
        let account = try accounts.account(of: call.head, body: body)
        call.record.note { $0.account = account.id }
        let input = try Input(body, for: operation)
        return try operations.answer(operation, input, account).map { output in
            // An image was moderated where it comes to an answer.
            if operation == .detectModerationLabels { call.record.note { $0.isModerated = true } }
            return try output.wire()
        }
    }

    private func run<Value: Sendable>(
        _ call: Call, on pool: WorkerPool, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await pool.run(isAbandoned: call.isAbandoned) { waited in
            call.record.note { $0.waited += waited }
            return try work()
        }
    }
}
