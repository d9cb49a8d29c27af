internal import Foundation
internal import Harness
internal import ObjectStorage

/// What CreateProjectVersion asks for.
struct TrainingRequest: Sendable {
    let versionName: String
    let description: String?
    /// Percent, above 0 and below 100.
    let threshold: Double
    let output: OutputLocation
    let training: ObjectLocation
    /// `nil` where test images are to be held out from the training images.
    let test: ObjectLocation?

    /// The operating threshold where a request names none.
    static let standardThreshold = 50.0

    /// The request that stands in a record.
    init(recorded request: JSONValue) throws {
        try self.init(Input(Data(request.text().utf8), for: .createProjectVersion))
    }

    /// - Throws: `ServiceError.invalidParameter`.
    init(_ input: Input) throws(ServiceError) {
        versionName = try input.required("VersionName")
        description = input.text("VersionDescription")
        guard AdapterID.isName(versionName) else { throw Self.refusal("VersionName is neither . nor ..") }
        if let description, !AdapterDraft.isDescription(description) {
            throw Self.refusal("VersionDescription has letters, digits, spaces and -_.()':,;? alone")
        }
        if input.text("KmsKeyId") != nil {
            throw Self.refusal("KmsKeyId is not supported: this server encrypts nothing; leave it out")
        }
        threshold = try Self.threshold(input["FeatureConfig"])
        guard let output = input["OutputConfig"] else { throw Self.refusal("OutputConfig is required") }
        self.output = OutputLocation(
            bucket: try output.required("S3Bucket"), prefix: output.text("S3KeyPrefix") ?? "")
        guard let training = input["TrainingData"], let testing = input["TestingData"] else {
            throw Self.refusal("TrainingData and TestingData are both required; AutoCreate makes test data")
        }
        self.training = try Self.manifest(training, name: "TrainingData")
        test = try Self.test(testing)
    }

    private static func test(_ testing: Input) throws(ServiceError) -> ObjectLocation? {
        let isAutomatic = testing.boolean("AutoCreate") ?? false
        guard isAutomatic != !testing.list("Assets").isEmpty else {
            throw refusal("TestingData has Assets or AutoCreate, one of the two")
        }
        return isAutomatic ? nil : try manifest(testing, name: "TestingData")
    }

    private static func manifest(_ data: Input, name: String) throws(ServiceError) -> ObjectLocation {
        let assets = data.list("Assets")
        guard assets.count == 1 else { throw refusal("\(name) has one asset, with a GroundTruthManifest") }
        return try ObjectLocation(
            assets[0]["GroundTruthManifest"]?["S3Object"], at: "\(name).Assets.GroundTruthManifest.S3Object")
    }

    private static func threshold(_ configuration: Input?) throws(ServiceError) -> Double {
        let threshold = configuration?["ContentModeration"]?.number("ConfidenceThreshold") ?? standardThreshold
        guard threshold > 0, threshold < 100 else {
            throw refusal("ConfidenceThreshold is above 0 and below 100: at either end there is nothing to decide")
        }
        return threshold
    }

    private static func refusal(_ reason: String) -> ServiceError { ServiceError(.invalidParameter, reason) }
}

/// Where results of a training go.
struct OutputLocation: Sendable {
    let bucket: String
    let prefix: String

    init(bucket: String, prefix: String) {
        self.bucket = bucket
        self.prefix = prefix
    }

    /// The place that a request in a record names.
    init?(recorded request: JSONValue) {
        guard let bucket = request["OutputConfig"]?["S3Bucket"]?.text else { return nil }
        self.init(bucket: bucket, prefix: request["OutputConfig"]?["S3KeyPrefix"]?.text ?? "")
    }

    /// The object called `name` of a version: `PREFIX/PROJECT/VERSION/NAME`.
    func object(_ name: String, project: String, version: String) -> ObjectLocation {
        let folder = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
        return ObjectLocation(bucket: bucket, key: "\(folder)\(project)/\(version)/\(name)")
    }
}
