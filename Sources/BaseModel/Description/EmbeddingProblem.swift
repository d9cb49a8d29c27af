extension BaseModelDescription {
    /// What contradicts itself in the declared embeddings.
    var embeddingProblems: [DescriptionProblem] {
        var problems: [DescriptionProblem] = []
        for (index, embedding) in embeddings.enumerated() {
            let keys = ["embeddings", embedding.name]
            if embedding.name == EmbeddingDescription.plain {
                problems.append(
                    DescriptionProblem(keys: keys, message: "this is the name of the base model's own single pass"))
            }
            if embeddings[..<index].contains(where: { $0.name == embedding.name }) {
                problems.append(DescriptionProblem(keys: keys, message: "two embeddings have this name"))
            }
            if embedding.encoders.isEmpty {
                problems.append(DescriptionProblem(keys: keys, message: "no network; list at least one"))
            }
            for (index, encoder) in embedding.encoders.enumerated() {
                problems += encoder.problems(under: keys + ["\(index + 1)"])
            }
        }
        return problems
    }
}

extension EncoderDescription {
    /// What contradicts itself in an encoder that stands under `keys`.
    fileprivate func problems(under keys: [String]) -> [DescriptionProblem] {
        var problems = input.problems(under: keys + ["input"])
        let viewKeys = keys + ["views"]
        if views.isEmpty { problems.append(DescriptionProblem(keys: viewKeys, message: "no view; list at least one")) }
        for (index, view) in views.enumerated() {
            if views[..<index].contains(view) {
                problems.append(DescriptionProblem(keys: viewKeys, message: "`\(view)` is listed twice"))
            }
            let sides = 1...BaseModelDescription.maximumSide
            if let side = view.side, !sides.contains(side) {
                problems.append(
                    DescriptionProblem(
                        keys: viewKeys, message: "`\(view)` is no size; allowed: 1 to \(sides.upperBound) pixels a side"
                    ))
            }
        }
        return problems
    }
}
