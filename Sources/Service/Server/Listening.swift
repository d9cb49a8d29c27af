internal import NIOCore
internal import Synchronization

/// What is to be done when a server begins to listen, and when all of it has ended.
final class Listening: Sendable {
    private struct State {
        var begin: (@Sendable (any Channel) async -> Void)?
        var isEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func onBegin(_ action: @escaping @Sendable (any Channel) async -> Void) { state.withLock { $0.begin = action } }

    func begin(_ channel: any Channel) async { await state.withLock { $0.begin }?(channel) }

    /// Everything has come to its end.
    func end() {
        let waiting = state.withLock {
            $0.isEnded = true
            return $0.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits for ``end()``.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock {
                if !$0.isEnded { $0.waiting.append(continuation) }
                return $0.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }
}
