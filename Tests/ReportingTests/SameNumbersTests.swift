import Evaluation
import Foundation
import Reporting
import TestSupport
import Testing

/// Markdown, terminal, CSV and JSON hold one another: every number a person reads is that of the full-precision files.
@Suite struct SameNumbersTests {
    @Test(arguments: Fixtures.all.map(\.name)) func csvTellsTheNumbersOfTheJSON(name: String) throws {
        let input = try fixture(name)
        let found = try Oracle.run(
            SameNumbersTests.csvAgainstJSON, input: [Report.csv(input), try Report.json(input)], as: Agreement.self)
        #expect(found.differences == [])
        // Each adapter's row has at least 4 + 4 cells, 2 + 2 rates and the images.
        #expect(found.compared >= input.settings.flatMap(\.comparison.labels).flatMap(\.adapters).count * 17)
    }

    struct Agreement: Codable {
        var compared: Int
        var differences: [String]
    }

    /// Read by Python's `csv` and `json`, both of which keep every digit.
    private static let csvAgainstJSON = """
        import csv, io
        rows = list(csv.DictReader(io.StringIO(input[0], newline=""), strict=True))
        expected = []
        for setting in json.loads(input[1])["settings"]:
            for label in setting["comparison"]["labels"]:
                expected += [(setting["name"], label["label"], row) for row in [label["base"]] + label["adapters"]]
            expected += [(setting["name"], "", row) for row in setting["comparison"]["means"]]
        compared, differences = 0, []
        def check(row, column, value):
            global compared
            text = row[column]
            same = text == value if isinstance(value, str) else (float(text) if text else None) == value
            compared += value is not None
            if not same: differences.append(f"{column}: {text} and {value}")
        def estimate(row, name, value):
            interval = value.get("interval") or {}
            check(row, name, value.get("value"))
            check(row, name + "_lower", interval.get("lower"))
            check(row, name + "_upper", interval.get("upper"))
            check(row, name + "_missing", value.get("undefined") or value.get("interval_missing") or "")
        if len(rows) != len(expected): differences.append(f"{len(rows)} and {len(expected)} rows")
        for row, (setting, label, value) in zip(rows, expected):
            check(row, "split", setting)
            check(row, "label", label)
            check(row, "adapter", value.get("adapter", ""))
            check(row, "images", value.get("images"))
            check(row, "adapter_flagged_share", value.get("adapter_flagged_share"))
            for kind, prefix in [("false_negatives", "fn_"), ("false_positives", "fp_")]:
                errors = value["errors"][kind]
                if "matched" in value:
                    estimate(row, prefix + "matched_improvement", value["matched"][kind]["improvement"])
                if label == "":
                    estimate(row, prefix + "improvement", errors["improvement"])
                    continue
                if "cells" not in errors:
                    check(row, prefix + "base_errors", errors["errors"])
                    estimate(row, prefix + "base_rate", errors["rate"])
                    continue
                check(row, prefix + "matched_base_errors", value["matched"][kind]["base_errors"])
                check(row, prefix + "matched_adapter_errors", value["matched"][kind]["adapter_errors"])
                for name in ["base_rate", "adapter_rate", "rate_difference", "improvement"]:
                    estimate(row, prefix + name, errors[name])
                for name, count in errors["cells"].items():
                    check(row, prefix + name, count)
                check(row, prefix + "p_value", errors["significance"].get("p_value"))
                check(row, prefix + "adjusted_p_value", errors["significance"].get("adjusted_p_value"))
                check(row, prefix + "verdict", errors["verdict"])
        answer({"compared": compared, "differences": differences})
        """

