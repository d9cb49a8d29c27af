internal import Evaluation
internal import Moderation

/// Figures within the page.
struct PageFigures {
    private let planes: [Label: HTML]

    init(_ page: PageInput) {
        planes = PageFigures.byLabel(FigureFile.planes(page.report))
    }

    /// False positives against false negatives of `label`, where its test images can show both.
    func plane(of label: Label) -> HTML { planes[label] ?? "" }

    /// The figures of `files` by their labels.
    static func byLabel(_ files: [FigureFile]) -> [Label: HTML] {
        Dictionary(files.map { ($0.label, html($0.svg)) }) { first, _ in first }
    }

    /// `svg`, the text of a file, as a figure of the page, which has the figures' style sheet already.
    static func html(_ svg: String) -> HTML {
        let picture = svg.replacing(/<style>[^<]*<\/style>\n?/, with: "")
        return .element("figure", ["class": "figure", "tabindex": "0"], HTML(trusted: picture))
    }
}
