internal import Evaluation

/// The table of one label as texts: Markdown and terminal lay out the same cells, so they cannot differ.
struct ModelCells {
    let rows: [Row]
    /// What the marks in the cells mean.
    let notes: Notes

    /// One model.
    struct Row {
        /// `1`, or `1=` where others share the place.
        let rank: String
        /// With the marks of notes.
        let name: String
        let errors: ByErrorKind<Errors>
        /// Seconds to train a trial; `—` where unknown, and for a base model.
        let seconds: String
        let trainingImages: String
        /// Whether no other model is better in one kind of error and no worse in the other.
        let front: String
        /// What is better than it, if it is not on the front.
        let dominated: String
    }

    /// One kind of error.
    struct Errors {
        let count: String
        let images: String
        let rate: String
        /// Against its own base model.
        let improvement: String
        /// Errors more than the leader's, with the interval; starred where a difference is shown.
        let toLeader: String
    }

    /// The cells of `table`; against the leader only for errors of `kinds`, with improvements only where they are wanted, so
    /// that no note is of a cell that nobody sees.
    init(_ table: ModelTable, _ input: ModelReportInput, kinds: [ErrorKind], improvements: Bool) {
        var notes = Notes()
        rows = table.models.map { model in
            let adapter = input.adapters.first { !model.isBase && $0.name == model.name }
            let marks = notes.mark(ModelCells.remarks(model, adapter, input.objective))
            return Row(
                rank: "\(model.rank)" + (model.isTied ? "=" : ""), name: model.name + marks,
                errors: ByErrorKind { kind in
                    Errors(
                        model, kind, repeats: table.repeats,
                        improvement: improvements
                            ? model.errors[kind].improvement?.text(kind, notes: &notes, NumberText.change) : nil,
                        toLeader: kinds.contains(kind)
                            ? ModelCells.toLeader(model, kind, table, input, notes: &notes) : "")
                },
                seconds: adapter?.trainingSeconds.map(NumberText.seconds) ?? "—",
                trainingImages: model.trainingImages.map { NumberText.count($0, repeats: table.repeats) } ?? "—",
                front: model.dominatedBy == nil ? "front" : "—",
                dominated: model.dominatedBy.map { "behind `\($0)`" } ?? "front")
        }
        self.notes = notes
    }

    private static func toLeader(
        _ model: ModelRow, _ kind: ErrorKind, _ table: ModelTable, _ input: ModelReportInput, notes: inout Notes
    ) -> String {
        let leader = table.models[0].name
        guard leader != model.name else { return input.objective.minimised ?? kind == kind ? "leads" : "—" }
        return PairText(table, subject: model.name, reference: leader, level: input.comparison.level)
            .starred(kind, &notes)
    }

    private static func remarks(
        _ model: ModelRow, _ adapter: ModelReportInput.Adapter?, _ objective: ModelReportInput.Objective
    ) -> [String] {
        let held = objective.minimised?.other.name ?? ""
        let condition: String? =
            switch model.condition {
            case .nearlyKept:
                "makes more \(held) on these images than the objective allows, by a tenth at most"
            case .exceeded:
                "makes over a tenth more \(held) on these images than the objective allows; chance could have given that"
            case .shownToBeExceeded: "is shown to make more \(held) than the objective allows"
            case .kept, nil: nil
            }
        let embedding = adapter?.embedding.map { embedding in
            let passes = embedding.passes.map { ", \($0) passes through a network for each image" } ?? ""
            return "learns from the embedding `\(embedding.name)`\(passes)"
        }
        return [condition, embedding].compactMap { $0 }
    }
}

extension ModelCells.Errors {
    fileprivate init(_ model: ModelRow, _ kind: ErrorKind, repeats: Int, improvement: String?, toLeader: String) {
        let errors = model.errors[kind]
        count = NumberText.count(errors.errors, repeats: repeats)
        images = NumberText.count(errors.images, repeats: repeats)
        rate = errors.rate.value.map(NumberText.share) ?? "—"
        self.improvement = improvement ?? "—"
        self.toLeader = toLeader
    }
}
