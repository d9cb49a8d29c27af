internal import Logging

/// StartMediaAnalysisJob, GetMediaAnalysisJob and ListMediaAnalysisJobs.
struct MediaAnalysisJobs: Sendable {
    init(_ options: ServiceOptions, models: ServedModels, accounts: [Account], logger: Logger) throws {}
    func start(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func get(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func list(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
}
