internal import LinearAlgebra
internal import Moderation

/// How a head is had from candidates, whichever adapters they come from: choice, fit and operating point.
struct Fitting {
    let threshold: Threshold
    let objective: Objective
    let seed: Seed
    var rule = Selection.Rule.best

    /// What answers the candidates of the rows of each of several labels, those nearest to the base first.
    typealias Candidates = ([Rows<Training>]) throws(AdapterError) -> [[Candidate]]

    /// For each label, the head of the candidate that comes off best, with its operating point.
    ///
    /// Without a guarantee, all rows are fitted to, and the operating point comes from the out-of-fold scores that the
    /// candidate was chosen by.
    func fit(_ labels: [Rows<Training>], candidates: Candidates) throws(AdapterError) -> [Fit] {
        if let guarantee = objective.guarantee, let held = objective.held {
            return try fit(labels, guarantee, held, candidates: candidates)
        }
        var fits: [Fit] = []
        for (rows, candidates) in zip(labels, try candidates(labels)) {
            let (chosen, point, reason) = choice(of: candidates, rows)
            fits.append(
                Fit(
                    head: try chosen.head().shifted(by: point.shift),
                    outOfFoldScores: chosen.scores(shiftedBy: point.shift), chosen: chosen.chosen, choice: reason))
        }
        return fits
    }

    /// The same with a guarantee: a part of the rows is held out before anything is fitted, and sets the operating point of
    /// the very head that is answered.
    private func fit(
        _ labels: [Rows<Training>], _ guarantee: RateGuarantee, _ held: Objective.ErrorKind, candidates: Candidates
    ) throws(AdapterError) -> [Fit] {
        var parts: [CalibrationRows] = []
        for rows in labels { parts.append(try CalibrationRows(rows, held, guarantee: guarantee, seed: seed)) }
        let fitted = zip(labels, parts).map { $0.selecting($1.fitted) }
        let candidates = try candidates(fitted)
        var fits: [Fit] = []
        for index in labels.indices {
            fits.append(try fit(labels[index], parts[index], fitted[index], held, candidates[index]))
        }
        return fits
    }

    /// The fit of one label. A base that stays as it is can promise nothing and is then no candidate, unless it is the only
    /// one.
    private func fit(
        _ rows: Rows<Training>, _ parts: CalibrationRows, _ fitted: Rows<Training>, _ held: Objective.ErrorKind,
        _ candidates: [Candidate]
    ) throws(AdapterError) -> Fit {
        let promising = candidates.filter(\.isShiftable)
        guard !promising.isEmpty else {
            return Fit(head: .base, outOfFoldScores: rows.baseScores, chosen: candidates.first?.chosen ?? [])
        }
        let (chosen, _, reason) = choice(of: promising, fitted)
        let head = try chosen.head()
        let point = try operatingPoint(of: head, rows.selecting(parts.units), allowing: parts.allowance, held)
        var scores = rows.baseScores
        for (row, score) in zip(parts.fitted, chosen.outOfFoldScores) { scores[row] = score }
        for (row, score) in zip(parts.heldOut, try head.scores(rows.selecting(parts.heldOut))) { scores[row] = score }
        return Fit(
            head: head.shifted(by: point.shift), outOfFoldScores: scores.map { shifted($0, by: point.shift) },
            chosen: chosen.chosen, choice: reason, calibration: parts.units)
    }

    /// The operating point at which `head`, shifted and rounded as it is kept, misjudges at most `allowed` of `rows`.
    private func operatingPoint(
        of head: Head, _ rows: Rows<Training>, allowing allowed: Int, _ held: Objective.ErrorKind
    ) throws(AdapterError) -> OperatingPoint {
        let scores = try head.scores(rows)
        var clearance = 1e-5
        while true {
            let point = OperatingPoint(
                scores: scores, allowing: allowed, held, threshold: threshold, clearance: clearance)
            let kept = try head.shifted(by: point.shift).scores(rows)
            let errors = ErrorCounts(of: kept, truth: rows.truth, threshold: threshold)
            // A large intercept rounds a small shift away; a distance of the size of the scores is never rounded away.
            if errors[held] <= allowed || clearance > 1 { return point }
            clearance *= 4
        }
    }

    /// The candidate that comes off best on the rows that all were fitted to, its operating point, and where candidates are of
    /// several adapters, why it was chosen.
    func choice(
        of candidates: [Candidate], _ rows: Rows<Training>
    ) -> (candidate: Candidate, point: OperatingPoint, reason: Choice?) {
        let selection = Selection(rows, threshold: threshold, objective: objective, rule: rule)
        let assessments = candidates.map(selection.assess)
        let place = selection.choice(among: assessments)
        return (
            candidates[place], assessments[place].point, selection.reason(for: place, of: candidates, assessments)
        )
    }
}
