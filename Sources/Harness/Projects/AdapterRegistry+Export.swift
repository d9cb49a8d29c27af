public import Adapters
internal import Moderation

extension AdapterRegistry {
    /// The heads of `version` for other programs, from its own folder alone.
    ///
    /// - Throws: `ProjectError.damaged`.
    public func export(_ version: AdapterVersion) throws -> HeadExport {
        let heads = try trial(of: version).heads()
        let origin = HeadExport.Origin(
            adapter: version.id, trial: version.trial.id, kind: version.kind, threshold: version.request.threshold,
            baseModel: .init(name: version.baseModel.name, digest: version.baseModel.digest),
            embedding: version.request.embedding.map { .init(name: $0.name, digest: $0.digest) },
            program: Moderato.version)
        let labels = version.request.labels
        return try HeadExport(labels.compactMap { label in heads[label].map { (label, $0) } }, origin: origin)
    }
}
