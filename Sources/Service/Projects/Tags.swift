/// TagResource, UntagResource and ListTagsForResource.
struct Tags: Sendable {
    func tag(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func untag(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
    func list(_ input: Input, _ account: Account) throws -> EmptyOutput { EmptyOutput() }
}
