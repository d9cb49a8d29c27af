internal import Adapters
internal import BaseModel

/// Adapters in an experiment file: shape, summary and hyperparameters all come from the adapters' own descriptions.
enum RecipeReader {
    /// What one entry of `adapters` may contain.
    static let shape = Shape.tagged(
        key: .init("kind", .word(Recipe.Kind.allCases.map(\.rawValue)), required: true, "the method"),
        variants: Recipe.Kind.allCases.map { kind in
            Shape.Variant(
                tag: kind.rawValue, summary: kind.description.summary,
                keys: [
                    .init("name", .name, default: kind.rawValue, "the name in tables"),
                    .init(
                        "embedding", .text, default: EmbeddingDescription.plain,
                        "what it learns from, of the embeddings that the base-model file declares"),
                ]
                    + kind.description.hyperparameters.map(key))
        })

    /// The recipe that `value` describes, or `nil` where it does not fit the shape.
    static func recipe(from value: YAMLValue) throws(AdapterError) -> Recipe? {
        guard let kind = (value["kind"]?.text).flatMap(Recipe.Kind.init(rawValue:)) else { return nil }
        var given: [String: [Double]] = [:]
        for hyperparameter in kind.description.hyperparameters {
            given[hyperparameter.name] = value[hyperparameter.name]?.elements.compactMap { element in
                hyperparameter.choices.isEmpty
                    ? element.number
                    : element.text.flatMap(hyperparameter.choices.firstIndex).map(Double.init)
            }
        }
        return try Recipe(kind, given)
    }

    private static func key(_ hyperparameter: HyperparameterDescription) -> Shape.Key {
        guard hyperparameter.choices.isEmpty else {
            return .init(
                hyperparameter.name, .word(hyperparameter.choices),
                default: hyperparameter.text(of: hyperparameter.defaults[0]), hyperparameter.documentation)
        }
        let range = NumberRange(from: hyperparameter.range.lowerBound, to: hyperparameter.range.upperBound)
        let shape = Shape.number(range)
        let standard = JSONValue.list(hyperparameter.defaults.map(JSONValue.number)).text()
        return .init(
            hyperparameter.name, hyperparameter.allowsList ? .oneOrMore(shape) : shape, default: standard,
            hyperparameter.documentation)
    }
}
