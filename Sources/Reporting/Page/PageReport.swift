internal import Evaluation

extension Report {
    /// `report.html`: one file that needs no other and no network, for screens, paper and those who listen.
    ///
    /// A policy within it forbids the page to fetch or send anything, or to run any script but its own.
    public static func html(_ page: PageInput) -> String {
        let input = page.report
        let sections: [PageSection?] = [
            PageAnswer.section(input),
            PageSection("side-by-side", name: "Side by side", SideBySideSection.blocks(input)),
            PageResults(page).section,
            PageExplorer(page).section,
            PageCurves.section(page),
            PageScores.section(page),
            PageGalleries.section(page.galleries),
            PageSection("matched", name: "Matched rates", MatchedSection.blocks(input)),
            PageSection("promises", name: "Promises", PromisesSection.blocks(input)),
            PageSection("still-wrong", name: "Still wrong", StillWrongSection.blocks(input)),
            PageDetails.section(input),
            PageRun.section(input),
            PageSection("methods", name: "Methods", EndingSection.methods(input)),
        ]
        return PageFrame(input, sections: sections.compactMap { $0 }).source
    }
}
