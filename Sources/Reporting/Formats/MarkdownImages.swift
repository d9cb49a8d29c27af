internal import Evaluation

/// The images one adapter fixed and broke: the most often changed ones, the rest counted.
struct MarkdownImages {
    let lines: [String]

    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 10

    init(_ row: AdapterRow) {
        let fixed = MarkdownImages.changes(row, \.tests.fixed)
        let broken = MarkdownImages.changes(row, \.tests.broken)
        let summary = "\(row.adapter): \(fixed.count) fixed, \(broken.count) broken"
        let lists = [MarkdownImages.list("Fixed", fixed), MarkdownImages.list("Broken", broken)]
        lines =
            fixed.isEmpty && broken.isEmpty
            ? [MarkdownText.plain(summary), ""]
            : MarkdownText.folded(summary, Array(lists.filter { !$0.isEmpty }.joined(separator: [""])))
    }

    /// The images with a change, as text, the most often changed first and else in the order of the records.
    private static func changes(_ row: AdapterRow, _ times: (ImageErrors) -> Int) -> [String] {
        let changed = row.imageErrors.enumerated().filter { times($0.element) > 0 }
        let ordered = changed.sorted { (-times($0.element), $0.offset) < (-times($1.element), $1.offset) }
        return ordered.map(\.element).map { image in
            let often = row.repeats > 1 ? ", \(times(image)) of \(image.tests.images) times" : ""
            return "\(MarkdownText.code(image.path)) (\(image.kind.abbreviation)\(often))"
        }
    }

    private static func list(_ title: String, _ images: [String]) -> [String] {
        guard !images.isEmpty else { return [] }
        let rest = images.count - mostListed
        let remark = rest > 0 ? ["- and \(rest) more in `comparison.json`"] : []
        return ["\(title):", ""] + images.prefix(mostListed).map { "- \($0)" } + remark
    }
}
