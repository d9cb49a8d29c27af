internal import Moderation

/// The name that Amazon Rekognition would give an adapter version.
///
/// `arn:aws:rekognition:local:000000000000:project/PROJECT/version/NAME/MILLISECONDS`: the number at its end is the time of
/// creation in milliseconds since 1970, as in Amazon's examples, and tells the versions of a name apart.
public enum ProjectVersionArn {
    /// What stands before the project: no account, in no region.
    private static let prefix = "arn:aws:rekognition:local:000000000000:project/"

    static func text(project: String, name: String, createdMilliseconds: Int) -> String {
        "\(prefix)\(project)/version/\(name)/\(createdMilliseconds)"
    }

    /// Project, name and time of creation of the version called `arn`; `nil` where that is no name of a version here.
    public static func parts(of arn: String) -> (project: String, name: String, createdMilliseconds: Int)? {
        guard arn.hasPrefix(prefix) else { return nil }
        let parts = arn.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[1] == "version", AdapterID.isName(parts[0]), AdapterID.isName(parts[2]),
            let time = Int(parts[3]), time >= 0, String(time) == parts[3]
        else { return nil }
        return (parts[0], parts[2], time)
    }
}
