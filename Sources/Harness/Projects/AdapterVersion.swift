public import Adapters
public import Foundation
public import Moderation

/// One numbered version of a project's adapter: what its `adapter.json` says.
///
/// Nothing of it changes after it was made but for the status.
public struct AdapterVersion: Sendable, Equatable {
    /// The account that owns it: twelve digits, all 0 unless a server made it for somebody.
    public let account: String
    /// The project's name.
    public let project: String
    /// The adapter's name in the project.
    public let name: String
    /// The number of the version, from 1.
    public let number: Int
    /// What a person says of it.
    public let description: String?
    /// What it is good for.
    public var status: AdapterStatus
    /// When it was made, in milliseconds since 1970: later than every version of the name before.
    public let createdMilliseconds: Int
    /// The trial it was made from.
    public let trial: Trial
    /// What the trial was asked for.
    public let request: Request
    /// The frozen network its heads belong to.
    public let baseModel: BaseModel
    /// The images it was trained and tested on.
    public let images: Images
    /// The version that it was trained to take the place of, on another base model; `nil` for one made from a trial.
    public let updatedFrom: Predecessor?
    /// The SHA-256 of every other file of its folder, by name.
    public let files: [String: Digest]

    /// The trial that a version was made from.
    public struct Trial: Sendable, Equatable {
        /// The trial's id.
        public let id: Digest
        /// The number of the split's repetition, from 0.
        public let repetition: Int
        /// How long training took, where the log of the run says so.
        public let trainingSeconds: Double?
    }

    /// What was asked for: enough to ask for it again.
    public struct Request: Sendable, Equatable {
        /// The method with its hyperparameters.
        public let recipe: Recipe
        /// The labels it may change, in order.
        public let labels: [Label]
        /// The operating threshold in percent.
        public let threshold: Double
        /// What hyperparameters and operating points were chosen for.
        public let objective: Objective
        /// How images were divided, as the trial's specification says it.
        public let split: JSONValue
        /// How many images each label was trained on, as the trial's specification says it.
        public let trainingSize: JSONValue
        /// What it learnt from; `nil` for the base model's own single pass.
        public let embedding: Embedding?
        /// The identity of further images that a mean or a covariance came from, if any did; they are not kept.
        public let background: Digest?
    }

    /// A declared embedding.
    public struct Embedding: Sendable, Equatable, Codable {
        /// What the base-model file calls it.
        public let name: String
        /// Its identity.
        public let digest: Digest
    }

    /// The base model, as it was when the version was made.
    public struct BaseModel: Sendable, Equatable, Codable {
        public let name: String
        /// The version of the description.
        public let version: String
        /// The identity of all that moves a score.
        public let digest: Digest
        /// The version of the taxonomy.
        public let taxonomy: String
        /// The description's file, from the workspace's root where it stands below that.
        public let file: String
    }

    /// The images of the manifests.
    public struct Images: Sendable, Equatable, Codable {
        /// The folder that image paths start from, itself from the workspace's root where it stands below that.
        public let folder: String
        /// The names of the datasets they come from, in the trial's order.
        public let datasets: [String]
        /// Number of images trained on, by any label.
        public let training: Int
        /// Number of images tested on, by any label.
        public let test: Int
    }

    /// The version that an update began with.
    public struct Predecessor: Sendable, Equatable, Codable {
        /// Its number.
        public let number: Int
        /// The name of its base model.
        public let baseModel: String

        private enum CodingKeys: String, CodingKey {
            case number
            case baseModel = "base_model"
        }
    }

    /// What a person calls it: `PROJECT/NAME/NUMBER`.
    public var id: String { "\(project)/\(name)/\(number)" }

    /// What Amazon Rekognition would call it.
    public var arn: String {
        ProjectVersionArn(
            account: account, project: project, name: name, createdMilliseconds: createdMilliseconds
        ).description
    }

    /// When it was made.
    public var created: Date { Milliseconds.date(createdMilliseconds) }

    /// The kind of the adapter: `ridge`.
    public var kind: String { request.recipe.kind.rawValue }
}
