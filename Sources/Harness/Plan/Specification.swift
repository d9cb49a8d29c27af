internal import Adapters
internal import Moderation

extension Experiment {
    /// The trial of `recipe` on division `repetition`, resolved: defaults written out, names of files left out.
    func specification(of recipe: Recipe, repetition: Int) -> JSONValue {
        .object([
            "adapter": recipe.specification,
            "labels": .list(labels.map { .text($0.description) }),
            "threshold": .number(threshold.confidence),
            "objective": .text(objective.rawValue),
            "split": division.specification(repetition: repetition),
            "training_size": trainingSize.specification,
        ])
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
