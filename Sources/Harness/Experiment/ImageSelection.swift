public import Moderation

/// Which images of the datasets an experiment uses.
///
/// An image is used where it comes from one of the sources and fits any of the other conditions; without conditions all
/// images are used.
public struct ImageSelection: Sendable, Hashable {
    /// Images in which one of these labels is present.
    public let labels: [Label]
    /// Images tagged as look-alikes of one of these labels.
    public let lookAlikesOf: [Label]
    /// Images with one of these tags.
    public let tags: [String]
    /// Images from these sources; empty for every source.
    public let sources: [String]

    public init(labels: [Label] = [], lookAlikesOf: [Label] = [], tags: [String] = [], sources: [String] = []) {
        self.labels = labels
        self.lookAlikesOf = lookAlikesOf
        self.tags = tags
        self.sources = sources
    }

    /// Whether `record` is used.
    public func includes(_ record: ImageRecord) -> Bool {
        guard sources.isEmpty || record.source.map(sources.contains) == true else { return false }
        guard !(labels.isEmpty && lookAlikesOf.isEmpty && tags.isEmpty) else { return true }
        return labels.contains { record.annotation.truth(of: $0) == .present }
            || lookAlikesOf.contains { record.isLookAlike(of: $0) }
            || tags.contains { record.tags.contains($0) }
    }
}