    @Test(arguments: Fixtures.all.map(\.name)) func tablesForPeopleRoundTheNumbersOfTheCSV(name: String) throws {
        let input = try fixture(name)
        let rows = try csvRows(input).filter { $0["row"] != "mean" }
        let labels = input.settings[0].comparison.labels
        let markdown = markdownRows(Report.markdown(input))
        // The terminal has the tables of the main setting, which is the first.
        let terminal = terminalRows(Report.terminal(input), rows: labels[0].adapters.count + 1)
        #expect(markdown.count == rows.count && terminal.count == labels.count * (labels[0].adapters.count + 1))
        for (csv, markdown) in zip(rows, markdown).dropFirst(terminal.count) {
            let counts = numbers(markdown[1])
            let column = csv["row"] == "base" ? "fn_base_errors" : "fn_adapter_errors"
            #expect(isClose(counts[0], Double(csv[column] ?? ""), decimals: 1))
        }
        for (csv, (markdown, terminal)) in zip(rows, zip(markdown, terminal)) {
            let isBase = csv["row"] == "base"
            #expect(markdown[0].hasPrefix(isBase ? "base model" : String((csv["adapter"] ?? "").prefix(1))))
            // Terminal columns of the base model's row have no verdict.
            let terminalColumns = isBase ? (fn: 1, fp: 3, flagged: 5) : (fn: 1, fp: 4, flagged: 7)
            for (prefix, columns) in [("fn", (1, terminalColumns.fn)), ("fp", (4, terminalColumns.fp))] {
                check(csv, prefix, markdown: markdown, columns.0, terminal: terminal, columns.1)
            }
            let share = Double(csv[isBase ? "base_flagged_share" : "adapter_flagged_share"] ?? "")
            #expect(isRounded(markdown[7], [share], scale: 100, decimals: 1))
            #expect(terminal[terminalColumns.flagged] == markdown[7])
        }
    }

    /// One kind of error in one row: its count, images, rate, improvement and verdict.
    private func check(
        _ csv: [String: String], _ prefix: String, markdown: [String], _ column: Int, terminal: [String], _ place: Int
    ) {
        let number = { (name: String) in Double(csv["\(prefix)_\(name)"] ?? "") }
        let isBase = csv["row"] == "base"
        let counts = numbers(markdown[column])
        #expect(isClose(counts[0], number(isBase ? "base_errors" : "adapter_errors"), decimals: 1))
        #expect(isClose(counts[1], number("images"), decimals: 1))
        #expect(isClose(counts[2], number(isBase ? "base_rate" : "adapter_rate").map { $0 * 100 }, decimals: 1))
        #expect(numbers(terminal[place]) == [counts[0]])
        let improvement = ["improvement", "improvement_lower", "improvement_upper"].map(number)
        #expect(isRounded(markdown[column + 1], improvement, scale: 100, decimals: 0))
        #expect(unmarked(terminal[place + 1]) == unmarked(markdown[column + 1]))
        guard !isBase else { return }
        let words = ["improved": "improved", "worse": "worse", "no_evidence": "no evidence"]
        let verdict = words[csv["\(prefix)_verdict"] ?? ""] ?? "too small"
        #expect(markdown[column + 2].replacing("**", with: "") == verdict)
        #expect(terminal[place + 2] == verdict)
    }

    @Test func curvesInTheCSVAreThoseOfTheJSON() throws {
        let input = try Fixtures.settings()
        let csv = try #require(Report.curveFiles(input).first { $0.name == "curves.csv" }).text
        let found = try Oracle.run(
            SameNumbersTests.curvesAgainstJSON, input: [csv, try Report.json(input)], as: Agreement.self)
        #expect(found.differences == [])
        // Two labels of two adapters: three distinct sizes of one split, two of the other.
        #expect(found.compared == 2 * 2 * (3 + 2))
    }

    private static let curvesAgainstJSON = """
        import csv, io
        rows = list(csv.DictReader(io.StringIO(input[0], newline=""), strict=True))
        expected = [(curve, adapter, index) for curve in json.loads(input[1])["curves"]
                    for adapter in curve["adapters"] for index in range(len(adapter["points"]))]
        differences = [] if len(rows) == len(expected) else [f"{len(rows)} and {len(expected)} rows"]
        for row, (curve, adapter, index) in zip(rows, expected):
            point = adapter["points"][index]
            values = {"split": curve["split"], "label": curve["label"], "adapter": adapter["adapter"]}
            for name in ["positives", "negatives"]:
                values["requested_" + name] = str(point["requested"].get(name, "all"))
                values["has_all_" + name] = str(point["has_all_" + name]).lower()
            for name in ["positives", "negatives", "groups", "repeats"]: values[name] = point[name]
            for kind, prefix in [("false_negatives", "fn_"), ("false_positives", "fp_")]:
                estimate = point["improvement"][kind]
                interval = estimate.get("interval") or {}
                values[prefix + "improvement"] = estimate.get("value")
                values[prefix + "improvement_lower"] = interval.get("lower")
                values[prefix + "improvement_upper"] = interval.get("upper")
                values[prefix + "improvement_missing"] = (
                    estimate.get("undefined") or estimate.get("interval_missing") or "")
                needed = adapter["images_needed"][kind]
                values[prefix + "from_here_above_zero"] = str(needed.get("above_zero") == index).lower()
                values[prefix + "from_here_harmless"] = str(needed.get("harmless") == index).lower()
                values[prefix + "rate_difference"] = point["rate_difference"][kind].get("value")
                values[prefix + "from_here_most_of_full"] = str(needed.get("most_of_full") == index).lower()
            for name, value in values.items():
                text = row[name]
                same = text == value if isinstance(value, str) else (float(text) if text else None) == value
                if not same: differences.append(f"{name}: {text} and {value}")
        answer({"compared": len(rows), "differences": differences})
        """

