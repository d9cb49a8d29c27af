internal import Evaluation
internal import Moderation

/// The sections of `report.md` that speak of the whole experiment.
enum MarkdownEnding {
    /// How to read the tables, right below them.
    static func legend(_ comparison: Comparison) -> [String] {
        ["How to read the tables:", ""] + LabelText.legend(comparison).map { "- \($0)" } + [""]
    }

    /// What was run, from what, and how to run it again.
    static func run(_ input: ReportInput) -> [String] {
        let comparison = input.comparison
        var rows = [
            ["Project", MarkdownText.plain(input.project)],
            ["Base model", artifact(input.baseModel.name, input.baseModel.digest.short)],
        ]
        rows += input.datasets.map {
            ["Dataset", artifact($0.name, $0.digest.short) + ", \($0.images) images"]
        }
        rows += input.settings.flatMap { setting in
            let name = input.settings.count > 1 ? " \(MarkdownText.code(setting.name))" : ""
            let size = setting.trainingSize.map { "; \($0)" } ?? ""
            return [
                ["Split" + name, MarkdownText.plain(setting.split + size)], ["Seed" + name, "\(setting.seed)"],
            ]
        }
        rows += [
            ["Threshold", NumberText.threshold(comparison.thresholdConfidence)],
            ["Objective", MarkdownText.plain(input.objective.description)],
            ["Trials", "\(finished(input)) of \(input.expectedTrials) finished"],
        ]
        let failures = input.failures.map {
            "- \(MarkdownText.plain($0.adapter))\($0.place), repetition \($0.repetition): \(MarkdownText.plain($0.message))"
        }
        return ["## What was run", ""] + MarkdownText.table(["", ""], rows: rows) + [""]
            + (failures.isEmpty ? [] : ["Failed trials:", ""] + failures + [""])
            + ["To run it again:", "", "```sh", input.command, "```", ""] + use(input)
    }

    private static func finished(_ input: ReportInput) -> Int { input.adapters.reduce(0) { $0 + $1.trials.count } }

    /// How to moderate an image with what was trained: one trial of each adapter, the first.
    private static func use(_ input: ReportInput) -> [String] {
        let commands = input.adapters.compactMap { adapter in
            adapter.trials.first.map { "moderato detect photo.jpg --adapter \($0.short)  # \(adapter.name)" }
        }
        return commands.isEmpty ? [] : ["To moderate an image with an adapter:", "", "```sh"] + commands + ["```", ""]
    }

    /// What every number means, and whose formula it is.
    static func methods(_ input: ReportInput) -> [String] {
        let comparison = input.comparison
        let method = comparison.repeats > 1 ? LabelText.repeatedMethods : LabelText.singleMethods
        let curves = input.curves.isEmpty ? [] : LabelText.curveMethods
        return ["## Methods", ""] + (LabelText.methods(comparison) + method + curves).map { "- \($0)" }
    }

    private static func artifact(_ name: String, _ digest: String) -> String {
        "\(MarkdownText.plain(name)), SHA-256 \(MarkdownText.code(digest))…"
    }
}
