public import Evaluation
internal import Moderation
internal import Store

/// Finds finished trials by what a person types.
public enum TrialFinder {
    /// The finished trial of `workspace` whose id begins with `prefix`.
    public static func trial(_ prefix: String, in workspace: Workspace) throws -> TrialRecord {
        let store = try TrialStore(folder: workspace.store, recovering: false)
        let ids = try store.ids()
        return try store.read(id(prefix, among: ids, finished: ids.count))
    }

    /// The one of `ids` that begins with `prefix`; `finished` of all trials are.
    static func id(_ prefix: String, among ids: some Collection<Digest>, finished: Int) throws(RunError) -> Digest {
        let matches = ids.filter { $0.description.hasPrefix(prefix.lowercased()) }
        guard let id = matches.first, matches.count == 1, prefix.count >= 4 else {
            throw .noSuchTrial(name: prefix, hint: hint(prefix: prefix, matches: matches.count, of: finished))
        }
        return id
    }

    private static func hint(prefix: String, matches: Int, of total: Int) -> String {
        if prefix.count < 4 { return "give at least 4 digits of a trial's id" }
        if matches > 1 { return "\(matches) trials begin with these digits; give more of them" }
        return total == 0
            ? "run an experiment first: `moderato run Experiments/alcohol.yaml`"
            : "the report of an experiment lists its trials; \(total) are finished"
    }
}
