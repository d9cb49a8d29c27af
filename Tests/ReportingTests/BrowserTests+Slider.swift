import Evaluation
import Foundation
import Moderation
import Reporting
import TestSupport
import Testing

/// The slider over thresholds.
extension BrowserTests {
    /// At every threshold and for every label the slider shows what the library computed, rounded by Python; at the declared
    /// one, the texts of the main table.
    @Test func theSliderShowsWhatTheLibraryComputes() throws {
        let page = try PageFixtures.explored()
        let images = page.report.settings[0].comparison.labels.map { label in
            ErrorKind.allCases.map { label.base.errors[$0].images }
        }
        let found = try Browser.run(
            BrowserTests.slide, page: Report.html(page),
            input: Explored(explorations: page.explorations, images: images),
            as: Agreement.self)
        #expect(found.differences == [])
        // Two labels, 99 whole percentages and the declared 62.5, five models of five cells.
        #expect(found.compared == 2 * 100 * 5 * 5)
    }

    private struct Explored: Encodable {
        let explorations: [LabelExploration]
        /// Of each label, images with it and without.
        let images: [[Double]]
    }

    private struct Agreement: Codable {
        var compared: Int
        var differences: [String]
    }

    private static let slide = """
        def signed(value):
            text = f"{abs(value) * 100:.0f}"
            return ("" if text == "0" else "−" if value < 0 else "+") + text
        def improvement(estimate):
            if estimate is None: return "—"
            if "value" not in estimate: return "—"
            interval = estimate.get("interval")
            return signed(estimate["value"]) + "%" + (
                f" [{signed(interval['lower'])}, {signed(interval['upper'])}]" if interval else "")
        def cells(point):
            row = []
            for kind in ["falseNegatives", "falsePositives"]:
                errors = point["errors"][kind]
                row += [f"{errors['errors']:.1f}", improvement(errors.get("improvement"))]
            return row + [f"{point['flaggedShare'] * 100:.1f}%"]
        def unmarked(text): return text.rstrip("¹²³⁴⁵⁶⁷⁸⁹⁰,") if text.startswith(("—", "+", "−", "0%")) else text
        compared, differences = 0, []
        def check(name, shown, expected):
            global compared
            compared += len(expected)
            if [unmarked(text) for text in shown] != expected: differences.append(f"{name}: {shown} and {expected}")
        with opened(page) as driver:
            slider = driver.find_element(By.ID, "explored-threshold")
            choice = driver.find_element(By.ID, "explored-label")
            main = [rows(driver, t) for t in driver.find_elements(By.CSS_SELECTOR, "#results table.results")]
            for place, exploration in enumerate(input["explorations"]):
                choice.find_elements(By.TAG_NAME, "option")[place].click()
                shown = driver.execute_script('''
                    const [slider, panel] = arguments, all = [];
                    for (let index = 0; index <= Number(slider.max); index++) {
                        slider.value = index;
                        slider.dispatchEvent(new Event("input", {bubbles: true}));
                        all.push([slider.getAttribute("aria-valuetext"), document.getElementById("explored-number").value,
                            [...panel.querySelectorAll("tbody tr")].map(r => [...r.cells].slice(1).map(c => c.innerText)),
                            [...panel.querySelectorAll(".moving")].map(
                                m => [m.dataset.model, ...m.getAttribute("transform").match(/[0-9.]+/g)].map(Number))]);
                    }
                    return all''', slider, driver.find_elements(By.CSS_SELECTOR, ".panel")[place])
                if len(shown) != len(exploration["confidences"]): differences.append("other thresholds")
                for index, (spoken, number, table, marks) in enumerate(shown):
                    confidence = exploration["confidences"][index]
                    if float(number) != confidence or spoken != f"{confidence:g}%":
                        differences.append(f"{confidence}: {number}, {spoken}")
                    for model, texts in zip(exploration["models"], table):
                        check(f"{confidence} {model.get('adapter')}", texts, cells(model["points"][index]))
                    # Both axes are 236 units long, the origin at (48, 248); lengths are rounded to tenths.
                    for model, x, y in marks:
                        errors = exploration["models"][int(model)]["points"][index]["errors"]
                        present, absent = input["images"][place]
                        rates = errors["falsePositives"]["errors"] / absent, errors["falseNegatives"]["errors"] / present
                        if max(abs(x - 48 - 236 * rates[0]), abs(248 - y - 236 * rates[1])) > 0.0501:
                            differences.append(f"mark of {model} at {confidence}: {x}, {y} and {rates}")
                    if len(marks) != len(exploration["models"]): differences.append("other marks")
                declared = shown[exploration["confidences"].index(62.5)][2]
                for row, texts in zip(main[place], declared):
                    wanted = [row[1].split(" of ")[0].split()[0], row[2], row[4].split()[0], row[5], row[7]]
                    if texts != wanted: differences.append(f"declared: {texts} and {wanted}")
                keep(driver, f"explorer-{place}")
            if complaints(driver): differences.append("the console complains")
        answer({"compared": compared, "differences": differences})
        """

