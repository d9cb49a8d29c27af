internal import Foundation
internal import Harness
internal import Synchronization

/// Shows a run's progress: a bar that rewrites itself on a terminal, a plain line now and then elsewhere.
final class ProgressLine: Sendable {
    private let isQuiet: Bool
    private let lastShown = Mutex((time: Date.distantPast, text: ""))

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    /// Shows `event`.
    func show(_ event: RunEvent) {
        guard !isQuiet else { return }
        switch event {
        case .note(let text): Talk.say(Talk.isTerminal ? "\r\u{1B}[K\(text)" : text)
        case .began(let stage, let total):
            lastShown.withLock { $0 = (.now, "") }
            if !Talk.isTerminal { Talk.say("\(stage.rawValue): \(total) to do") }
        case .advanced(let stage, let done, let total, let detail):
            advance("\(stage.rawValue): \(done) of \(total)" + (detail.isEmpty ? "" : "; \(detail)"), done, total)
        case .ended(let stage, let total, let seconds):
            let line = "\(stage.rawValue): \(total) in \(String(format: "%.1f", seconds)) s"
            Talk.say(Talk.isTerminal ? "\r\u{1B}[K\(line)" : line)
        }
    }

    private func advance(_ text: String, _ done: Int, _ total: Int) {
        let pause = Talk.isTerminal ? 0.1 : 10
        let isDue = lastShown.withLock { last in
            guard Date.now.timeIntervalSince(last.time) >= pause, last.text != text else { return false }
            last = (.now, text)
            return true
        }
        guard isDue else { return }
        if Talk.isTerminal {
            Talk.write("\r\u{1B}[K\(bar(done, total)) \(text)")
        } else {
            Talk.say(text)
        }
    }

    private func bar(_ done: Int, _ total: Int) -> String {
        let width = 24
        let filled = total > 0 ? width * done / total : width
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
    }
}
