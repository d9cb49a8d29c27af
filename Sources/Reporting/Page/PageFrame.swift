internal import Foundation
internal import Moderation

/// The page around its sections: what it may do, how it looks, where it leads.
struct PageFrame {
    private let input: ReportInput
    private let sections: [PageSection]

    private static let style = text(PackageResources.page_css) + SeriesStyle.pageSheet
    private static let script = text(PackageResources.page_js)

    init(_ input: ReportInput, sections: [PageSection]) {
        self.input = input
        self.sections = sections
    }

    var source: String {
        let page = HTML.element("html", ["lang": "en"], head, "\n", body)
        return "<!DOCTYPE html>\n\(page.source)\n"
    }

    private var head: HTML {
        .element(
            "head", [:],
            of: [
                .void("meta", ["charset": "utf-8"]),
                .void("meta", ["http-equiv": "Content-Security-Policy", "content": PageFrame.policy]),
                .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .void("meta", ["name": "color-scheme", "content": "light dark"]),
                .void("meta", ["name": "referrer", "content": "no-referrer"]),
                .element("title", [:], HTML("\(input.experiment) · \(input.project) · Moderato report")),
                // An empty icon, or a browser would ask a server for one.
                .void("link", ["rel": "icon", "href": "data:,"]),
                .element("style", [:], HTML(trusted: PageFrame.style)),
            ])
    }

    /// Nothing is fetched or sent; pictures are part of the page; style and script are those written here.
    private static let policy = """
        default-src 'none'; img-src data:; style-src \(source(of: style)); script-src \(source(of: script)); \
        base-uri 'none'; form-action 'none'
        """

    private static func source(of text: String) -> String {
        "'sha256-\(Data(Digest(of: text).bytes).base64EncodedString())'"
    }

    private static func text(_ resource: [UInt8]) -> String { String(decoding: resource, as: UTF8.self) }

    private var body: HTML {
        .element(
            "body", [:],
            .element("a", ["class": "skip", "href": "#answer"], "Skip to the answer"),
            .element("header", ["class": "top"], title, PageFrame.theme),
            .element("nav", ["aria-label": "Sections"], .element("ul", [:], of: sections.map(\.link))),
            .element("main", [:], .joined(sections.map(\.html), separator: "\n")),
            .element(
                "footer", [:], HTML("Written by Moderato. Made from the records of the trials alone; \(sameNumbers)")),
            .element("script", [:], HTML(trusted: PageFrame.script)))
    }

    private var sameNumbers: String {
        "report.md, comparison.csv and comparison.json beside this page tell the same numbers."
    }

    private var title: HTML {
        .element(
            "h1", [:], .element("span", ["class": "project"], HTML("\(input.project) / ")), HTML(input.experiment))
    }

    /// Which colours to show, without a script and without a memory.
    private static let theme = HTML.element(
        "fieldset", ["class": "theme"], .element("legend", ["class": "unseen"], "Colours"),
        .joined(
            [("auto", "Auto", ""), ("light", "Light", nil), ("dark", "Dark", nil)].map { name, title, checked in
                .element(
                    "label", [:],
                    .void(
                        "input",
                        [
                            "type": "radio", "name": "theme", "id": "theme-\(name)", "autocomplete": "off",
                            "checked": checked,
                        ]), HTML(title))
            }))
}
