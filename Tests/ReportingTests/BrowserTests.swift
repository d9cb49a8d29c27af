import Evaluation
import Foundation
import Moderation
import Reporting
import TestSupport
import Testing

/// The page in a real Chromium. One browser at a time: each takes a core.
@Suite(.serialized) struct BrowserTests {
    /// axe-core finds nothing wrong: in light and dark, on a phone, with everything unfolded.
    @Test(arguments: ["explored", "settings", "hostile"]) func axeFindsNothingWrong(name: String) throws {
        let page =
            switch name {
            case "explored": try PageFixtures.explored(picture: Pictures.one())
            case "hostile": try PageFixtures.hostile()
            default: PageInput(report: try Fixtures.settings(), explorations: [], galleries: [])
            }
        let found = try Browser.run(
            """
            with opened(page) as driver:
                prefer(driver, "light")
                keep(driver, f"{input}-folded", whole=True)
                open_all(driver)
                found = violations(driver)
                prefer(driver, "dark")
                found += violations(driver, "color-contrast")
                keep(driver, f"{input}-dark", whole=True)
                resize(driver, 390, 844)
                found += violations(driver, "scrollable-region-focusable", "target-size")
                keep(driver, f"{input}-phone", whole=True)
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                outline = driver.execute_script(
                    "return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
                ids = driver.execute_script("return [...document.querySelectorAll('[id]')].map(e => e.id)")
                found += [f"{name} twice" for name in set(ids) if ids.count(name) > 1]
                jumps = [str(pair) for pair in zip(outline, outline[1:]) if pair[1] > pair[0] + 1]
            answer(found + jumps + ([f"{wide} wide"] if wide > 390 else []))
            """, page: Report.html(page), input: name, as: [String].self)
        #expect(found == [])
    }

    /// Colours follow the system, and the reader's choice over it; on paper they are light.
    @Test func coloursFollowTheSystemAndTheReader() throws {
        let found = try Browser.run(
            """
            def choose(name): driver.execute_script(f"document.getElementById('theme-{name}').click()")
            seen = []
            with opened(page) as driver:
                for scheme in ["light", "dark"]:
                    prefer(driver, scheme)
                    for choice in ["light", "dark", "auto"]:
                        choose(choice)
                        seen.append(background(driver))
                prefer(driver, "dark", media="print")
                seen.append(background(driver))
                keep(driver, "print", whole=True)
                folded = driver.execute_script(
                    "return [...document.querySelectorAll('details:not([open]) > :not(summary)')].every(e => e.checkVisibility())")
                gone = driver.execute_script(
                    "return [...document.querySelectorAll('nav, .theme')].every(e => !e.checkVisibility())")
                # Other browsers have to be told; what was folded is folded again.
                count = "return document.querySelectorAll('details[open]').length"
                folds = [driver.execute_script(count)]
                for event in ["beforeprint", "afterprint"]:
                    driver.execute_script(f"dispatchEvent(new Event('{event}'))")
                    folds.append(driver.execute_script(count))
                everything = len(driver.find_elements(By.TAG_NAME, "details"))
                folded &= folds == [folds[0], everything, folds[0]] and folds[0] < everything
                pdf = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
                kept = driver.execute_script("return localStorage.length + sessionStorage.length + document.cookie.length")
            seen += [str(folded), str(gone), str(base64.b64decode(pdf)[:5]), str(kept)]
            answer(seen)
            """, page: Report.html(PageInput(report: try Fixtures.settings(), explorations: [], galleries: [])),
            input: "",
            as: [String].self)
        let (light, dark) = ("rgb(255, 255, 255)", "rgb(13, 17, 23)")
        #expect(Array(found.prefix(7)) == [light, dark, light, light, dark, dark, light])
        #expect(Array(found.suffix(4)) == ["True", "True", "b'%PDF-'", "0"])
    }

