/// The test that two models cost the same, where the objective weighs the two kinds of error.
enum CostTest {
    /// The mid-p of a sign-flip test over groups on one split, the corrected t of the difference in cost over repeats.
    ///
    /// - Parameters:
    ///   - repeats: the outcomes of both kinds, of the same tests.
    ///   - changes: of one split, given what an error of each kind weighs, by how much the cost of each group falls.
    static func test(
        _ repeats: ByErrorKind<PairedRepeats>, costs: ByErrorKind<Double>, changes: (ByErrorKind<Int>) -> [Int]
    ) throws(PairedRepeats.Undefined) -> PairedRepeats.RawTest {
        guard repeats.falseNegatives.counts.count > 1 else {
            return (.mcNemarMidP, McNemar.midP(changes: changes(wholeWeights(costs))))
        }
        let differences = ErrorKind.allCases.map { kind in
            repeats[kind].counts.map { costs[kind] * Double($0.adapterErrors - $0.baseErrors) }
        }
        let values = zip(differences[0], differences[1]).map { $0 + $1 }
        guard let pValue = try repeats.falseNegatives.corrected(values).pValue else {
            throw PairedRepeats.Undefined(reason: .noSpread)
        }
        return (.correctedT, pValue)
    }

    /// The whole numbers up to 100 whose ratio is nearest that of the costs, the smallest of equals: the sums of a sign-flip
    /// test are counted.
    static func wholeWeights(_ costs: ByErrorKind<Double>) -> ByErrorKind<Int> {
        let (small, large) = (
            min(costs.falseNegatives, costs.falsePositives), max(costs.falseNegatives, costs.falsePositives)
        )
        let ratio = min(large / small, 100)
        let candidates = (1...100).map { (small: $0, large: Int((ratio * Double($0)).rounded())) }
        let distance = { (pair: (small: Int, large: Int)) in abs(Double(pair.large) / Double(pair.small) - ratio) }
        let best = candidates.filter { $0.large <= 100 }.min { distance($0) < distance($1) } ?? (1, 100)
        return ByErrorKind { costs[$0] == small ? best.small : best.large }
    }
}
