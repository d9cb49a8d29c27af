/// The plain mean of an adapter's improvements over the labels of an experiment: every label counts the same, however many
/// errors the base model made on it.
public struct MeanImprovement: Sendable, Equatable, Codable {
    /// The adapter entry of the experiment file.
    public let adapter: String
    /// At the operating threshold.
    public let errors: ByErrorKind<Mean>
    /// At matched error rates: see ``MatchedErrors``.
    public let matched: ByErrorKind<Mean>

    /// A mean and what it is of.
    public struct Mean: Sendable, Equatable, Codable {
        /// Number of labels that have an improvement: those where the base model made such an error.
        public let labels: Int
        /// Number of labels of the experiment.
        public let allLabels: Int
        /// The mean over those labels.
        public let improvement: Estimate

        init(_ labels: [PairedRepeats]) {
            let defined = labels.filter { $0.improvement.value != nil }
            self.labels = defined.count
            allLabels = labels.count
            improvement = PairedRepeats.meanImprovement(defined)
        }
    }

    /// The means of `adapter`; `nil` where it has no trial.
    init?(_ adapter: String, trials: TrialTable) {
        let labels = trials.first.labels.indices.map { trials.trials(of: adapter, label: $0) }
        guard labels.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.adapter = adapter
        errors = ByErrorKind { kind in Mean(labels.map { PairedRepeats($0, kind: kind) }) }
        matched = ByErrorKind { kind in Mean(labels.map { PairedRepeats($0, matched: kind) }) }
    }
}

extension PairedRepeats {
    /// The plain mean of the improvements of `labels`, which come from the same repeats.
    ///
    /// Its interval is the corrected t of the means of each repeat's linearized values, so that labels which come right
    /// or wrong together are not taken for independent; there is none where a repeat lacks images of a label.
    fileprivate static func meanImprovement(_ labels: [PairedRepeats]) -> Estimate {
        let ratios = labels.compactMap { CountRatio.improvement.linearized(over: $0.shown) }
        guard let first = labels.first, !ratios.isEmpty else { return .undefined(.noBaseErrors) }
        let mean = ratios.mean(\.ratio)
        let repeats = first.counts.count
        do throws(Undefined) {
            guard ratios.allSatisfy({ $0.values.count == repeats }) else { throw Undefined(reason: .tooFewRepeats) }
            let values = (0..<repeats).map { repetition in ratios.mean { $0.values[repetition] } }
            guard let interval = try first.corrected(values).interval else { throw Undefined(reason: .noSpread) }
            return .measured(.init(value: mean, interval: interval.clamped(to: -Double.infinity...1), repeats: repeats))
        } catch {
            return .measured(
                .init(value: mean, intervalMissing: error.reason, repeats: repeats, repeatsLeftOut: 0))
        }
    }
}
