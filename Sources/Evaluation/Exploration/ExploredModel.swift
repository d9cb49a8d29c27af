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
        let reliability = [ScoredTest].reliability(tests, testToOthers: trials.testToOthers)
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
                    grouped: repeats.map { GroupedCounts($0[kind].map { $0[threshold] }) }, testToOthers: testToOthers)
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

    /// The test images of `trial` group by group; over several repeats all as one, since only one split's intervals look at
    /// groups.
    private func groups(of trial: LabelTrial) -> [[Int]] {
        trials.count == 1 ? trial.groups.grouping(trial.testImages) : [trial.testImages]
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
