internal import Foundation

/// A server with a base model that computes at once and a bucket of images to train on, and boto3 as its client.
public final class AdapterServer: Sendable {
    /// The folder that the server keeps its data in; its buckets are `photos` and `results` in `s3`.
    public let project: TemporaryProject

    /// Images `images/0.png` up to `images/<count - 1>.png` in `photos`, every third of which shows alcohol, and the
    /// manifest `train.jsonl` of them.
    public init(images count: Int = 60) throws {
        project = try TemporaryProject()
        try project.makeImages(count)
        let images = project.root.appending(path: "Datasets/d/images")
        for folder in ["s3/photos", "s3/results"] {
            try FileManager.default.createDirectory(
                at: project.root.appending(path: folder), withIntermediateDirectories: true)
        }
        try FileManager.default.moveItem(at: images, to: project.root.appending(path: "s3/photos/images"))
        try write("train.jsonl", (0..<count).map { Self.line($0) })
    }

    /// A line of a manifest.
    public static func line(_ index: Int, labels: [String]? = nil) -> String {
        let names = (labels ?? (index % 3 == 0 ? ["Alcohol"] : [])).map { #"{"Name":"\#($0)"}"# }
        return #"{"source-ref":"s3://photos/images/\#(index).png","content-moderation-groundtruth":"#
            + #"{"ModerationLabels":[\#(names.joined(separator: ","))]}}"#
    }

    /// Writes a manifest into the bucket `photos`.
    public func write(_ name: String, _ lines: [String]) throws {
        try project.write("s3/photos/\(name)", lines.map { $0 + "\n" }.joined())
    }

    /// Starts the server, with `arguments` besides and `environment`.
    public func start(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> RunningServer {
        try RunningServer(
            ["--data", project.root.path, "--root", project.root.path, "--base-model", "tiny"] + arguments,
            in: project.root, environment: environment)
    }

    /// Runs `script`, whose `client` is boto3's at `server`; `input["x"]` is `value`.
    public static func run<Answer: Decodable>(
        _ script: String, _ value: some Encodable = [String](), at server: RunningServer,
        as type: Answer.Type = Answer.self
    ) throws -> Answer {
        try Boto3.run(prelude + script, value, at: server, as: type)
    }

    private static let prelude = """
        import time
        from botocore.exceptions import ClientError, WaiterError

        def code(name, **parameters):
            try:
                getattr(client, name)(**parameters)
                return None
            except ClientError as error:
                return error.response["Error"]["Code"]

        def create(name, **more):
            return client.create_project(ProjectName=name, Feature="CONTENT_MODERATION", AutoUpdate="DISABLED", **more)["ProjectArn"]

        def manifest(name):
            return {"Assets": [{"GroundTruthManifest": {"S3Object": {"Bucket": "photos", "Name": name}}}]}

        def request(project, version, training="train.jsonl", test=None, **more):
            return dict({"ProjectArn": project, "VersionName": version,
                         "OutputConfig": {"S3Bucket": "results", "S3KeyPrefix": "out"},
                         "TrainingData": manifest(training),
                         "TestingData": manifest(test) if test else {"AutoCreate": True}}, **more)

        def train(*arguments, **more):
            return client.create_project_version(**request(*arguments, **more))["ProjectVersionArn"]

        def describe(project, *names):
            parameters = {"VersionNames": list(names)} if names else {}
            return client.describe_project_versions(ProjectArn=project, **parameters)["ProjectVersionDescriptions"]

        def wait(project, *names):
            waiter = client.get_waiter("project_version_training_completed")
            try:
                waiter.wait(ProjectArn=project, VersionNames=list(names), WaiterConfig={"Delay": 1, "MaxAttempts": 120})
            except WaiterError as error:
                if "Max attempts" in str(error): raise
            return describe(project, *names)


        """
}
