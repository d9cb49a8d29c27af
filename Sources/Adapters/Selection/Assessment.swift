internal import Moderation

/// What a candidate comes to at its best operating point, counted on rows that it was not fitted to.
struct Assessment: Sendable, Equatable {
    /// The operating point; of the base, which stays as it is, no shift.
    let point: OperatingPoint
    /// What is lost on each group's rows, groups by their number: the objective's loss, group by group.
    let losses: [Double]
    /// What is compared with other candidates, first to last: lower is better.
    let rank: Rank
    /// Whether it is of the base, which stays as it is.
    var isBase = false

    /// The loss of all rows, then what decides between equal losses.
    struct Rank: Sendable, Equatable, Comparable {
        let loss: Double
        let other: Int

        static func < (left: Rank, right: Rank) -> Bool {
            (left.loss, left.other) < (right.loss, right.other)
        }
    }

    /// By how much this candidate loses more than `other`, on the same rows, and the standard error of that.
    ///
    /// Groups are the units that vary independently: over G of them, whose losses differ by d, the sum of d has the
    /// standard error √(G/(G - 1) · Σ(d - mean d)²). It takes operating points as given, and is infinite for one group.
    func excess(over other: Assessment) -> (loss: Double, standardError: Double) {
        precondition(losses.count == other.losses.count, "\(losses.count) groups against \(other.losses.count)")
        let differences = zip(losses, other.losses).map { $0 - $1 }
        let count = Double(differences.count)
        let sum = differences.reduce(0, +)
        let squares = differences.reduce(0) { $0 + ($1 - sum / count) * ($1 - sum / count) }
        return (sum, count > 1 ? (count / (count - 1) * squares).squareRoot() : .infinity)
    }
}
