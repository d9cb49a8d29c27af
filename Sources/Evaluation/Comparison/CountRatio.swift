/// A ratio of two counts of a paired table, over repeated splits: the ratio of their sums.
///
/// The mean of the ratios of single repeats would do worse: repeats with few base errors would weigh as much as those with
/// many, it would be undefined where a repeat has none, and it could fall while the errors rise.
struct CountRatio: Sendable {
    /// Its numerator in one table.
    let numerator: @Sendable (PairedCounts) -> Int
    /// Its denominator in one table, 0 or more.
    let denominator: @Sendable (PairedCounts) -> Int

    static let baseRate = CountRatio(numerator: { $0.baseErrors }, denominator: { $0.images })
    static let adapterRate = CountRatio(numerator: { $0.adapterErrors }, denominator: { $0.images })
    static let rateDifference = CountRatio(
        numerator: { $0.adapterErrors - $0.baseErrors }, denominator: { $0.images })
    static let improvement = CountRatio(
        numerator: { $0.baseErrors - $0.adapterErrors }, denominator: { $0.baseErrors })

    /// A ratio over repeats, and what each repeat says of it.
    struct Linearized {
        let ratio: Double
        /// One per repeat, their mean being the ratio: their spread is that of a ratio of means.
        let values: [Double]
    }

    /// The ratio R = Σy / Σx over `tables`, and the values R + (y - R·x) / mean x (the linearization of Cochran 1977,
    /// *Sampling Techniques*, chapter 6); `nil` where the denominator is 0.
    func linearized(over tables: [PairedCounts]) -> Linearized? {
        let total = (
            numerator: tables.map(numerator).reduce(0, +), denominator: tables.map(denominator).reduce(0, +)
        )
        guard total.denominator > 0 else { return nil }
        let ratio = Double(total.numerator) / Double(total.denominator)
        let square = Double(total.denominator) * Double(total.denominator) / Double(tables.count)
        let values = tables.map { table in
            // In whole numbers, so that equal ratios leave exactly no residual.
            let residual = numerator(table) * total.denominator - total.numerator * denominator(table)
            return ratio + Double(residual) / square
        }
        return Linearized(ratio: ratio, values: values)
    }
}
