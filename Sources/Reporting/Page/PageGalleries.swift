internal import Evaluation
internal import Foundation
internal import Moderation

/// Pictures of what adapters repaired, spoiled and left wrong.
enum PageGalleries {
    static func section(_ galleries: [Gallery]) -> PageSection? {
        guard !galleries.isEmpty else { return nil }
        let opening = """
            Pictures are small copies, grey and blurred until they are clicked or opened with Enter. Of sensitive labels, \
            only paths are shown.
            """
        let obstacle = HTML.element(
            "noscript", [:], .element("p", ["class": "warning"], "Uncovering pictures needs JavaScript."))
        let folds = PageGalleries.folds(galleries)
        return PageSection(
            "images", "Images fixed, broken and still wrong", name: "Images",
            .joined([.element("p", [:], HTML(opening)), obstacle] + folds, separator: "\n"))
    }

    /// One fold for each label and adapter, in the order of the galleries; the first is open.
    private static func folds(_ galleries: [Gallery]) -> [HTML] {
        let titles = galleries.map { "\($0.label), \($0.adapter)" }
        let firsts = titles.indices.filter { !titles[..<$0].contains(titles[$0]) }
        return firsts.map { first in
            let kin = galleries.indices.filter { titles[$0] == titles[first] }
            return .element(
                "details", ["open": first == 0 ? "" : nil],
                .element("summary", [:], .element("h3", [:], HTML(titles[first]))),
                .joined(kin.map { html(galleries[$0], id: "gallery-\($0)") }))
        }
    }

    private static func html(_ gallery: Gallery, id: String) -> HTML {
        let shown =
            gallery.images.count < gallery.total ? "\(gallery.images.count) of \(gallery.total)" : "\(gallery.total)"
        let hasPictures = !gallery.isSensitive && gallery.images.contains { $0.thumbnail != nil }
        return .joined([
            .element("h4", [:], HTML("\(gallery.fate.title) \(gallery.kind.name) (\(shown))")),
            hasPictures ? tools(id) : "",
            gallery.isSensitive ? .element("p", ["class": "muted"], "A sensitive label: paths only.") : "",
            .element("ul", ["class": "gallery", "id": id], of: gallery.images.map { item($0, in: gallery) }),
        ])
    }

    private static func tools(_ id: String) -> HTML {
        .element(
            "p", ["class": "gallery-tools needs-script", "hidden": ""],
            .element(
                "button", ["type": "button", "class": "reveal-all", "aria-pressed": "false", "aria-controls": id],
                "Show all of these pictures"))
    }

    private static func item(_ image: Gallery.Image, in gallery: Gallery) -> HTML {
        let scores = [image.baseConfidence, image.adapterConfidence].map { NumberText.share($0 / 100) }
        let tests = image.counts.images
        let times = gallery.fate.times(image.counts)
        let often = tests > 1 ? "; \(times) of \(tests) times" : ""
        return .element(
            "li", [:], picture(image, in: gallery),
            .element("code", ["class": "path"], HTML(image.path)),
            .element("span", ["class": "scores"], HTML("base \(scores[0]) → \(scores[1])\(often)")))
    }

    /// A button that shows the picture, or a frame that says why there is none.
    private static func picture(_ image: Gallery.Image, in gallery: Gallery) -> HTML {
        if gallery.isSensitive { return "" }
        guard let thumbnail = image.thumbnail else {
            return .element("span", ["class": "absent"], "no picture")
        }
        let description = "\(gallery.fate.word): \(image.path)"
        return .element(
            "button", ["type": "button", "class": "picture", "aria-pressed": "false"],
            .void(
                "img",
                [
                    "alt": description, "width": "\(thumbnail.width)", "height": "\(thumbnail.height)",
                    "loading": "lazy", "decoding": "async",
                    "src": "data:\(thumbnail.mediaType);base64,\(Data(thumbnail.bytes).base64EncodedString())",
                ]))
    }
}

extension Gallery.Fate {
    /// The fate as one word before a path.
    fileprivate var word: String {
        switch self {
        case .fixed: "fixed"
        case .broken: "broken"
        case .stillWrong: "still wrong"
        }
    }

    /// The beginning of a title: `Fixed false negatives`.
    fileprivate var title: String {
        switch self {
        case .fixed: "Fixed"
        case .broken: "Newly made"
        case .stillWrong: "Still wrong:"
        }
    }

    /// In how many tests an image had this fate.
    fileprivate func times(_ counts: PairedCounts) -> Int {
        switch self {
        case .fixed: counts.fixed
        case .broken: counts.broken
        case .stillWrong: counts.bothWrong
        }
    }
}
