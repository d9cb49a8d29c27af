/// The name that Amazon Rekognition would give an adapter version.
///
/// `arn:aws:rekognition:local:ACCOUNT:project/PROJECT/version/NAME/MILLISECONDS`: the number at its end is the time of
/// creation in milliseconds since 1970, as in Amazon's examples, and tells the versions of a name apart.
public struct ProjectVersionArn: Sendable, Hashable, CustomStringConvertible {
    /// The account that owns the version: twelve digits.
    public let account: String
    /// The project's name.
    public let project: String
    /// The adapter's name in the project.
    public let name: String
    /// When the version was made, in milliseconds since 1970.
    public let createdMilliseconds: Int

    /// What is no region of Amazon's.
    public static let region = "local"

    public init(account: String, project: String, name: String, createdMilliseconds: Int) {
        self.account = account
        self.project = project
        self.name = name
        self.createdMilliseconds = createdMilliseconds
    }

    /// The ARN written as `text`; `nil` where that is no name of a version here.
    public init?(_ text: String) {
        guard let resource = ArnResource(text), resource.parts.count == 5 else { return nil }
        let parts = resource.parts
        guard parts[0] == "project", parts[2] == "version", AdapterID.isName(parts[1]), AdapterID.isName(parts[3]),
            let time = ArnResource.milliseconds(parts[4])
        else { return nil }
        self.init(account: resource.account, project: parts[1], name: parts[3], createdMilliseconds: time)
    }

    public var description: String {
        "arn:aws:rekognition:\(Self.region):\(account):project/\(project)/version/\(name)/\(createdMilliseconds)"
    }
}
