internal import Evaluation
internal import Foundation
internal import Moderation
internal import Store

/// Has trials trained by a cluster, and waits for them.
///
/// One rule covers the first submission, coming back to a job that goes on, an experiment that gained a row meanwhile, and
/// what the cluster lost: a missing trial that no live task holds is submitted. Which tasks hold what stands in the
/// launches' folders, so that any process may follow, and any may die.
final class Follower {
    private let submission: Submission
    private let slurm: Slurm
    private let store: TrialStore
    private let report: @Sendable (RunEvent) -> Void

    private var assignments: [Assignment] = []
    private var trained = TrainedTrials()
    /// How often each trial was submitted, as far as this process knows.
    private var attempts: [Digest: Int] = [:]
    /// The number of each job array by its name.
    private var jobs: [String: String] = [:]
    private var isSlurmAway = false
    private var pause = Pause()

    init(_ submission: Submission, slurm: Slurm, store: TrialStore, report: @escaping @Sendable (RunEvent) -> Void) {
        self.submission = submission
        self.slurm = slurm
        self.store = store
        self.report = report
    }

    /// Waits until each of `trials` is finished or has failed for good.
    ///
    /// - Throws: `LaunchError.detached` after a request to stop: the jobs go on.
    func train(_ trials: [Digest]) throws -> TrainedTrials {
        do {
            try place(trials)
            let progress = StageProgress(.training, total: trials.count, report: report)
            while !assignments.isEmpty {
                try pause.wait(slurm.cancellation)
                guard let states = try states(of: assignments.map(\.launch)) else { continue }
                let lost = try settle(states)
                if !lost.isEmpty { try place(lost) }
                progress.advance(to: trained.ids.count, detail: summary(states))
            }
            progress.end()
            return trained
        } catch RunError.interrupted where !assignments.isEmpty {
            throw LaunchError.detached(jobs: Set(assignments.compactMap { jobs[$0.launch.jobName] }).sorted())
        }
    }

    // MARK: Handing out

    /// Finds a live task for each of `trials`, or submits it.
    private func place(_ trials: [Digest]) throws {
        for id in trials { attempts[id, default: 0] += 1 }
        try submission.alone {
            let rest = try attach(trials)
            if !rest.isEmpty { try submit(rest) }
        }
        pause.shorten()
    }

    /// Follows the live tasks that hold some of `trials`; the others are the answer.
    private func attach(_ trials: [Digest]) throws -> [Digest] {
        let wanted = Set(trials)
        let launches = submission.launches()
        guard let states = try states(ofFound: launches) else { return trials }
        var placed: Set<Digest> = []
        for launch in launches {
            let live = launch.chunks.indices.filter { number in
                states[TaskName(jobName: launch.jobName, number: number)]?.isLive ?? false
            }
            let found = live.map { number in
                Assignment(
                    launch: launch, number: number,
                    trials: launch.chunks[number].filter { wanted.contains($0) && !placed.contains($0) })
            }.filter { !$0.trials.isEmpty }
            if live.isEmpty { try removeIfFinished(launch) }
            guard !found.isEmpty else { continue }
            assignments += found
            placed.formUnion(found.flatMap(\.trials))
            report(.note("following job \(name(of: launch)), \(Self.count(found.count, "task")) of it unfinished"))
        }
        return trials.filter { !placed.contains($0) }
    }

    /// The states of launches that left a folder; `nil` where there is nothing to wait for.
    private func states(ofFound launches: [Launch]) throws -> [TaskName: TaskState]? {
        if launches.isEmpty { return nil }
        // Of a launch whose submission is uncertain nothing need be known where Slurm would not take another one either.
        return launches.contains(where: \.isSubmitted) ? try waitForStates(of: launches) : try states(of: launches)
    }

    /// Removes a launch without live tasks, unless its logs may tell why trials are missing.
    private func removeIfFinished(_ launch: Launch) throws {
        if try launch.chunks.joined().allSatisfy(store.contains) { launch.remove() }
    }

    private func submit(_ trials: [Digest]) throws {
        let launch = try submission.launch(of: trials)
        let job = try submit(launch)
        jobs[launch.jobName] = job
        assignments += launch.chunks.enumerated().map { Assignment(launch: launch, number: $0, trials: $1) }
        try submission.record(launch, job: job)
        report(
            .note("job \(job): \(Self.count(trials.count, "trial")) in \(Self.count(launch.chunks.count, "task"))"))
    }

    /// The number of the job array of `launch`, submitted once, whatever becomes of the controller meanwhile.
    private func submit(_ launch: Launch) throws -> String {
        while true {
            let words: String
            switch try slurm.submit(launch, submission.launcher) {
            case .said(let job): return job
            case .failed(let said): words = said
            }
            // Whether the job was taken before something failed, only Slurm can tell.
            var states = try states(of: [launch])
            let wasAway = states == nil
            if wasAway && jobs.isEmpty { throw LaunchError.refused(words: words) }
            if wasAway { states = try waitForStates(of: [launch]) }
            if let job = states?.values.first?.job { return job }
            if !wasAway {
                launch.remove()
                throw LaunchError.refused(words: words)
            }
        }
    }