    /// Arrow keys, typing, the button, the address: all lead to the same numbers, and they are said aloud.
    @Test func theSliderIsUsedFromTheKeyboard() throws {
        let found = try Browser.run(
            """
            import time
            answers = {}
            with opened(page) as driver:
                slider, number = (driver.find_element(By.ID, f"explored-{name}") for name in ["threshold", "number"])
                back = driver.find_element(By.CSS_SELECTOR, ".explorer button")
                claim = driver.find_element(By.CSS_SELECTOR, ".claim")
                table = driver.find_element(By.CSS_SELECTOR, ".panel table")
                def state(name):
                    time.sleep(0.4)
                    answers[name] = [slider.get_attribute("aria-valuetext"), number.get_attribute("value"),
                                     driver.execute_script("return location.hash"), str(back.is_enabled()),
                                     claim.text[:10]]
                state("start")
                start = rows(driver, table)
                driver.execute_script("document.querySelector('#explored-label').focus()")
                driver.switch_to.active_element.send_keys(Keys.TAB)
                answers["focus"] = [driver.switch_to.active_element.get_attribute("id")]
                slider.send_keys(Keys.ARROW_RIGHT); state("right")
                slider.send_keys(Keys.HOME); state("home")
                slider.send_keys(Keys.END, Keys.ARROW_LEFT); state("end, left")
                number.send_keys(Keys.CONTROL, "a"); number.send_keys("30"); state("typed")
                moved = rows(driver, table)
                driver.get(driver.current_url); driver.refresh()
                slider, number = (driver.find_element(By.ID, f"explored-{name}") for name in ["threshold", "number"])
                back = driver.find_element(By.CSS_SELECTOR, ".explorer button")
                claim = driver.find_element(By.CSS_SELECTOR, ".claim")
                table = driver.find_element(By.CSS_SELECTOR, ".panel table")
                state("opened by address")
                answers["seen"] = [str(driver.execute_script("return scrollY > 0"))]
                answers["same"] = [str(rows(driver, table) == moved), str(moved != start)]
                back.send_keys(Keys.ENTER); state("back")
                answers["same"] += [str(rows(driver, table) == start)]
                answers["said"] = [driver.find_element(By.CSS_SELECTOR, "[aria-live]").get_attribute("textContent")]
                number.send_keys(Keys.CONTROL, "a"); number.send_keys("1e9", Keys.TAB); state("out of range")
                answers["console"] = complaints(driver)
            answer(answers)
            """, page: Report.html(try PageFixtures.explored()), input: "", as: [String: [String]].self)
        #expect(found["start"] == ["62.5%", "62.5", "", "False", "The declar"])
        #expect(found["focus"] == ["explored-threshold"])
        #expect(found["right"] == ["63%", "63", "#threshold=63&label=0", "True", "A threshol"])
        #expect(found["home"]?[0] == "1%" && found["end, left"]?[0] == "98%")
        #expect(found["typed"] == ["30%", "30", "#threshold=30&label=0", "True", "A threshol"])
        #expect(found["opened by address"] == found["typed"])
        #expect(found["seen"] == ["True"])
        #expect(found["back"] == found["start"])
        #expect(found["same"] == ["True", "True", "True"])
        #expect(found["said"]?[0].hasPrefix("At 62.5%: base model, FN 19.2, FP 16.5; threshold-only, FN ") == true)
        #expect(found["out of range"]?[1] == "99")
        #expect(found["console"] == [])
    }
}
