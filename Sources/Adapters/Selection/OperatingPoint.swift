internal import Moderation

/// A shift of all scores of a head, so that the operating threshold cuts them where the objective is best met.
///
/// A cut lies midway between two neighbouring scores; above the highest and below the lowest, by one logit and a
/// thousandth of that score. Scores that the shift would round together are tied: no cut lies between them. So what is
/// counted here is what the shifted scores flag, bit for bit.
///
/// Where one kind of error is held, the cut goes to the end of what is allowed, even past the last training image that
/// gains by it: a cut that clings to the lowest positive of the training images misses the next one that is lower.
struct OperatingPoint: Sendable, Equatable {
    /// What is added to every score, a logit.
    let shift: Float
    /// The errors of the shifted scores.
    let errors: ErrorCounts
}

extension OperatingPoint {
    /// The best operating point of `scores` under `objective`, for a base with the errors `base`.
    init(scores: [Float], truth: [Bool], threshold: Threshold, objective: Objective, base: ErrorCounts) {
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        let positives = truth.count { $0 }
        let budget = objective.budget(base: base, positives: positives, negatives: truth.count - positives)
        var best: OperatingPoint?
        var (hits, alarms) = (0, 0)
        // Before each turn, the `flagged` highest scores lie above the cut.
        for flagged in 0...order.count {
            if flagged > 0 {
                if truth[order[flagged - 1]] { hits += 1 } else { alarms += 1 }
            }
            let errors = ErrorCounts(falseNegatives: positives - hits, falsePositives: alarms)
            if let held = objective.held, let budget, errors[held] > budget { continue }
            if let best, !objective.prefers(errors, to: best.errors) { continue }
            let above = flagged > 0 ? scores[order[flagged - 1]] : nil
            let below = flagged < order.count ? scores[order[flagged]] : nil
            guard let shift = OperatingPoint.shift(above: above, below: below, threshold: threshold) else { continue }
            best = OperatingPoint(shift: shift, errors: errors)
        }
        guard let best else { preconditionFailure("no cut of \(scores.count) scores, at least 1 expected") }
        self = best
    }

    /// The operating point that misjudges at most `allowed` of `scores`, which are all of images on which errors of `kind` are
    /// possible: the most lenient that leaves all others on the right side by `clearance` of the score at the cut.
    ///
    /// That distance is for the rounding of the shift. It may cost a tied or very near neighbour: fewer are then misjudged
    /// than allowed, never more.
    init(
        scores: [Float], allowing allowed: Int, _ kind: Objective.ErrorKind, threshold: Threshold,
        clearance: Double = 1e-5
    ) {
        precondition(scores.indices.contains(allowed), "\(allowed) of \(scores.count) scores cannot be misjudged")
        // Higher scores are misjudged first where a label is absent, lower ones where it is present.
        let sign: Double = kind == .falsePositives ? 1 : -1
        let worst = scores.map { sign * Double($0) }.sorted(by: >)[allowed]
        let cut = sign * (worst + clearance * max(1, abs(worst)))
        let shift = Float(Double(threshold.logit) - cut)
        self.init(
            shift: shift,
            errors: ErrorCounts(
                of: scores.map { shifted($0, by: shift) },
                truth: Array(repeating: kind == .falseNegatives, count: scores.count), threshold: threshold))
    }

    /// The shift that puts the threshold between the score `above` the cut and the one `below`; `nil` where they are
    /// tied. Without scores on one side, the cut lies beyond the last one on the other.
    private static func shift(above: Float?, below: Float?, threshold: Threshold) -> Float? {
        let cut: Double
        switch (above.map(Double.init), below.map(Double.init)) {
        case (let above?, let below?): cut = (above + below) / 2
        case (let above?, nil): cut = above - 1 - abs(above) / 1000
        case (nil, let below?): cut = below + 1 + abs(below) / 1000
        case (nil, nil): return 0
        }
        let shift = Float(Double(threshold.logit) - cut)
        let cutsAbove = above.map { threshold.flags(shifted($0, by: shift)) } ?? true
        let cutsBelow = below.map { !threshold.flags(shifted($0, by: shift)) } ?? true
        return cutsAbove && cutsBelow ? shift : nil
    }
}

/// `score` plus `shift`, rounded once.
func shifted(_ score: Float, by shift: Float) -> Float {
    Float(Double(score) + Double(shift))
}
