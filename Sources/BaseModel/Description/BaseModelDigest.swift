internal import Imaging
public import Moderation

extension BaseModelDescription {
    /// The revision of the arithmetic between bytes and scores: decoding, resizing, normalising, scoring.
    ///
    /// Raised whenever one of them gives other numbers than before, so that no cached embedding survives it.
    public static let algorithmRevision = 1

    /// The identity of a base model: the digest of `canonicalText`.
    public var digest: Digest { Digest(of: canonicalText) }

    /// All that determines embeddings and base scores, one fact a line; neither paths nor names nor prose.
    ///
    /// Numbers are written as the shortest decimal that reads back as the same; labels stand in taxonomy order, their
    /// places ascending and once each, names of tensors quoted. `uncovered` follows from labels and taxonomy, and
    /// further embeddings are no part of it: they have digests of their own.
    public var canonicalText: String {
        var lines = [
            "base model, revision \(BaseModelDescription.algorithmRevision)",
            "file \(sha256)",
            "taxonomy \(taxonomy.version)",
        ]
        lines += input.canonicalLines
        lines += [
            "embedding \(outputs.embedding.debugDescription)",
            "scores \(outputs.scores.debugDescription)",
            "scoring \(scoring.rule.rawValue) scale \(scoring.scale) offset \(scoring.offset)",
        ]
        for label in taxonomy.labels {
            guard let indices = labels[label] else { continue }
            lines.append("label \(label): \(Set(indices).sorted())")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension BaseModelDescription.Input {
    /// All that determines an input tensor, one fact a line.
    var canonicalLines: [String] {
        [
            "input \(name.debugDescription) \(layout.rawValue) \(height) x \(width)",
            "fit \(fit.rawValue) \(filter.rawValue) on \(background)",
            "color \(color.rawValue) mean \(mean) deviation \(deviation)",
        ]
    }
}
