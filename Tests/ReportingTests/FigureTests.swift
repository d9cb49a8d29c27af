import Evaluation
import Foundation
import Reporting
import TestSupport
import Testing

/// Figures as files and within a page, as Chromium lays them out and Python reads them.
@Suite struct FigureTests {
    private struct Layout: Decodable {
        let texts: Int
        let overlaps: [String]
        let outside: [String]
        let names: [String?]
        let ids: Int
        let distinctIds: Int
    }

    /// All figures stand in one page: no text lies on another or beyond the paper, and no id is there twice.
    @Test(arguments: [1, 4, 13], [1, 5]) func textsDoNotTouch(adapters: Int, repeats: Int) throws {
        let page = try ExploredFixtures.page(adapters: adapters, repeats: repeats).page
        let curves = Report.curveFiles(try Fixtures.settings()).filter { $0.name.hasSuffix(".svg") }
        let files = Report.figureFiles(page) + curves
        #expect(
            files.map(\.name).prefix(3) == [
                "plane-Alcohol.svg", "precision-recall-Alcohol.svg", "reliability-Alcohol.svg",
            ])
        let layout = try Oracle.run(FigureTests.layout, input: files.map(\.text), as: Layout.self)
        #expect(layout.overlaps == [] && layout.outside == [])
        // Two names for each adapter in three figures, and the ticks.
        #expect(layout.texts > 6 * adapters + 20)
        #expect(
            layout.names == [
                "Alcohol: false negatives against false positives", "Alcohol: precision against recall",
                "Alcohol: reliability of confidence",
            ] + layout.names.dropFirst(3))
        #expect(layout.ids == 2 * files.count && layout.distinctIds == layout.ids)
    }

    private static let layout = """
        import html, pathlib, re, shutil, subprocess, tempfile
        script = '''
        const found = {texts: 0, overlaps: [], outside: [], names: [], ids: 0, distinctIds: 0};
        for (const svg of document.querySelectorAll("svg")) {
          const paper = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll("text")].filter(t => t.textContent)
            .map(t => [t.textContent, t.getBoundingClientRect()]);
          found.texts += boxes.length;
          found.names.push(document.getElementById(svg.getAttribute("aria-labelledby"))?.textContent ?? null);
          boxes.forEach(([text, a], i) => {
            if (a.left < paper.left || a.right > paper.right || a.top < paper.top || a.bottom > paper.bottom)
              found.outside.push(text);
            // Boxes hold the font's whole height, of which a text fills less: 2 pixels are no overlap.
            boxes.slice(i + 1).forEach(([other, b]) => {
              if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2) found.overlaps.push(text + " | " + other);
            });
          });
        }
        const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
        found.ids = ids.length; found.distinctIds = new Set(ids).size;
        document.body.textContent = JSON.stringify(found);
        '''
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        assert chromium, "no Chromium: apt-get install chromium fonts-dejavu-core"
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder, "page.html")
            page.write_text("<!doctype html><meta charset=utf-8><body>" + "".join(input)
                            + "<script>" + script + "</script>", encoding="utf-8")
            dom = subprocess.run(
                [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                 "--window-size=1400,1000", "--dump-dom", page.as_uri()], check=True, capture_output=True, text=True).stdout
        answer(json.loads(html.unescape(re.search(r"<body>(.*)</body>", dom, re.S).group(1))))
        """

    private struct Marks: Decodable {
        let role: String?
        let marks: [[Double]]
    }

    /// Read back through the axes' ticks, the marks of the plane lie where the rates are.
    @Test(arguments: [1, 13]) func planeShowsTheRates(adapters: Int) throws {
        let page = try ExploredFixtures.page(adapters: adapters, repeats: 3).page
        let file = try #require(Report.figureFiles(page).first { $0.name.hasPrefix("plane") })
        let found = try Oracle.run(FigureTests.marks, input: file.text, as: Marks.self)
        #expect(found.role == "img")
        let label = page.report.settings[0].comparison.labels[0]
        let rates =
            label.adapters.map { row in
                [row.errors.falsePositives.adapterRate.value, row.errors.falseNegatives.adapterRate.value]
            } + [[label.base.errors.falsePositives.rate.value, label.base.errors.falseNegatives.rate.value]]
        #expect(found.marks.count == rates.count)
        for (mark, rates) in zip(found.marks, rates) {
            for (shown, rate) in zip(mark, rates) {
                // Places have one decimal in 350 units for at most 100%, and so have the ticks they are read by.
                #expect(abs(shown - 100 * (try #require(rate))) < 0.1)
            }
        }
    }

    private static let marks = """
        import re
        import xml.etree.ElementTree as tree
        svg = tree.fromstring(input)
        name = "{http://www.w3.org/2000/svg}"
        ticks = [t for t in svg.iter(name + "text") if "figure-tick" in t.get("class")]
        def scale(ticks, place):
            points = [(float(t.get(place)), float(t.text)) for t in ticks]
            (a, first), (b, last) = points[0], points[-1]
            return lambda value: first + (value - a) / (b - a) * (last - first)
        x = scale([t for t in ticks if t.get("text-anchor") == "middle"], "x")
        rows = [t for t in ticks if t.get("text-anchor") == "end"]
        y = scale(rows, "y")
        paths = [p for p in svg.iter(name + "path")]
        # Every model has a mark beside its name first, and then one in the plane.
        shown = paths[len(paths) // 2:]
        places = [[float(v) for v in re.findall(r"[-0-9.]+", p.get("transform"))] for p in shown]
        # Ticks' texts stand 4 units below the height they name.
        answer({"role": svg.get("role"), "marks": [[x(px), y(py + 4)] for px, py in places]})
        """

    @Test func namesAreEscapedAndFilesAreXML() throws {
        let curves = Report.curveFiles(try Fixtures.settings()).filter { $0.name.hasSuffix(".svg") }
        let files = try Report.figureFiles(ExploredFixtures.page(adapters: 5, repeats: 2).page) + curves
        let titles = try Oracle.run(
            """
            import xml.etree.ElementTree as tree
            name = "{http://www.w3.org/2000/svg}"
            roots = [tree.fromstring(text) for text in input]
            answer([[r.find(name + "title").text, r.find(name + "desc").text] for r in roots])
            """, input: files.map(\.text), as: [[String]].self)
        #expect(titles.allSatisfy { $0.allSatisfy { $0.count > 20 } })
        #expect(titles.contains { $0[0].hasPrefix("Drugs & Tobacco/Alcohol") })
    }

    @Test func aLabelThatNoImageHasHasNeitherPlaneNorPrecision() throws {
        var experiment = SyntheticExperiment()
        (experiment.present, experiment.missed) = (0, 0)
        let records = experiment.records(["same": .nothing])
        let page = PageInput(
            report: try Fixtures.input(records, adapters: ["same"], split: "one"),
            explorations: try LabelExploration.all(records: records, adapters: ["same"]), galleries: [])
        #expect(Report.figureFiles(page).map(\.name) == ["reliability-Alcohol.svg"])
        let markdown = Report.markdown(page.report)
        #expect(markdown.contains("(reliability-Alcohol.svg)") && !markdown.contains("plane-Alcohol"))
    }

    /// What report.md refers to is what is written.
    @Test(arguments: [1, 5]) func markdownNamesTheFiles(repeats: Int) throws {
        let page = try ExploredFixtures.page(adapters: 2, repeats: repeats).page
        let named = Report.markdown(page.report).matches(of: /\(([a-z-]+-Alcohol\.svg)\)/).map { String($0.output.1) }
        #expect(named == Report.figureFiles(page).map(\.name))
    }
}
