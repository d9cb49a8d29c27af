internal import Moderation
internal import Reporting

/// A report as it is written and printed: texts, a pure function of what it tells.
struct RenderedReport {
    /// The text of each file in the report's folder, by name; none where an earlier version of the experiment may have
    /// left one that says nothing any more.
    let files: [(name: String, text: String?)]
    /// The comparison for a terminal, without colour and with it.
    let table: String
    let styledTable: String
    /// The comparison for programs, which is also the file `comparison.json`.
    let json: String

    /// The name of the file that `json` is.
    static let jsonFile = "comparison.json"

    /// The name of the page.
    static let pageFile = "report.html"

    init(_ page: PageInput) throws {
        let input = page.report
        json = try Report.json(input)
        files =
            [
                (Self.pageFile, Report.html(page)), ("report.md", Report.markdown(input)),
                ("comparison.csv", Report.csv(input)),
                ("promises.csv", Report.promisesCSV(input)), ("still-wrong.csv", Report.stillWrongCSV(input)),
            ]
            + (Report.curveFiles(input) + Report.figureFiles(page) + Report.explorationFiles(page))
            .map { ($0.name, $0.text) } + [(Self.jsonFile, json)]
        table = Report.terminal(input, styled: false)
        styledTable = Report.terminal(input, styled: true)
    }
}
