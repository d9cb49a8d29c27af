internal import Logging

/// StartMediaAnalysisJob, GetMediaAnalysisJob and ListMediaAnalysisJobs.
struct MediaAnalysisJobs: Sendable {
    init(_ options: ServiceOptions, models: ServedModels, accounts: [Account], logger: Logger) throws {}
    func start(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func get(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func list(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }

    /// How much runs, and how much waits to.
    var load: (working: Int, waiting: Int) { (0, 0) }

    /// Lets what runs come to its end within `seconds`, then asks it to stop; answers once it has.
    func stop(within seconds: Double) {}
}
