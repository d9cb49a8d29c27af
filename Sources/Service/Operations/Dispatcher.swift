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

    init(_ options: ServiceOptions, logger: Logger) throws {
        accounts = Accounts(options)
        operations = try Operations(options, accounts: accounts, logger: logger)
        detection = WorkerPool(name: "detection", threads: ProcessInfo.processInfo.activeProcessorCount, capacity: 512)
        control = WorkerPool(name: "control", threads: 4, capacity: 512)
    }

    /// The body of the answer.
    func answer(_ head: HTTPRequest, body: ByteBuffer) async throws -> Data {
        let operation = try Operation(target: head.headerFields[.target])
        let pool = operation == .detectModerationLabels ? detection : control
        do {
            return try await pool.run {
                let account = try accounts.account(of: head, body: body)
                let input = try Input(Data(body.readableBytesView), for: operation)
                return try operations.answer(operation, input, account).wire()
            }
        } catch is WorkerPool.Full {
            throw ServiceError(.throttling, "Slow down; sudden increase in rate of requests.")
        }
    }
}
