internal import Adapters
internal import BaseModel
public import Evaluation
public import Moderation

/// One adapter on one division of the images in one setting: the unit of work, of storage and of resumption.
public struct Trial: Sendable {
    /// The digest of the specification and the determinants: not of names, position or time.
    public let id: Digest
    /// Index of the adapter in the experiment file.
    public let adapter: Int
    /// Index of the setting among the experiment's.
    public let setting: Int
    /// Number of the division, from 0.
    public let repetition: Int
    /// Which images are trained on, by any label, and which are tested on.
    public let split: Split
    /// The images that each label is trained on, in the order of labels.
    public let training: [Indices<Training>]
    /// The resolved trial as canonical JSON, defaults written out.
    public let specification: String
    /// Names the embedding among the determinants, where it is another than the base model's own.
    static let embeddingDeterminant = "embedding"

    /// What else determines the result, in order.
    public let determinants: [TrialRecord.Determinant]

    init(
        _ experiment: Experiment, adapter: Int, division: DrawnDivision,
        determinants: [(name: String, value: String)]
    ) {
        let recipe = experiment.adapters[adapter].recipe
        let embedding = experiment.adapters[adapter].embedding.map { embedding in
            (Trial.embeddingDeterminant, embedding.digest.description)
        }
        let algorithm = ("algorithm", recipe.kind.algorithm)
        self.adapter = adapter
        setting = division.setting
        repetition = division.repetition
        split = division.split
        training = division.training
        specification = Specification(experiment, recipe: recipe, division: division).canonicalText
        self.determinants = (determinants + [embedding, algorithm].compactMap { $0 })
            .map { TrialRecord.Determinant(name: $0.0, value: $0.1) }
        id = Digest(ofFields: [specification] + self.determinants.flatMap { [$0.name, $0.value] })
    }
}
