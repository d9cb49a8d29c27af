public import Evaluation

extension TrialRecord {
    /// Whether this record and `other` agree in every bit: their files would have the same content digest.
    ///
    /// Unlike `==`, it tells a score from another of the same value, and a NaN is the same as itself.
    public func isSame(as other: TrialRecord) -> Bool {
        let contents = [self, other].map { try? TrialContent.encode($0, path: "") }
        return contents[0] != nil && contents[0] == contents[1]
    }
}
