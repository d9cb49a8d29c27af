internal import Evaluation

/// The images one adapter fixed and broke: the most often changed ones, the rest counted.
struct MarkdownImages {
    let lines: [String]

    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 10

    init(_ row: AdapterRow, _ comparison: Comparison) {
        let fixed = MarkdownImages.changes(row, comparison, \.fixed)
        let broken = MarkdownImages.changes(row, comparison, \.broken)
        let summary = "\(row.adapter): \(fixed.count) fixed, \(broken.count) broken"
        let lists = [MarkdownImages.list("Fixed", fixed), MarkdownImages.list("Broken", broken)]
        lines =
            fixed.isEmpty && broken.isEmpty
            ? [MarkdownText.plain(summary), ""]
            : MarkdownText.folded(summary, Array(lists.filter { !$0.isEmpty }.joined(separator: [""])))
    }

    /// The images with a change, as text, the most often changed first and else in the order of the records.
    private static func changes(
        _ row: AdapterRow, _ comparison: Comparison, _ times: (PairedCounts) -> Int
    ) -> [String] {
        let changed = ErrorKind.allCases.flatMap { kind in
            row.imageTests[kind].rows.filter { times($0.counts) > 0 }.map { (kind: kind, tests: $0) }
        }
        let ordered = changed.sorted {
            (-times($0.tests.counts), $0.tests.image) < (-times($1.tests.counts), $1.tests.image)
        }
        return ordered.map { kind, tests in
            let often = row.repeats > 1 ? ", \(times(tests.counts)) of \(tests.counts.images) times" : ""
            return "\(MarkdownText.code(comparison.images[tests.image].path)) (\(kind.abbreviation)\(often))"
        }
    }

    private static func list(_ title: String, _ images: [String]) -> [String] {
        guard !images.isEmpty else { return [] }
        let rest = images.count - mostListed
        let remark = rest > 0 ? ["- and \(rest) more in `comparison.json`"] : []
        return ["\(title):", ""] + images.prefix(mostListed).map { "- \($0)" } + remark
    }
}
