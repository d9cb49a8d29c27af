internal import Logging

/// CreateProjectVersion, DescribeProjectVersions and DeleteProjectVersion.
struct Trainings: Sendable {
    init(_ options: ServiceOptions, accounts: [Account], logger: Logger) throws {}
    func create(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func describe(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func delete(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
}
