internal import Adapters
internal import Moderation

/// A trial, resolved: defaults written out, names of files left out.
struct Specification: Encodable {
    private let adapter: Recipe
    private let labels: [String]
    private let threshold: Double
    private let objective: JSONValue
    private let split: JSONValue
    private let trainingSize: JSONValue

    private enum CodingKeys: String, CodingKey {
        case adapter, labels, threshold, objective, split
        case trainingSize = "training_size"
    }

    /// The trial of `recipe` on `division`.
    init(_ experiment: Experiment, recipe: Recipe, division: DrawnDivision) {
        adapter = recipe
        labels = experiment.labels.map(\.description)
        threshold = experiment.threshold.confidence
        objective = experiment.objective.specification
        split = experiment.settings[division.setting].division
            .specification(repetition: division.repetition)
        trainingSize = division.trainingSize.specification
    }

    /// The trial as canonical JSON.
    var canonicalText: String {
        // A threshold and hyperparameters are checked to be finite when they are read.
        guard let text = try? json() else { preconditionFailure("a number of \(adapter.kind) is not finite") }
        return text
    }
}

extension Experiment.Division {
    fileprivate func specification(repetition: Int) -> JSONValue {
        var members: [String: JSONValue] = ["seed": .text(String(seed)), "repetition": .integer(repetition)]
        switch self {
        case .random(let description):
            members["training"] = .number(description.training)
            members["test"] = .number(description.test)
            members["by"] = .text(description.unit.rawValue)
        case .separate:
            members["by"] = .text("dataset")
        }
        return .object(members)
    }
}

extension TrainingSize {
    fileprivate var specification: JSONValue {
        .object([
            "positives": positives.map(JSONValue.integer) ?? .text("all"),
            "negatives": negatives.map(JSONValue.integer) ?? .text("all"),
        ])
    }
}
