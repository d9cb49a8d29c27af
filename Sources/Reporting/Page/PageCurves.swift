/// Learning curves: their pictures, and folded their tables.
enum PageCurves {
    static func section(_ page: PageInput) -> PageSection? {
        let files = Report.curveFiles(page.report).filter { $0.name.hasSuffix(".svg") }
        let figures = Dictionary(files.map { ($0.name, PageFigures.html($0.text)) }) { first, _ in first }
        let blocks = CurvesSection.blocks(page.report)
        guard case .heading(_, let title) = blocks.first else { return nil }
        return PageSection(
            "curves", title, name: "Learning curves",
            HTMLDocument(figures: figures).html(folded(Array(blocks.dropFirst()))))
    }

    /// `blocks` with what stands between titles and pictures folded.
    private static func folded(_ blocks: [Block]) -> [Block] {
        var result: [Block] = []
        var pending: [Block] = []
        func fold() {
            if !pending.isEmpty { result.append(.folded("Numbers, and the images that each adapter needs", pending)) }
            pending = []
        }
        for block in blocks {
            switch block {
            case .heading, .picture:
                fold()
                result.append(block)
            default: pending.append(block)
            }
        }
        fold()
        return result
    }
}
