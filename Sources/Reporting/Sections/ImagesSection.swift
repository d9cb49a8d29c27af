internal import Evaluation

/// The images one adapter fixed and broke: the most often changed ones, the rest counted.
enum ImagesSection {
    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 10

    static func block(_ row: AdapterRow, _ comparison: Comparison) -> Block {
        let fixed = changes(row, comparison, \.fixed)
        let broken = changes(row, comparison, \.broken)
        let summary = "\(row.adapter): \(fixed.count) fixed, \(broken.count) broken"
        return fixed.isEmpty && broken.isEmpty
            ? .paragraph(Inline(summary)) : .folded(summary, list("Fixed", fixed) + list("Broken", broken))
    }

    /// The images with a change, as text, the most often changed first and else in the order of the records.
    private static func changes(
        _ row: AdapterRow, _ comparison: Comparison, _ times: (PairedCounts) -> Int
    ) -> [Inline] {
        let changed = ErrorKind.allCases.flatMap { kind in
            row.imageTests[kind].rows.filter { times($0.counts) > 0 }.map { (kind: kind, tests: $0) }
        }
        let ordered = changed.sorted {
            (-times($0.tests.counts), $0.tests.image) < (-times($1.tests.counts), $1.tests.image)
        }
        return ordered.map { kind, tests in
            let often = row.repeats > 1 ? ", \(times(tests.counts)) of \(tests.counts.images) times" : ""
            return .code(comparison.images[tests.image].path) + " (\(kind.abbreviation)\(often))"
        }
    }

    private static func list(_ title: String, _ images: [Inline]) -> [Block] {
        guard !images.isEmpty else { return [] }
        let rest = images.count - mostListed
        let remark = rest > 0 ? [Inline("and \(rest) more in `comparison.json`")] : []
        return [.paragraph(Inline("\(title):")), .list(images.prefix(mostListed) + remark)]
    }
}
