internal import Foundation

/// A versioned tree of moderation labels.
public struct Taxonomy: Sendable, Equatable {
    /// The version: `6.1` or `7.0`.
    public let version: String
    /// Every label, parents before their children, in the order of the published table.
    public let labels: [Label]

    private let members: Set<Label>

    /// Version 6.1: 10 top-level and 35 second-level labels.
    public static let version6_1 = Taxonomy(resource: PackageResources.taxonomy_v6_1_json)
    /// Version 7.0: 10 first-level, 20 second-level and 22 third-level labels.
    public static let version7_0 = Taxonomy(resource: PackageResources.taxonomy_v7_0_json)

    /// The shipped taxonomies, oldest first.
    public static let all = [version6_1, version7_0]

    /// The shipped taxonomy of `version`, or `nil`.
    public init?(version: String) {
        guard let match = Taxonomy.all.first(where: { $0.version == version }) else { return nil }
        self = match
    }

    /// The top-level labels, in the order of the published table.
    public var topLevel: [Label] { labels.filter { $0.level == 1 } }

    /// The labels without children, in the order of the published table.
    public var leaves: [Label] { labels.filter { children(of: $0).isEmpty } }

    /// Whether `label` is one of this taxonomy's.
    public func contains(_ label: Label) -> Bool { members.contains(label) }

    /// The labels directly below `label`.
    public func children(of label: Label) -> [Label] { labels.filter { $0.parent == label } }

    /// The label and everything below it.
    public func subtree(of label: Label) -> [Label] {
        labels.filter { $0 == label || $0.isDescendant(of: label) }
    }

    /// The labels whose last name is `name`: more than one where a name repeats across levels.
    public func labels(named name: String) -> [Label] { labels.filter { $0.name == name } }

    private init(resource: [UInt8]) {
        guard let published = try? JSONDecoder().decode(Published.self, from: Data(resource)) else {
            preconditionFailure("a shipped taxonomy of \(resource.count) bytes is not a list of labels")
        }
        version = published.version
        labels = Taxonomy.paths(of: published.labels)
        members = Set(labels)
    }

    /// Labels are published as (name, parent name, level); a parent is the label of that name one level up.
    private static func paths(of published: [Published.Entry]) -> [Label] {
        var labels: [Label] = []
        for entry in published.sorted(by: { $0.TaxonomyLevel < $1.TaxonomyLevel }) {
            let parent = labels.first { $0.name == entry.ParentName && $0.level == entry.TaxonomyLevel - 1 }
            labels.append(Label(path: (parent?.path ?? []) + [entry.Name]))
        }
        return labels
    }

    private struct Published: Decodable {
        struct Entry: Decodable {
            let Name: String
            let ParentName: String
            let TaxonomyLevel: Int
        }
        let version: String
        let labels: [Entry]
    }
}
