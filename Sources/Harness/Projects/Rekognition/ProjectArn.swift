/// The name that Amazon Rekognition would give a project.
///
/// `arn:aws:rekognition:local:ACCOUNT:project/PROJECT/MILLISECONDS`: the number at its end is the time of creation in
/// milliseconds since 1970, which tells a project from an earlier one of the same name.
public struct ProjectArn: Sendable, Hashable, CustomStringConvertible {
    /// The account that owns the project: twelve digits.
    public let account: String
    /// The project's name.
    public let project: String
    /// When the project was made, in milliseconds since 1970.
    public let createdMilliseconds: Int

    public init(account: String, project: String, createdMilliseconds: Int) {
        self.account = account
        self.project = project
        self.createdMilliseconds = createdMilliseconds
    }

    /// The ARN written as `text`; `nil` where that is no name of a project here.
    public init?(_ text: String) {
        guard let resource = ArnResource(text), resource.parts.count == 3, resource.parts[0] == "project",
            AdapterID.isName(resource.parts[1]), let time = ArnResource.milliseconds(resource.parts[2])
        else { return nil }
        self.init(account: resource.account, project: resource.parts[1], createdMilliseconds: time)
    }

    public var description: String {
        "arn:aws:rekognition:\(ProjectVersionArn.region):\(account):project/\(project)/\(createdMilliseconds)"
    }
}

/// What an ARN of this service names, in parts.
struct ArnResource {
    let account: String
    /// What stands between the slashes.
    let parts: [String]

    init?(_ text: String) {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields.prefix(4) == ["arn", "aws", "rekognition", ProjectVersionArn.region],
            Workspace.isAccount(fields[4])
        else { return nil }
        account = fields[4]
        parts = fields[5].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    /// The time that `text` says, written in the one way there is.
    static func milliseconds(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 && String($0) == text ? $0 : nil } }
}
