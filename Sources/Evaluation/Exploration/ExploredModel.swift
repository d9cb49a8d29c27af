internal import Moderation

/// The base model or an adapter on one label: its trials, and which of their scores are its own.
struct ExploredModel {
    /// `nil` for the base model.
    let adapter: String?
    /// One trial per repeat, at least one; of whichever adapter for the base model, since all tell the same of it.
    let trials: [LabelTrial]

    private func scores(of trial: LabelTrial) -> [Float] {
        adapter == nil ? trial.result.baseScores : trial.result.adapterScores
    }

    /// The model at every threshold of `grid`, and its curves.
    func explored(_ grid: ThresholdGrid) -> LabelExploration.Model {
        let tests = trials.map { trial in
            let scores = scores(of: trial)
            return groups(of: trial).map { group in
                group.map { ScoredTest(score: scores[$0], isPresent: trial.result.truth[$0] == .present) }
            }
        }
        let precisionRecall = tests.flatMap { $0.flatMap { $0 } }.precisionRecall
        let reliability = [ScoredTest].reliability(tests, testToOthers: trials.testToOthers, counted: grouped)
        return LabelExploration.Model(
            adapter: adapter, points: points(grid), precisionRecall: precisionRecall.thinned,
            averagePrecision: precisionRecall.averagePrecision, reliability: reliability,
            expectedCalibrationError: reliability.expectedCalibrationError)
    }

    private func points(_ grid: ThresholdGrid) -> [LabelExploration.Point] {
        let thresholds = grid.confidences.count
        let testToOthers = trials.testToOthers
        let tests = trials.map(\.testImages.count).reduce(0, +)
        let repeats = trials.map { trial in
            let groups = reached(in: trial, grid)
            return ByErrorKind { kind in
                groups[kind].map { ThresholdCounts(kind, $0, thresholds: thresholds).tables }
            }
        }
        return (0..<thresholds).map { threshold in
            let repeats = ByErrorKind { kind in
                PairedRepeats(
                    grouped: repeats.map { grouped($0[kind].map { $0[threshold] }) }, testToOthers: testToOthers)
            }
            let misses = PairedCounts(adding: repeats.falseNegatives.counts)
            let alarms = PairedCounts(adding: repeats.falsePositives.counts)
            let flagged = misses.images - misses.adapterErrors + alarms.adapterErrors
            return LabelExploration.Point(
                errors: ByErrorKind { errors(repeats[$0]) },
                flaggedShare: tests > 0 ? Double(flagged) / Double(tests) : nil)
        }
    }

    private func errors(_ repeats: PairedRepeats) -> LabelExploration.Errors {
        let cells = ErrorComparison.MeanCounts(repeats.counts)
        return LabelExploration.Errors(
            errors: cells.adapterErrors, fixed: cells.fixed, broken: cells.broken,
            improvement: adapter == nil ? nil : repeats.improvement)
    }

    /// Whether intervals depend on which images belong together: on one split, where some do.
    private let looksAtGroups: Bool

    init(adapter: String?, trials: [LabelTrial]) {
        self.adapter = adapter
        self.trials = trials
        looksAtGroups =
            trials.count == 1 && trials[0].groups.grouping(trials[0].testImages).contains { $0.count > 1 }
    }

    /// The test images of `trial` group by group, all as one where intervals do not depend on it.
    private func groups(of trial: LabelTrial) -> [[Int]] {
        looksAtGroups ? trial.groups.grouping(trial.testImages) : [trial.testImages]
    }

    /// The counts of one repeat from the tables of ``groups(of:)``.
    private func grouped(_ tables: [PairedCounts]) -> GroupedCounts {
        looksAtGroups ? GroupedCounts(tables) : GroupedCounts(apart: PairedCounts(adding: tables))
    }

    /// The thresholds that base model and this model reach on the test images of `trial` that could show each kind of error,
    /// group by group.
    private func reached(in trial: LabelTrial, _ grid: ThresholdGrid) -> ByErrorKind<[[ReachedThresholds]]> {
        let scores = scores(of: trial)
        let groups = groups(of: trial)
        return ByErrorKind { kind in
            groups.map { group in
                group.filter { trial.result.truth[$0] == kind.truth }.map { image in
                    ReachedThresholds(
                        base: grid.reached(by: trial.result.baseScores[image]),
                        adapter: grid.reached(by: scores[image]))
                }
            }.filter { !$0.isEmpty }
        }
    }
}
