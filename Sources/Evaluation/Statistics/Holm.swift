/// Holm's correction (Holm 1979): the chance of any false claim in the whole table stays below the level.
public enum Holm {
    /// Adjusted p values, in the order given: with p sorted upwards, the largest of min(1, (m - j + 1) p_j) so far.
    public static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var largest = 0.0
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        for (rank, index) in order.enumerated() {
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
