internal import Evaluation
internal import Moderation

/// How the images of one trial differ from those of another, by path.
public struct ImageChanges: Sendable, Equatable {
    public let added: [String]
    public let removed: [String]
    /// Other bytes under the same path.
    public let replaced: [String]
    /// Another truth of a targeted label.
    public let annotated: [String]
    /// Another group.
    public let regrouped: [String]

    /// What a trial depends on of one image.
    struct State {
        let path: String
        let digest: Digest
        let group: String
        let truth: [Truth]
    }

    init(from before: [State], to now: [State]) {
        let old = Dictionary(before.map { ($0.path, $0) }) { first, _ in first }
        let new = Dictionary(now.map { ($0.path, $0) }) { first, _ in first }
        let both = now.compactMap { state in old[state.path].map { (old: $0, new: state) } }
        added = now.map(\.path).filter { old[$0] == nil }
        removed = before.map(\.path).filter { new[$0] == nil }
        replaced = both.filter { $0.old.digest != $0.new.digest }.map(\.new.path)
        annotated = both.filter { $0.old.truth != $0.new.truth }.map(\.new.path)
        regrouped = both.filter { $0.old.group != $0.new.group }.map(\.new.path)
    }

    /// Whether nothing differs.
    var isEmpty: Bool { [added, removed, replaced, annotated, regrouped].allSatisfy(\.isEmpty) }
}

extension SelectedImage {
    /// What trials on `labels` depend on of it.
    func state(of labels: [Label]) -> ImageChanges.State {
        .init(
            path: record.path, digest: digest, group: record.group, truth: labels.map(record.annotation.truth))
    }
}

extension TrialRecord {
    /// What it depended on of each image.
    var imageStates: [ImageChanges.State] {
        images.enumerated().map { index, image in
            .init(path: image.path, digest: image.digest, group: image.group, truth: labels.map { $0.truth[index] })
        }
    }
}
