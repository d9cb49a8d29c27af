internal import Logging

/// CreateProjectVersion, DescribeProjectVersions and DeleteProjectVersion.
struct Trainings: Sendable {
    init(_ options: ServiceOptions, accounts: [Account], logger: Logger) throws {}
    func create(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func describe(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func delete(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }

    /// How much runs, and how much waits to.
    var load: (working: Int, waiting: Int) { (0, 0) }

    /// Lets what runs come to its end within `seconds`, then asks it to stop; answers once it has.
    func stop(within seconds: Double) {}
}
