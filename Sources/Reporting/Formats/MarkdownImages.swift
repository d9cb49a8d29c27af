internal import Evaluation

/// The images one adapter fixed and broke: the most often changed ones, the rest counted.
struct MarkdownImages {
    let lines: [String]

    /// More than this and nobody reads them; all are in `comparison.json`.
    private static let mostListed = 10

    init(_ row: AdapterRow) {
        let fixed = MarkdownImages.list("Fixed", row.changedImages, row.repeats, \.fixed)
        let broken = MarkdownImages.list("Broken", row.changedImages, row.repeats, \.broken)
        let counts = [(\ChangedImage.fixed, "fixed"), (\ChangedImage.broken, "broken")].map { path, word in
            "\(row.changedImages.count { $0[keyPath: path] > 0 }) \(word)"
        }
        let summary = "\(MarkdownText.plain(row.adapter)): \(counts.joined(separator: ", "))"
        lines =
            row.changedImages.isEmpty
            ? ["\(summary)", ""]
            : MarkdownText.folded(summary, Array([fixed, broken].filter { !$0.isEmpty }.joined(separator: [""])))
    }

    private static func list(
        _ title: String, _ images: [ChangedImage], _ repeats: Int, _ times: (ChangedImage) -> Int
    ) -> [String] {
        // Sorting is stable, so images changed equally often stay in the order of the records.
        let changed = images.filter { times($0) > 0 }.sorted { times($0) > times($1) }
        guard !changed.isEmpty else { return [] }
        let rows = changed.prefix(mostListed).map { image in
            let often = repeats > 1 ? ", \(times(image)) of \(image.tested) times" : ""
            return "- \(MarkdownText.code(image.path)) (\(image.kind.abbreviation)\(often))"
        }
        let rest = changed.count - rows.count
        return ["\(title):", ""] + rows + (rest > 0 ? ["- and \(rest) more in `comparison.json`"] : [])
    }
}