    // MARK: Looking

    /// The states of the tasks of `launches`; `nil` while Slurm does not answer, which is said once.
    private func states(of launches: [Launch]) throws -> [TaskName: TaskState]? {
        switch try slurm.tasks(named: Set(launches.map(\.jobName)).sorted()) {
        case .said(let states):
            if isSlurmAway { report(.note("Slurm answers again")) }
            isSlurmAway = false
            for state in states { jobs[state.task.jobName] = state.job }
            for state in states where state.phase == .stuck { try slurm.cancel(state) }
            return Dictionary(states.map { ($0.task, $0) }, uniquingKeysWith: { $1 })
        case .failed(let words):
            if !isSlurmAway { report(.note("Slurm does not answer (\(words)); its jobs go on without it")) }
            isSlurmAway = true
            return nil
        }
    }

    private func waitForStates(of launches: [Launch]) throws -> [TaskName: TaskState] {
        while true {
            if let states = try states(of: launches) { return states }
            try pause.wait(slurm.cancellation)
        }
    }

    /// Collects what the tasks have finished; the answer is what ended tasks did not finish and is to be tried again.
    private func settle(_ states: [TaskName: TaskState]) throws -> [Digest] {
        var ended: [Assignment] = []
        var unsettled: [Assignment] = []
        for var assignment in assignments {
            let state = states[assignment.task]
            if state?.phase != .waiting { try collectFinished(&assignment) }
            guard !assignment.trials.isEmpty else { continue }
            if state?.isLive ?? false { unsettled.append(assignment) } else { ended.append(assignment) }
        }
        assignments = unsettled
        // On a shared folder, opening the folders shows what other machines wrote; looking for a file again may not.
        if !ended.isEmpty { _ = try store.ids() }
        return try ended.flatMap { assignment in
            var assignment = assignment
            try collectFinished(&assignment)
            try collectFailures(&assignment)
            return assignment.trials.isEmpty ? [] : giveUp(assignment, states[assignment.task])
        }
    }

    private func collectFinished(_ assignment: inout Assignment) throws {
        assignment.trials = try assignment.trials.filter { id in
            do {
                trained.finished[id] = try store.read(id)
                return false
            } catch StoreError.missing, StoreError.damaged, StoreError.outdated {
                return true
            }
        }
    }

    private func collectFailures(_ assignment: inout Assignment) throws {
        // One from an earlier run says the same: a trial's id determines whether it can be fitted.
        for failure in try store.failures(among: assignment.trials).values {
            trained.failures[failure.id] = TrialFailure(id: failure.id, reason: failure.reason)
        }
        assignment.trials.removeAll { trained.failures[$0] != nil }
    }

    /// The trials of a task that is over which may be submitted again; the others have failed.
    private func giveUp(_ assignment: Assignment, _ state: TaskState?) -> [Digest] {
        let reason = reason(assignment, state)
        let again = assignment.trials.filter { attempts[$0, default: 0] <= submission.launcher.retries }
        let failed = assignment.trials.filter { attempts[$0, default: 0] > submission.launcher.retries }
        for id in failed { trained.failures[id] = TrialFailure(id: id, reason: reason) }
        if !again.isEmpty { report(.note("\(reason); \(Self.count(again.count, "trial")) submitted again")) }
        return again
    }

    // MARK: Words

    private func name(of launch: Launch) -> String { jobs[launch.jobName] ?? launch.jobName }

    private func reason(_ assignment: Assignment, _ state: TaskState?) -> String {
        let task = "task \(assignment.number) of job \(name(of: assignment.launch))"
        let end = state.map { $0.phase == .stuck ? "is held (\($0.reason))" : "ended as \($0.state)" } ?? "is gone"
        let log = assignment.launch.log(of: assignment.number)
        guard FileManager.default.fileExists(atPath: log.path) else { return "\(task) \(end)" }
        return "\(task) \(end) (log: \(submission.workspace.path(of: log)))"
    }

    /// What the tasks are doing: `2 tasks running, 3 waiting (Resources)`.
    private func summary(_ states: [TaskName: TaskState]) -> String {
        let states = assignments.compactMap { states[$0.task] }
        let waiting = states.filter { $0.phase == .waiting }
        // The long reasons list their causes after a comma.
        let reason = waiting.map(\.reason).first { $0 != "None" }.map { " (\($0.prefix { $0 != "," }))" } ?? ""
        return "\(Self.count(states.count { $0.phase == .running }, "task")) running, \(waiting.count) waiting\(reason)"
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
