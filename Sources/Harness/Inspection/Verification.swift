internal import Evaluation
internal import LinearAlgebra
public import Moderation
internal import Store
internal import Synchronization

/// What became of trials that were trained again to be compared with their records.
public struct Verification: Sendable {
    /// What was found of each trial, in the order of the plan.
    public let trials: [Verified]
    /// Trials of the plan of which there is no record to compare with.
    public let unfinished: Int
    /// What computed the second time: the core type of the kernels, and the version of ONNX Runtime.
    public let platform: String

    /// Those that did not come out the same.
    public var different: [Verified] { trials.filter { !$0.finding.isGood } }

    /// One trial, trained again.
    public struct Verified: Sendable {
        public let adapter: String
        public let repetition: Int
        /// The trial whose record was compared with: the plan's own, or one that only libraries and kernels tell from it.
        public let id: Digest
        /// The core type that computed the record.
        public let recordedCore: String
        public let finding: RecordDifference
    }
}

extension Runner {
    /// Trains finished trials again, as many as `sample` says or all, and compares each with its record: bit for bit where the
    /// same libraries and kernels compute, within `RecordDifference.bound` where others did. Writes nothing.
    ///
    /// - Parameters:
    ///   - sample: the number of trials, drawn at random by `seed`.
    ///   - seed: another one draws other trials.
    public func verify(sample: Int? = nil, seed: UInt64 = 0) throws -> Verification {
        let prepared = try prepare(keepingEmbeddings: false)
        let store = try TrialStore(folder: workspace.store, recovering: false)
        let all = prepared.plan.distinctTrials
        let records = try recorded(all, in: store)
        let finished = all.filter { records[$0.id] != nil }
        guard !finished.isEmpty else { throw RunError.nothingToVerify(total: all.count) }
        let drawn = sample.map { lot($0, of: finished, seed: seed) } ?? finished
        let trainer = Trainer(
            experiment: experiment, images: prepared.plan.images, background: prepared.background,
            embedded: try embeddings(of: prepared, keeping: false))
        let findings = try retrained(drawn, trainer: trainer) { trial, again in
            try compare(trial, again, with: records[trial.id] ?? trial.id, in: store)
        }
        return Verification(
            trials: drawn.compactMap { findings[$0.id] }, unfinished: all.count - finished.count,
            platform: prepared.platform.summary)
    }

    /// Of each of `trials`, the finished trial to compare with: itself, or else one that only libraries and kernels tell from it.
    private func recorded(_ trials: [Trial], in store: TrialStore) throws -> [Digest: Digest] {
        let own = try store.finished(among: trials.map(\.id))
        var recorded = Dictionary(uniqueKeysWithValues: own.map { ($0, $0) })
        guard own.count < trials.count else { return recorded }
        let others = try FinishedTrials(of: store, jobs: jobs).inputs
        let byInputs = Dictionary(others.map { ($0.value.withoutPlatform, $0.key) }) { min($0, $1) }
        for trial in trials where recorded[trial.id] == nil {
            recorded[trial.id] = byInputs[trial.inputs.withoutPlatform]
        }
        return recorded
    }

    /// `count` of `trials`, drawn by `seed`, in the order of the plan.
    private func lot(_ count: Int, of trials: [Trial], seed: UInt64) -> [Trial] {
        let lots = trials.map { Digest(ofFields: ["verify", String(seed), $0.id.description]) }
        let chosen = Set(lots.sorted().prefix(count))
        return zip(trials, lots).filter { chosen.contains($1) }.map(\.0)
    }

    /// What `body` answers of each of `trials` and the record that training it again gives.
    private func retrained<Answer: Sendable>(
        _ trials: [Trial], trainer: Trainer,
        _ body: @escaping @Sendable (Trial, Result<TrialRecord, any Error>) throws -> Answer
    ) throws -> [Digest: Answer] {
        let queue = TrialQueue(trials, makeSets: trainer.sets)
        let progress = StageProgress(.verifying, total: trials.count, report: report)
        let answers = Mutex<[Digest: Answer]>([:])
        try queue.forEach(jobs: jobs, until: { cancellation.isRequested }) { trial, sets in
            let answer = try body(trial, Result { try trainer.record(of: trial, sharing: sets) })
            answers.withLock { $0[trial.id] = answer }
            progress.advance()
            return true
        }
        try cancellation.check()
        progress.end()
        return answers.withLock { $0 }
    }

    private func compare(
        _ trial: Trial, _ again: Result<TrialRecord, any Error>, with id: Digest, in store: TrialStore
    ) throws -> Verification.Verified {
        var core = ""
        var finding: RecordDifference
        do {
            let record = try store.read(id)
            core = record.determinants.first { $0.name == Platform.coreDeterminant }?.value ?? ""
            finding = RecordDifference(of: again, from: record, bitForBit: id == trial.id)
        } catch {
            guard case StoreError.damaged(_, let reason) = error else { throw error }
            finding = .beyond("its file is damaged: \(reason)")
        }
        return Verification.Verified(
            adapter: experiment.adapters[trial.adapter].name, repetition: trial.repetition, id: id, recordedCore: core,
            finding: finding)
    }
}
