public import Evaluation
internal import Moderation

extension TrialRecord {
    /// Whether this record and `other` agree in every bit: the files of both would have the same content digests.
    ///
    /// Unlike `==`, it tells a score from another of the same value, and a NaN is the same as itself.
    public func isSame(as other: TrialRecord) -> Bool {
        guard let own = try? contentDigest(), let others = try? other.contentDigest() else { return false }
        return own == others
    }

    /// The content digest that its file would have, image table included.
    private func contentDigest() throws(StoreError) -> Digest {
        let images = try ImageTableContent.encode(table, path: "").digest
        return try TrialContent.encode(self, images: images, path: "").digest
    }
}
