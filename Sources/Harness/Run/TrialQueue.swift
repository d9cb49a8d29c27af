internal import LinearAlgebra
internal import Moderation
internal import Synchronization

/// The trials that are to be trained, handed out so that threads and processes share them well. Thread-safe.
///
/// A thread stays with the trials of one division as long as there are any, since these share most of their work, and then
/// takes a division that nobody has begun; only when there is none does it help with one that is under way. A trial that
/// another process is training is put aside, and its division put behind the others: that process is busy there.
final class TrialQueue: Sendable {
    /// The trials of one division, and what they share; gone when its last trial is done.
    final class Division: Sendable {
        let sets: DivisionSets
        fileprivate let index: Int

        fileprivate init(index: Int, sets: DivisionSets) {
            self.index = index
            self.sets = sets
        }
    }

    fileprivate struct State {
        /// Of each division, the trials that nobody has taken, the next one last.
        var waiting: [[Trial]]
        /// Divisions that nobody has begun, the next one first.
        var untouched: [Int]
        /// Divisions that are being worked on.
        var begun: [Int: Division] = [:]
        /// Trials that another process was training when they were tried.
        var heldElsewhere: [Trial] = []
    }

    private let state: Mutex<State>
    private let makeSets: @Sendable (Trial) -> DivisionSets

    /// A queue of `trials`; `makeSets` answers what the trials of a division share, given one of them.
    init(_ trials: [Trial], makeSets: @escaping @Sendable (Trial) -> DivisionSets) {
        var order: [Key] = []
        var divisions: [Key: [Trial]] = [:]
        for trial in trials {
            let key = Key(setting: trial.setting, repetition: trial.repetition)
            if divisions[key] == nil { order.append(key) }
            divisions[key, default: []].append(trial)
        }
        state = Mutex(
            State(
                waiting: order.map { (divisions[$0] ?? []).reversed() }, untouched: Array(order.indices)))
        self.makeSets = makeSets
    }

    private struct Key: Hashable {
        let setting: Int
        let repetition: Int
    }

    /// Calls `body` with every trial and what its division shares, from `jobs` threads at a time, until `isStopped` or an
    /// error, which is thrown when all are back. Where `body` answers false, another process has the trial: see
    /// `takeHeldElsewhere`.
    func forEach(
        jobs: Int, until isStopped: @Sendable () -> Bool, _ body: @Sendable (Trial, DivisionSets) throws -> Bool
    ) throws {
        let failure = FirstFailure()
        Workers.forEach(jobs, jobs: jobs) { _ in
            var division: Division?
            while !isStopped(), !failure.happened, let next = next(after: division) {
                let isTaken = failure.catching { try body(next.trial, next.division.sets) } ?? true
                division = isTaken ? next.division : nil
                if !isTaken { putAside(next.trial, of: next.division) }
            }
        }
        try failure.rethrow()
    }

    /// A trial that nobody has taken, best of `division`; `nil` where all are taken.
    private func next(after division: Division?) -> (trial: Trial, division: Division)? {
        state.withLock { state in
            if let division, let trial = state.take(from: division.index) { return (trial, division) }
            guard let index = state.nextDivision(), let next = state.waiting[index].last else { return nil }
            let division = state.begun[index] ?? Division(index: index, sets: makeSets(next))
            state.begun[index] = division
            return state.take(from: index).map { ($0, division) }
        }
    }

    /// Puts `trial` of `division` aside, which another process is training, and the rest of its division behind the others.
    private func putAside(_ trial: Trial, of division: Division) {
        state.withLock { state in
            state.heldElsewhere.append(trial)
            if !state.untouched.contains(division.index) { state.untouched.append(division.index) }
        }
    }

    /// The trials that were put aside, each handed out once.
    func takeHeldElsewhere() -> [Trial] {
        state.withLock { state in
            defer { state.heldElsewhere = [] }
            return state.heldElsewhere
        }
    }
}

extension TrialQueue.State {
    /// A division with trials that nobody has taken: the first untouched one, or else the one with most of them.
    fileprivate mutating func nextDivision() -> Int? {
        while !untouched.isEmpty {
            let index = untouched.removeFirst()
            if !waiting[index].isEmpty { return index }
        }
        return begun.keys.max { (waiting[$0].count, $1) < (waiting[$1].count, $0) }
    }

    /// The next trial of the division at `index`; with its last one, the queue lets go of what they share.
    fileprivate mutating func take(from index: Int) -> Trial? {
        defer { if waiting[index].isEmpty { begun[index] = nil } }
        return waiting[index].popLast()
    }
}
