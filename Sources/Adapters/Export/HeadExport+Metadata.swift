internal import Foundation
internal import Moderation

/// What an exported file says about itself.
extension HeadExport {
    /// The entries, in the order of their names; lists are JSON, one element per label.
    var metadata: [(name: String, value: String)] {
        let forms: [Head.Form] = Head.Form.allCases.filter { form in heads.contains { $0.head.form == form } }
        let embedding = origin.embedding.map { [("embedding", $0.name), ("embedding_digest", "\($0.digest)")] } ?? []
        let dimensions = self.dimensions.map { [("dimensions", "\($0)")] } ?? []
        let entries = [
            ("adapter", origin.adapter), ("base_model", origin.baseModel.name),
            ("base_model_digest", origin.baseModel.digest.description), ("format", "moderato heads 1"),
            ("formula", forms.map(\.formula).joined(separator: "\n")),
            ("forms", HeadExport.json(heads.map(\.head.form.rawValue))), ("kind", origin.kind),
            ("labels", HeadExport.json(heads.map(\.label.description))), ("program", "moderato \(origin.program)"),
            ("threshold", "\(origin.threshold)"), ("training_features", HeadExport.json(featureNames)),
            ("trial", origin.trial.description),
        ]
        return (entries + dimensions + embedding).sorted { $0.0 < $1.0 }
    }

    /// The array of training images of each label, where its head compares with them.
    private var featureNames: [String?] {
        heads.map { _, head in
            head.supports.flatMap(trainingSets.firstIndex).map(HeadExport.name)
        }
    }

    static let graphDocumentation = """
        embedding: of the base model or of the embedding that the metadata name. base_scores: logits of the base model, one \
        column per label in the order of the metadata's labels. scores: logits. confidences: percent.
        """

    private static func json<Value: Encodable>(_ value: Value) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        // Texts and numbers in lists: nothing of it can fail.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension Head {
    /// The form of a head.
    enum Form: String, CaseIterable {
        case base, linear, kernel

        /// How scores follow from the arrays.
        var formula: String {
            switch self {
            case .base: "base: score = base_score"
            case .linear:
                """
                linear: score = base_scale*base_score + sum_b(10/sqrt(B)*e_b/|e_b| . weights_b) + intercept, for the B \
                blocks e_b of the embedding (their sizes in `blocks`, one block without it); a block of length 0 counts \
                nothing
                """
            case .kernel:
                """
                kernel: score = base_scale*base_score + sum_j(coefficients_j * exp(gamma*(2*x.t_j - 2))) + intercept, for \
                the rows t_j of the label's training_features and x_b = v_b/|v_b|/sqrt(B), rounded to single \
                precision, of each of the B blocks e_b of the embedding (their sizes in `blocks`, one block without it); \
                x_b = 0 where |v_b|*sqrt(B) <= 1e-6. With `mean`, v_b = r_b - mean_b for r_b = \
                sqrt(max(e_b, 0)/sum(max(e_b, 0))), and v_b = 0 where that sum is 0; without it, v_b = e_b/|e_b|
                """
            }
        }
    }

    var form: Form {
        switch self {
        case .base: .base
        case .linear: .linear
        case .kernel: .kernel
        }
    }
}
