internal import Moderation

/// An adapter of a project with a version in use.
struct ProjectAdapter {
    /// The newest version in use.
    let current: AdapterVersion
    /// All versions that can be read, by number.
    private let versions: [AdapterVersion]

    /// The adapters among `versions`, by name.
    static func all(of versions: [AdapterVersion]) -> [ProjectAdapter] {
        Dictionary(grouping: versions, by: \.name).sorted { $0.key < $1.key }.compactMap { _, versions in
            let versions = versions.sorted { $0.number < $1.number }
            return versions.last { $0.status == .trained }.map { ProjectAdapter(current: $0, versions: versions) }
        }
    }

    /// The version that `current` took the place of in an update, where that is still in use.
    var leftOver: AdapterVersion? {
        versions.first { $0.number == current.updatedFrom?.number && $0.status == .trained }
    }

    /// What is to be said where such a version is deprecated on the way to another base model.
    var leftOverNotes: [String] {
        leftOver.map { leftOver in
            ["`\(leftOver.id)` is deprecated: an earlier update was cut off after `\(current.id)` took its place"]
        } ?? []
    }

    /// The candidate that was made of the trial `id`, to take the place of `current`.
    func candidate(of id: Digest) -> AdapterVersion? {
        versions.first { $0.status == .candidate && $0.trial.id == id && $0.updatedFrom?.number == current.number }
    }
}
