internal import LinearAlgebra
internal import Moderation

/// Training rows divided for a guarantee: some are fitted to and chosen by, the others only set the threshold.
///
/// Whole groups are held out, drawn at random among those with a row of the class that the error is possible in. Groups are
/// taken to be drawn alike and independently, the images of one group are not: so one of each, at random, sets the
/// threshold. A mean over them is one over groups, each counting once.
struct CalibrationRows {
    /// The numbers of the rows to fit to, ascending.
    let fitted: [Int]
    /// The numbers of all rows of the groups held out, ascending.
    let heldOut: [Int]
    /// The numbers of the rows that set the threshold, ascending: one of each group held out.
    let units: [Int]
    /// How many of the units may be misjudged.
    let allowance: Int

    /// The division of `rows` for a guarantee on errors of `kind`; throws `.tooFewToPromise`.
    init(
        _ rows: Rows<Training>, _ kind: Objective.ErrorKind, guarantee: RateGuarantee, seed: Seed
    ) throws(AdapterError) {
        let isPossible = kind == .falseNegatives
        let groups = rows.members.filter { group in group.contains { rows.truth[$0] == isPossible } }
        let count = guarantee.heldOut(of: groups.count)
        guard let allowance = guarantee.allowance(among: count) else {
            throw .tooFewToPromise(label: rows.label, kind, guarantee, groups: groups.count)
        }
        var stream = RandomStream(seed.derive("calibration"))
        let drawn = Array(stream.shuffled(groups).prefix(count))
        heldOut = drawn.joined().sorted()
        units = drawn.map { group in
            let possible = group.filter { rows.truth[$0] == isPossible }
            return possible[stream.integer(below: possible.count)]
        }.sorted()
        let isHeldOut = Set(heldOut)
        fitted = (0..<rows.count).filter { !isHeldOut.contains($0) }
        self.allowance = allowance
    }
}
