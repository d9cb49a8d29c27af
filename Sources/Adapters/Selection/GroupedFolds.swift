internal import LinearAlgebra
internal import Moderation

/// A division of training rows into folds: no group lies in two, and the rows outside any fold have both classes.
///
/// Groups are shuffled by the seed, those with most positives put first, and each goes to the fold in which it unbalances
/// the classes least. The same groups give the same folds in whatever order the rows stand.
struct GroupedFolds {
    /// The rows of each fold, ascending.
    let folds: [[Int]]
    private let count: Int

    /// At most `maximum` folds, fewer where there are fewer groups of a class; throws `.classMissing`, `.tooFewGroups`.
    init(_ rows: Rows<Training>, maximum: Int = 5, seed: Seed) throws(AdapterError) {
        let groups = try rows.groupedRows()
        let (positive, negative) = rows.groupCounts(groups)
        let order = GroupedFolds.shuffled(groups, of: rows, seed: seed)
        folds = GroupedFolds.assign(order, of: rows, count: min(maximum, positive, negative))
        count = rows.count
        for fold in folds {
            let positives = fold.count { rows.truth[$0] }
            if positives == rows.positives || fold.count - positives == rows.negatives {
                throw .tooFewGroups(label: rows.label, positiveGroups: positive, negativeGroups: negative)
            }
        }
    }

    /// The rows outside `fold`, ascending.
    func complement(of fold: [Int]) -> [Int] {
        let held = Set(fold)
        return (0..<count).filter { !held.contains($0) }
    }

    /// The number of each row's fold.
    var numbers: [Int] {
        var numbers = [Int](repeating: 0, count: count)
        for (number, fold) in folds.enumerated() {
            for row in fold { numbers[row] = number }
        }
        return numbers
    }

    private static func shuffled(_ groups: [[Int]], of rows: Rows<Training>, seed: Seed) -> [[Int]] {
        var stream = RandomStream(seed.derive("folds"))
        let ranked = stream.shuffled(groups).enumerated().map { rank, group in
            (rank: rank, group: group, positives: group.count { rows.truth[$0] })
        }
        return ranked.sorted { ($1.positives, $0.rank) < ($0.positives, $1.rank) }.map(\.group)
    }

    private static func assign(_ groups: [[Int]], of rows: Rows<Training>, count: Int) -> [[Int]] {
        var folds = [[Int]](repeating: [], count: count)
        var shares = [(positive: Double, negative: Double)](repeating: (0, 0), count: count)
        for group in groups {
            let positives = group.count { rows.truth[$0] }
            let positive = Double(positives) / Double(rows.positives)
            let negative = Double(group.count - positives) / Double(rows.negatives)
            // By how much the sum of the squared shares grows, but for what all folds have in common.
            let growth = shares.map { $0.positive * positive + $0.negative * negative }
            let lightest = growth.indices.min { (growth[$0], $0) < (growth[$1], $1) } ?? 0
            folds[lightest] += group
            shares[lightest].positive += positive
            shares[lightest].negative += negative
        }
        return folds.map { $0.sorted() }
    }
}

extension Rows where P == Training {
    /// Throws `.classMissing` where all rows are of one class.
    func requireBothClasses() throws(AdapterError) {
        if positives == 0 || negatives == 0 {
            throw .classMissing(label: label, positives: positives, negatives: negatives)
        }
    }

    /// The rows of each group, groups by their number; throws where one class, or two groups of a class, are missing.
    func groupedRows() throws(AdapterError) -> [[Int]] {
        try requireBothClasses()
        let grouped = members
        let (positive, negative) = groupCounts(grouped)
        if positive < 2 || negative < 2 {
            throw .tooFewGroups(label: label, positiveGroups: positive, negativeGroups: negative)
        }
        return grouped
    }

    /// How many groups have a positive row, and how many a negative one.
    func groupCounts(_ grouped: [[Int]]) -> (positive: Int, negative: Int) {
        let positive = grouped.count { $0.contains { truth[$0] } }
        let negative = grouped.count { $0.contains { !truth[$0] } }
        return (positive, negative)
    }

    /// Weights that give both classes the same sum, and rows a mean of 1: n/(2n₊) and n/(2n₋).
    var balancedWeights: [Double] {
        let positive = Double(count) / Double(2 * positives)
        let negative = Double(count) / Double(2 * negatives)
        return truth.map { $0 ? positive : negative }
    }
}
