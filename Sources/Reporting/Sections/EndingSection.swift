internal import Evaluation
internal import Moderation

/// The sections that speak of the whole experiment.
enum EndingSection {
    /// How to read the tables, right below them.
    static func legend(_ comparison: Comparison) -> [Block] {
        [.paragraph("How to read the tables:"), .list(LabelText.legend(comparison).map { Inline($0) })]
    }

    /// What was run, from what, and how to run it again.
    static func run(_ input: ReportInput) -> [Block] {
        let failures = input.failures.map {
            Inline("\($0.adapter)\($0.place), repetition \($0.repetition): \($0.message)")
        }
        return [
            .heading(2, "What was run"), .table(DocumentTable("What was run", ["", ""], rows: rows(input))),
        ] + (failures.isEmpty ? [] : [.paragraph("Failed trials:"), .list(failures)])
            + [.paragraph("To run it again:"), .commands([input.command])] + use(input)
    }

    private static func rows(_ input: ReportInput) -> [[Inline]] {
        let settings = input.settings.flatMap { setting in
            let name = input.settings.count > 1 ? " " + Inline.code(setting.name) : ""
            let size = setting.trainingSize.map { "; \($0)" } ?? ""
            return [
                ["Split" + name, Inline(setting.split + size)], ["Seed" + name, Inline("\(setting.seed)")],
            ]
        }
        return [
            ["Project", Inline(input.project)],
            ["Base model", artifact(input.baseModel.name, input.baseModel.digest)],
        ] + input.datasets.map { ["Dataset", artifact($0.name, $0.digest) + ", \($0.images) images"] }
            + settings + [
                ["Threshold", Inline(NumberText.threshold(input.comparison.thresholdConfidence))],
                ["Objective", Inline(input.objective.description)],
                ["Trials", Inline("\(finished(input)) of \(input.expectedTrials) finished")],
            ]
    }

    private static func finished(_ input: ReportInput) -> Int { input.adapters.reduce(0) { $0 + $1.trials.count } }

    /// How to moderate an image with what was trained: one trial of each adapter, the first.
    private static func use(_ input: ReportInput) -> [Block] {
        let commands = input.adapters.compactMap { adapter in
            adapter.trials.first.map { "moderato detect photo.jpg --adapter \($0.short)  # \(adapter.name)" }
        }
        return commands.isEmpty ? [] : [.paragraph("To moderate an image with an adapter:"), .commands(commands)]
    }

    /// What every number means, and whose formula it is.
    static func methods(_ input: ReportInput) -> [Block] {
        let comparison = input.comparison
        let method = comparison.repeats > 1 ? LabelText.repeatedMethods : LabelText.singleMethods
        let curves = input.curves.isEmpty ? [] : LabelText.curveMethods
        let lines = LabelText.methods(comparison) + method + curves
        return [.heading(2, "Methods"), .list(lines.map { Inline($0) })]
    }

    private static func artifact(_ name: String, _ digest: Digest) -> Inline {
        "\(name), SHA-256 " + .code(digest.short) + "…"
    }
}