    /// What the page explores, as Swift encodes it, is what stands in the files beside it.
    @Test(arguments: [1, 4]) func explorationsInTheCSVsAreThoseOfThePage(repeats: Int) throws {
        struct Input: Encodable { let files: [String: String], explorations: [LabelExploration] }
        let page = try ExploredFixtures.page(adapters: 3, repeats: repeats).page
        let files = Dictionary(uniqueKeysWithValues: Report.explorationFiles(page).map { ($0.name, $0.text) })
        let found = try Oracle.run(
            SameNumbersTests.explorationsAgainstJSON, input: Input(files: files, explorations: page.explorations),
            as: Agreement.self)
        #expect(found.differences == [])
        // Base model and three adapters at 99 thresholds, and their curves.
        #expect(found.compared > 4 * 99 * 7)
    }

    private static let explorationsAgainstJSON = """
        import csv, io
        rows = {n: list(csv.DictReader(io.StringIO(t, newline=""), strict=True)) for n, t in input["files"].items()}
        expected = {n: [] for n in rows}
        for exploration in input["explorations"]:
            for model in exploration["models"]:
                who = {"label": exploration["label"], "adapter": model.get("adapter", "")}
                for confidence, point in zip(exploration["confidences"], model["points"]):
                    row = dict(who, confidence=confidence, flagged_share=point["flaggedShare"])
                    for kind, prefix in [("falseNegatives", "fn_"), ("falsePositives", "fp_")]:
                        errors = point["errors"][kind]
                        for name in ["errors", "fixed", "broken"]: row[prefix + name] = errors[name]
                        improvement = errors.get("improvement") or {}
                        interval = improvement.get("interval") or {}
                        row[prefix + "improvement"] = improvement.get("value")
                        row[prefix + "improvement_lower"] = interval.get("lower")
                        row[prefix + "improvement_upper"] = interval.get("upper")
                    expected["thresholds.csv"].append(row)
                expected["precision-recall.csv"] += [
                    dict(who, average_precision=model["averagePrecision"], **p) for p in model["precisionRecall"]]
                expected["reliability.csv"] += [
                    dict(who, bin=b["bin"], tests=b["tests"], mean_confidence=b["meanConfidence"],
                         share_present=b["sharePresent"]["value"],
                         expected_calibration_error=model["expectedCalibrationError"]) for b in model["reliability"]]
        compared, differences = 0, []
        for name in rows:
            if len(rows[name]) != len(expected[name]): differences.append(f"{name}: rows")
            for row, values in zip(rows[name], expected[name]):
                for column, value in values.items():
                    text = row[column]
                    same = text == value if isinstance(value, str) else (float(text) if text else None) == value
                    compared += 1
                    if not same: differences.append(f"{name}, {column}: {text} and {value}")
        answer({"compared": compared, "differences": differences[:5]})
        """

    @Test(arguments: Fixtures.all.map(\.name)) func stillWrongImagesAreThoseOfTheJSON(name: String) throws {
        let input = try fixture(name)
        let csv = Report.stillWrongCSV(input) ?? ""
        let found = try Oracle.run(
            SameNumbersTests.stillWrongAgainstJSON,
            input: [csv, try Report.json(input), Report.markdown(input)], as: Agreement.self)
        #expect(found.differences == [])
        // All but `small` leave something wrong.
        #expect(name == "small" ? found.compared == 0 : found.compared > 10)
    }

