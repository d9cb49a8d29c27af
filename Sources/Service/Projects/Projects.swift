/// CreateProject, DescribeProjects and DeleteProject.
struct Projects: Sendable {
    func create(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func describe(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func delete(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
}
