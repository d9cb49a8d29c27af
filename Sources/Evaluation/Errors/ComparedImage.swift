/// An image that adapters were compared on.
public struct ComparedImage: Sendable, Equatable, Codable {
    /// Path within the dataset's folder, after the dataset's name where an experiment has several.
    public let path: String
    /// The group it belongs to; its path where it is one by itself.
    public let group: String

    init(_ image: TrialRecord.ImageEntry) {
        path = image.path
        group = image.group
    }
}