    /// The rows of the CSV from the JSON's tables, and the tables of the Markdown, which are of the first setting.
    private static let stillWrongAgainstJSON = """
        import csv, io, re
        rows = list(csv.DictReader(io.StringIO(input[0], newline=""), strict=True))
        settings = json.loads(input[1])["settings"]
        kinds = ["false_negatives", "false_positives"]
        expected, sections = [], {}
        for setting in settings:
            for label in setting["comparison"]["labels"]:
                for adapter in label["adapters"]:
                    for kind in kinds:
                        table, groups = adapter["image_tests"][kind], {}
                        for values in table["rows"]:
                            cells = dict(zip(table["columns"], values))
                            image = setting["comparison"]["images"][cells.pop("image")]
                            tested, wrong = sum(cells.values()), cells["both_wrong"] + cells["broken"]
                            base = cells["both_wrong"] + cells["fixed"]
                            if wrong >= tested / 2:
                                expected.append([setting["name"], label["label"], adapter["adapter"], kind,
                                                 image["group"], image["path"], str(tested), str(wrong), str(base)])
                            group = groups.setdefault(image["group"], [0, 0, 0, 0])
                            for place, value in enumerate([1, tested, base, wrong]): group[place] += value
                        if setting is settings[0]:
                            shown = [(g, v[0], 100 * v[2] / v[1], 100 * v[3] / v[1]) for g, v in groups.items() if v[3]]
                            shown.sort(key=lambda row: -row[1] * row[3])
                            sections[label["label"], adapter["adapter"], kind] = shown[:12]
        differences = [] if [list(row.values()) for row in rows] == expected else ["rows differ"]
        text = input[2].split("## Still wrong")[1].split("\\n## ")[0]
        for part in text.split("\\n### ")[1:]:
            label, adapter = part.split("\\n")[0].replace("\\\\", "").rsplit(", ", 1)
            for kind in kinds:
                body = part.split(kind.replace("_", " ") + " are left")[1].split(" are left in")[0]
                lines = [re.split(r" [|] ", l.strip("| ")) for l in body.splitlines() if l.startswith("|")][2:]
                shown = sections[label, adapter, kind]
                same = len(lines) == len(shown) and all(
                    line[0] == row[0] and int(line[1]) == row[1] and abs(float(line[2][:-1]) - row[2]) < 0.051
                    and abs(float(line[3][:-1]) - row[3]) < 0.051 for line, row in zip(lines, shown))
                if not same: differences.append(f"{label}, {adapter}, {kind}: {lines} and {shown}")
        answer({"compared": len(rows), "differences": differences})
        """

    private func fixture(_ name: String) throws -> ReportInput {
        try #require(Fixtures.all.first { $0.name == name }).make()
    }

    /// The rows as Python's `csv` reads them, by column name.
    private func csvRows(_ input: ReportInput) throws -> [[String: String]] {
        try Oracle.run(
            """
            import csv, io
            answer(list(csv.DictReader(io.StringIO(input, newline=""), strict=True)))
            """, input: Report.csv(input))
    }

    /// The rows of the main tables: those under a header that has `Flagged`.
    private func markdownRows(_ text: String) -> [[String]] {
        var isMain = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            guard line.hasPrefix("|") else {
                isMain = false
                return nil
            }
            let cells = line.replacing("\\|", with: "¦").split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if cells.contains("Flagged ↓") { isMain = true }
            return isMain && !cells.contains("---") && !cells.contains("Flagged ↓") ? cells : nil
        }
    }

    /// The lines below each header, cut where two spaces or more stand.
    private func terminalRows(_ text: String, rows: Int) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let headers = lines.indices.filter { lines[$0].hasPrefix("adapter ") }
        return headers.flatMap { header in
            lines[(header + 1)...(header + rows)].map { line in
                line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
                    !$0.isEmpty
                }
            }
        }
    }

    /// Every number in `text`, percent signs and brackets aside.
    private func numbers(_ text: String) -> [Double] {
        text.replacing("−", with: "-").matches(of: /[-+]?[0-9]+(\.[0-9]+)?/).compactMap { Double($0.output.0) }
    }

    /// Notes are numbered by table, which Markdown and terminal share, but cells are compared without them.
    private func unmarked(_ text: String) -> String { text.filter { !"¹²³⁴⁵⁶⁷⁸⁹⁰,".contains($0) } }

    private func isRounded(_ text: String, _ values: [Double?], scale: Double, decimals: Int) -> Bool {
        let expected = values.compactMap { $0 }.map { $0 * scale }
        let shown = numbers(text)
        guard !expected.isEmpty else { return text.hasPrefix("—") }
        return shown.count == expected.count
            && zip(shown, expected).allSatisfy { isClose($0, $1, decimals: decimals) }
    }

    /// Within half a unit of the last decimal shown; the rest is for rounding of the product with 100.
    private func isClose(_ shown: Double, _ value: Double?, decimals: Int) -> Bool {
        guard let value else { return false }
        return abs(shown - value) <= (decimals == 1 ? 0.05 : 0.5) + 1e-9
    }
}
