/// Why records cannot be compared.
public enum ComparisonRefusal: Error, Equatable, CustomStringConvertible {
    /// There is no record at all.
    case noRecords
    /// Two records are of the same adapter and repetition.
    case repeatedTrial(adapter: String, repetition: Int)
    /// A record differs from the first one in something they must share.
    case different(Shared, adapter: String, repetition: Int)

    /// What all records of a comparison share.
    public enum Shared: String, Sendable {
        case threshold, images, labels, truth
        case baseScores = "base scores"
        /// Shared by the records of one repetition.
        case split
    }

    public var description: String {
        switch self {
        case .noRecords:
            "there is no finished trial to compare: run the experiment first"
        case .repeatedTrial(let adapter, let repetition):
            "two records are of adapter `\(adapter)` in repetition \(repetition): one of them is stale"
        case .different(let shared, let adapter, let repetition):
            "the record of adapter `\(adapter)` in repetition \(repetition) has other \(shared.rawValue) than the first "
                + "record: only trials of one experiment on the same images are compared"
        }
    }
}
