public import Adapters
internal import BaseModel
public import Moderation

extension Experiment {
    /// How images are divided, in words.
    public func description(of division: Division) -> String {
        switch division {
        case .separate(let test, _):
            return "trained on \(Self.names(of: datasets)), tested on \(test.dataset.name)"
        case .random(let split):
            let unit =
                split.unit == .image
                ? "by image, so that one object may be on both sides" : "by \(split.unit.rawValue), none torn apart"
            let times = split.repeats == 1 ? "once" : "\(split.repeats) times"
            return
                "\(percent(split.training)) to train on and \(percent(split.test)) to test on, at random \(unit), \(times)"
        }
    }

    /// The background, in words; `nil` where there is none.
    public var backgroundDescription: String? {
        background.map { "a background of \(backgroundCandidates.count) images of \(Self.names(of: $0.datasets))" }
    }

    private static func names(of datasets: [DatasetFile]) -> String {
        datasets.map(\.dataset.name).joined(separator: " and ")
    }

    private func percent(_ share: Double) -> String {
        let percent = (share * 1000).rounded() / 10
        return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
    }
}

extension TrainingSize {
    /// The size in words.
    public var summary: String {
        guard self != .all else { return "all training images" }
        let amount = { (count: Int?) in count.map { "at most \($0)" } ?? "all" }
        return "\(amount(positives)) training images with the label, \(amount(negatives)) without"
    }
}

extension Recipe {
    /// The recipe in words: `ridge, strength one of 0.1, 1`.
    public var summary: String {
        let parts = zip(hyperparameters, kind.description.hyperparameters).map { hyperparameter, description in
            let values = hyperparameter.values.map(description.text)
            return "\(hyperparameter.name) \(values.count > 1 ? "one of " : "")\(values.joined(separator: ", "))"
        }
        return ([kind.rawValue] + parts).joined(separator: ", ")
    }
}

extension Experiment.AdapterEntry {
    /// The adapter in words: the recipe, and what an embedding of its own costs.
    public var summary: String {
        guard let embedding else { return recipe.summary }
        let (passes, networks) = (embedding.passes, embedding.encoders.count)
        return recipe.summary + "; embedding `\(embedding.name)`: \(passes) passes an image, "
            + "\(networks) network\(networks == 1 ? "" : "s")"
    }
}
