internal import Harness

/// TagResource, UntagResource and ListTagsForResource, of projects and adapter versions.
struct Tags: Sendable {
    /// The most tags of a resource.
    static let maximum = 200

    func tag(_ input: Input, _ account: Account) throws -> EmptyOutput {
        let added = input.map("Tags")
        return try change(input, account) { tags in
            let all = tags.merging(added) { $1 }
            guard all.count <= Self.maximum else {
                throw ServiceError(
                    .serviceQuotaExceeded, "A resource has at most \(Self.maximum) tags, it would have \(all.count)")
            }
            tags = all
        }
    }

    func untag(_ input: Input, _ account: Account) throws -> EmptyOutput {
        let keys = Set(input.texts("TagKeys") ?? [])
        return try change(input, account) { tags in tags = tags.filter { !keys.contains($0.key) } }
    }

    func list(_ input: Input, _ account: Account) throws -> TagList {
        let resource = try TaggedResource(input.required("ResourceArn"), ProjectCatalog(account))
        return TagList(tags: resource.project.record[tagsOf: resource])
    }

    private func change(
        _ input: Input, _ account: Account, _ change: (inout [String: String]) throws -> Void
    ) throws -> EmptyOutput {
        try ProjectCatalog(account).changing { catalog in
            let resource = try TaggedResource(input.required("ResourceArn"), catalog)
            try catalog.change(resource.project) { try change(&$0[tagsOf: resource]) }
        }
        return EmptyOutput()
    }
}

/// What ListTagsForResource answers.
struct TagList: Output {
    let tags: [String: String]
}

/// What has tags: a project, or a version of one.
private struct TaggedResource {
    let project: ServedProject
    /// The version's ARN; `nil` of a project.
    let version: String?

    /// - Throws: `ServiceError.resourceNotFound`.
    init(_ arn: String, _ catalog: ProjectCatalog) throws {
        if ProjectVersionArn(arn) == nil {
            project = try catalog.find(arn)
            version = nil
        } else {
            project = try VersionShelf.find(arn, catalog).project
            version = arn
        }
    }
}

extension ProjectRecord {
    fileprivate subscript(tagsOf resource: TaggedResource) -> [String: String] {
        get { resource.version.map { versionTags[$0] ?? [:] } ?? tags }
        set {
            guard let version = resource.version else {
                tags = newValue
                return
            }
            versionTags[version] = newValue.isEmpty ? nil : newValue
        }
    }
}