    /// Several answers are on the first screen, each with its interval; with a reader's own colours there is no choice of ours.
    @Test func severalAnswersAreOnTheFirstScreen() throws {
        let found = try Browser.run(
            """
            with opened(page) as driver:
                table = driver.find_element(By.CSS_SELECTOR, "#answer table")
                foot = driver.execute_script("return arguments[0].getBoundingClientRect().bottom", table)
                seen = [driver.find_element(By.CSS_SELECTOR, "#answer h2").text,
                        driver.find_element(By.CSS_SELECTOR, ".answer > p").text,
                        f"{len(rows(driver, table))} answers above {'' if foot < 900 else foot}"]
                theme = driver.find_element(By.CSS_SELECTOR, ".theme")
                seen.append(str(theme.is_displayed()))
                driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                    "features": [{"name": "forced-colors", "value": "active"}]})
                seen.append(str(theme.is_displayed()))
            answer(seen)
            """, page: Report.html(PageInput(report: try Fixtures.settings(), explorations: [], galleries: [])),
            input: "", as: [String].self)
        #expect(found.count == 5)
        #expect(found.first?.count ?? 0 > 0)
        #expect(found.dropFirst().first?.hasPrefix("Split image: on Drugs & Tobacco/Alcohol ridge removes ") == true)
        #expect(found.dropFirst(2) == ["4 answers above ", "True", "False"])
    }

    /// On A4 paper, 18 cm of which are left between margins, no table is wider than the sheet.
    @Test(arguments: ["promised", "nine adapters"])
    func noTableIsCutOnPaper(name: String) throws {
        let report = try name == "promised" ? Fixtures.promised() : BrowserTests.nineAdapters()
        let found = try Browser.run(
            """
            with opened(page, width=680) as driver:
                prefer(driver, media="print")
                driver.execute_script("dispatchEvent(new Event('beforeprint'))")
                cut = driver.execute_script('''
                    return [...document.querySelectorAll("table")].filter(t => t.getBoundingClientRect().right > innerWidth)
                        .map(t => t.caption.textContent)''')
            answer(cut)
            """, page: Report.html(PageInput(report: report, explorations: [], galleries: [])),
            input: "", as: [String].self)
        #expect(found == [])
    }

    /// Learning curves have a column for each.
    private static func nineAdapters() throws -> ReportInput {
        let (page, records) = try ExploredFixtures.page(adapters: 9, repeats: 4)
        let names = page.report.adapters.map(\.name)
        let curves = try LearningCurve.all(split: "group", sizes: [(size: .all, records: records)], adapters: names)
        return try Fixtures.input(records, adapters: names, split: "halves", curves: curves)
    }

    /// Without a script the texts and tables are there, and neither slider nor its buttons pretend to work.
    @Test func withoutAScriptThePageTellsTheSame() throws {
        let found = try Browser.run(
            """
            # Inspecting needs no script of the page, which the browser does not run.
            with opened(page, script=False) as driver:
                shown = [str(driver.find_element(By.CSS_SELECTOR, s).is_displayed()) for s in [
                    ".explorer", ".reveal-all", "#results table", "nav", "#thresholds noscript p", "#images noscript p",
                    "figure svg"]]
                driver.find_element(By.ID, "theme-dark").click()
                dark = driver.find_element(By.TAG_NAME, "body").value_of_css_property("background-color")
                fold = driver.find_element(By.CSS_SELECTOR, "#run details")
                fold.find_element(By.TAG_NAME, "summary").click()
                opened_fold = fold.find_element(By.CSS_SELECTOR, "td").is_displayed()
                copies = len(driver.find_elements(By.CSS_SELECTOR, ".commands button"))
            answer(shown + [dark, str(opened_fold), str(copies)])
            """, page: Report.html(try PageFixtures.explored(picture: Pictures.one())), input: "",
            as: [String].self)
        #expect(Array(found.prefix(7)) == ["False", "False"] + Array(repeating: "True", count: 5))
        #expect(Array(found.suffix(3)) == ["rgba(13, 17, 23, 1)", "True", "0"])
    }
}
