public import Evaluation
internal import Moderation

/// A finished trial on its way to become an adapter version: all but the number.
public struct AdapterDraft: Sendable {
    /// The project's name.
    public let project: String
    /// The adapter's name in the project.
    public let name: String
    /// What a person says of it.
    public let description: String?
    /// What the version will be good for.
    public let status: AdapterStatus
    /// The trial.
    public let trial: TrialRecord
    /// What the trial was made of.
    public let origin: TrialOrigin
    /// When the version was promised, in milliseconds since 1970; `nil` for now.
    let promisedMilliseconds: Int?
    /// The version that it is to take the place of.
    let updatedFrom: AdapterVersion.Predecessor?

    /// - Parameter promisedMilliseconds: the time in the version's ARN, where that was told before there was a version; a
    ///   version of the name that was made since is not passed over: the ARN is then a later one.
    /// - Throws: `ProjectError.badName` and `.badDescription` for what Amazon Rekognition would not take.
    public init(
        project: String, name: String, description: String? = nil, status: AdapterStatus = .trained,
        trial: TrialRecord, origin: TrialOrigin, promisedMilliseconds: Int? = nil
    ) throws(ProjectError) {
        try self.init(
            project: project, name: name, description: description, status: status, trial: trial, origin: origin,
            updatedFrom: nil, promisedMilliseconds: promisedMilliseconds)
    }

    init(
        project: String, name: String, description: String?, status: AdapterStatus, trial: TrialRecord,
        origin: TrialOrigin, updatedFrom: AdapterVersion.Predecessor?, promisedMilliseconds: Int? = nil
    ) throws(ProjectError) {
        _ = try AdapterID(project: project, name: name)
        if let description, !Self.isDescription(description) { throw .badDescription(given: description) }
        self.project = project
        self.name = name
        self.description = description
        self.status = status
        self.trial = trial
        self.origin = origin
        self.promisedMilliseconds = promisedMilliseconds
        self.updatedFrom = updatedFrom
    }

    /// Whether an adapter may be described by `text`: 1 to 255 of the letters a to z and A to Z, digits, spaces and
    /// `-_.()':,;?`, as Amazon Rekognition has it.
    public static func isDescription(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-zA-Z0-9\-_. ()':,;?]{1,255}/) != nil
    }
}
