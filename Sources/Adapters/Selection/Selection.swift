internal import Moderation

/// The choice among candidates, by what they score without having seen.
struct Selection {
    /// The rows that all candidates were fitted to.
    let rows: Rows<Training>
    let threshold: Threshold
    let objective: Objective
    /// How the choice is made.
    var rule = Rule.best

    let base: ErrorCounts
    /// The row numbers of each group, groups by their number.
    private let members: [[Int]]

    /// How a choice is made between candidates that are listed from the simplest, the nearest to the base, on.
    enum Rule: Sendable, CaseIterable {
        /// The best; of several, the first listed.
        case best
        /// The first listed whose excess over the best is within one standard error of it, both on the same groups
        /// (Breiman, Friedman, Olshen and Stone 1984, "Classification and Regression Trees", 3.4.3, here paired). The base
        /// stays within ``baseReach``: the best of many looks better than it is, and doing nothing harms nobody.
        case simplestWithinOneStandardError
    }

    /// How many standard errors the best must be ahead of the base. A candidate that is no better gets so far in one of 40
    /// choices; the best of many does more often, but three would hold back most that is better on a dozen objects.
    static let baseReach = 2.0

    init(_ rows: Rows<Training>, threshold: Threshold, objective: Objective, rule: Rule = .best) {
        self.rows = rows
        self.threshold = threshold
        self.objective = objective
        self.rule = rule
        base = ErrorCounts(of: rows.baseScores, truth: rows.truth, threshold: threshold)
        members = rows.members
    }

    /// What `candidate` comes to. The base stays as it is and is never held back: it is what the others are held against.
    func assess(_ candidate: Candidate) -> Assessment {
        let point =
            candidate.isShiftable
            ? OperatingPoint(
                scores: candidate.outOfFoldScores, truth: rows.truth, threshold: threshold, objective: objective,
                base: base) : OperatingPoint(shift: 0, errors: base)
        let decisions = candidate.scores(shiftedBy: point.shift)
        let losses = members.map { group in
            objective.loss(
                ErrorCounts(
                    of: group.map { decisions[$0] }, truth: group.map { rows.truth[$0] }, threshold: threshold))
        }
        let (loss, other) = objective.rank(point.errors)
        return Assessment(
            point: point, losses: losses, rank: Assessment.Rank(loss: loss, other: other),
            isBase: !candidate.isShiftable)
    }

    /// The place of the choice among `assessments`, of which there is at least one, listed from the simplest on.
    func choice(among assessments: [Assessment]) -> Int {
        let best = bestPlace(among: assessments)
        guard rule == .simplestWithinOneStandardError else { return best }
        return assessments.firstIndex { assessment in
            let excess = assessment.excess(over: assessments[best])
            return excess.loss <= (assessment.isBase ? Selection.baseReach : 1) * excess.standardError
        } ?? best
    }

    /// The place of the best; of several, of the first.
    func bestPlace(among assessments: [Assessment]) -> Int {
        precondition(!assessments.isEmpty, "there are 0 candidates, at least 1 expected")
        var best = 0
        for (place, assessment) in assessments.enumerated() where assessment.rank < assessments[best].rank {
            best = place
        }
        return best
    }
}

extension Rows {
    /// The row numbers of each group, groups by their number.
    var members: [[Int]] {
        var members: [Int: [Int]] = [:]
        for (row, group) in groups.enumerated() { members[group, default: []].append(row) }
        return members.sorted { $0.key < $1.key }.map(\.value)
    }
}
