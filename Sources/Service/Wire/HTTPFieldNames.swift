internal import HTTPTypes

extension HTTPField.Name {
    /// What tells one request from another in logs and in SDKs' `ResponseMetadata`.
    static let requestID = named("x-amzn-RequestId")
    /// Which operation is asked for.
    static let target = named("X-Amz-Target")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("`\(name)` is no name of a header") }
        return field
    }
}
