internal import LinearAlgebra

/// Which images of a list are trained on and which are tested on; the others are in neither part.
public struct Split: Sendable, Equatable {
    /// The training images.
    public let training: Indices<Training>
    /// The test images.
    public let test: Indices<Test>

    public init(training: [Int], test: [Int]) {
        self.training = Indices(training)
        self.test = Indices(test)
    }
}

/// Indices of the images of one part, whose type they carry: rows made of them cannot be taken for the other part's.
public struct Indices<P: Part>: Sendable, Equatable {
    /// The indices, ascending.
    public let values: [Int]

    init(_ values: [Int]) {
        self.values = values.sorted()
    }

    /// The indices that satisfy `condition`.
    public func filter(_ condition: (Int) -> Bool) -> Indices<P> { Indices(values.filter(condition)) }
}

/// How images are divided at random into training and test images.
public struct SplitDescription: Sendable, Hashable {
    /// What is never torn apart.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// All images of a group: the test shows objects never seen in training.
        case group
        /// Each image by itself: near copies may fall on both sides.
        case image
        /// All images of a source: the test shows a style never seen in training.
        case source
    }

    /// Share of the units to train on, above 0 and below 1.
    public let training: Double
    /// Share of the units to test on, above 0; at most what training leaves.
    public let test: Double
    /// What is never torn apart.
    public let unit: Unit
    /// Number of independent divisions.
    public let repeats: Int
    /// Seed of the divisions.
    public let seed: UInt64

    public init(training: Double, test: Double, unit: Unit, repeats: Int, seed: UInt64) {
        self.training = training
        self.test = test
        self.unit = unit
        self.repeats = repeats
        self.seed = seed
    }

    /// Units, as lists of indices, by the labels that are present in them: what is divided, in a fixed order.
    public struct Strata: Sendable {
        fileprivate let units: [[[Int]]]
    }

    /// The strata of `records` by the labels of `table`, which all repetitions share.
    public func strata(of records: [ImageRecord], _ table: TruthTable) -> Strata {
        let strata = Dictionary(grouping: records.indices.grouped { unit(of: records[$0]) }) { unit in
            table.truths.map { truths in unit.contains { truths[$0] == .present } }
        }
        let sorted = strata.sorted { left, right in
            left.key.lexicographicallyPrecedes(right.key) { !$0 && $1 }
        }
        return Strata(units: sorted.map(\.value))
    }

    /// Division number `repetition`, from 0, of the images of `strata`.
    ///
    /// Units are shuffled within strata of equal target labels, so that each part gets its share of the positives. The
    /// same seed, repetition and records give the same division on every machine.
    public func split(_ strata: Strata, repetition: Int) -> Split {
        var stream = RandomStream(Seed(seed).derive("split").derive(repetition))
        var training: [Int] = []
        var test: [Int] = []
        var dealt = 0
        for stratum in strata.units {
            let units = stream.shuffled(stratum)
            let trainingCount = count(of: self.training, before: dealt, adding: units.count)
            let testCount = min(count(of: self.training + self.test, before: dealt, adding: units.count), units.count)
            training += units[..<trainingCount].joined()
            test += units[trainingCount..<max(trainingCount, testCount)].joined()
            dealt += units.count
        }
        return Split(training: training, test: test)
    }

    /// How many of the next `added` units belong to the first `share` of all, `before` having been dealt: what rounding
    /// takes from one stratum it gives to the next.
    private func count(of share: Double, before: Int, adding added: Int) -> Int {
        let total = (Double(before + added) * share).rounded() - (Double(before) * share).rounded()
        return min(added, max(0, Int(total)))
    }

    /// The name of the unit that `record` belongs to: images of one unit are never on both sides.
    public func unit(of record: ImageRecord) -> String {
        switch unit {
        case .group: record.group
        case .image: record.path
        case .source: record.source ?? ""
        }
    }
}
