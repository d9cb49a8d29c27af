internal import Moderation

/// What was run, from what, and how to run it again.
enum PageRun {
    static func section(_ input: ReportInput) -> PageSection {
        let blocks = EndingSection.run(input).dropFirst()
        return PageSection(
            "run", "What was run", name: "Run it again", HTMLDocument().html(blocks + [digests(input), trials(input)]))
    }

    /// The digests in full, to compare with.
    private static func digests(_ input: ReportInput) -> Block {
        let artifacts =
            [("Base model", input.baseModel.name, input.baseModel.digest)]
            + input.datasets.map { ("Dataset", $0.name, $0.digest) }
        return .folded(
            "Digests in full (SHA-256)",
            [
                .table(
                    DocumentTable(
                        "Digests in full", ["What", "Name", "SHA-256"],
                        rows: artifacts.map { [Inline($0), Inline($1), .code("\($2)")] }))
            ])
    }

    private static func trials(_ input: ReportInput) -> Block {
        let adapters = input.adapters.flatMap { adapter in
            [
                Block.paragraph(.strong(adapter.name) + ": \(adapter.recipe)"),
                .list(adapter.trials.map { .code("\($0)") }),
            ]
        }
        return .folded("Adapters, their recipes and trials", adapters)
    }
}
