import Evaluation
import Foundation
import Moderation
import Reporting
import TestSupport
import Testing

/// What the page may not do, whatever stands in it.
extension BrowserTests {
    /// Nothing is asked for when the page is opened and used, and its policy stops whoever would try: a server beside it hears
    /// nothing, but hears five requests of the same page without its policy.
    @Test func noRequestLeavesThePage() throws {
        let found = try Browser.run(
            BrowserTests.leak, page: Report.html(try PageFixtures.explored(picture: Pictures.one())), input: "",
            as: [[String]].self)
        #expect(found[0].count == 1 && found[0][0].hasPrefix("file:///") && found[0][0].hasSuffix(".html"))
        #expect(found[1] == [])
        #expect(
            found[2] == [
                "connect-src", "form-action", "frame-src", "img-src", "ran: undefined", "script-src-attr",
                "script-src-elem", "style-src-elem",
            ])
        #expect(found[3] == [])
        #expect(found[4] == ["ran: 1"] && found[5] == ["/beacon", "/fetch", "/form", "/frame", "/image"])
    }

    private static let leak = """
        import http.server, re, threading, time
        heard = set()
        class Ear(http.server.BaseHTTPRequestHandler):
            def do_GET(self): heard.add(self.path); self.send_response(204); self.end_headers()
            do_POST = do_GET
            def log_message(self, *arguments): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        def attack(driver):
            stopped = driver.execute_async_script('''
                const [address, done] = arguments, stopped = [];
                document.addEventListener("securitypolicyviolation", e => stopped.push(e.effectiveDirective));
                const add = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
                fetch(address + "/fetch", {mode: "no-cors"}).catch(() => 0);
                navigator.sendBeacon(address + "/beacon", "x");
                new Image().src = address + "/image";
                add("script", {textContent: "window.ran = 1"});
                add("style", {textContent: "body{color:red}"});
                add("iframe", {src: address + "/frame"});
                add("form", {id: "leak", method: "post", action: address + "/form"});
                document.body.setAttribute("onclick", "window.ran = 1");
                document.getElementById("leak").submit();
                setTimeout(() => done([...stopped, "ran: " + window.ran]), 700);
                ''', f"http://127.0.0.1:{server.server_port}")
            return sorted(set(stopped)), sorted(heard)
        with opened(page) as driver:
            for button in driver.find_elements(By.CSS_SELECTOR, "button.reveal-all"): button.click()
            open_all(driver)
            driver.find_element(By.ID, "explored-threshold").send_keys(Keys.ARROW_RIGHT)
            driver.execute_script("for (let y = 0; y < document.body.scrollHeight; y += 600) scrollTo(0, y)")
            time.sleep(0.5)
            asked = [url for url in requests(driver) if not url.startswith("data:image/")]
            console = complaints(driver)
            stopped, quiet = attack(driver)
            text = pathlib.Path(page).read_text()
            pathlib.Path(page).write_text(re.sub("<meta http-equiv[^>]*>", "", text))
            driver.get(pathlib.Path(page).as_uri())
            open_door, loud = attack(driver)
        answer([asked, console, stopped, quiet, open_door, loud])
        """

    @Test func foreignNamesAreShownAndDoNothing() throws {
        let page = try PageFixtures.hostile()
        let found = try Browser.run(
            """
            with opened(page) as driver:
                names = [row[0] for row in rows(driver, driver.find_element(By.CSS_SELECTOR, "table.results"))]
                counts = driver.execute_script(
                    "return ['script', 'img', 'b', 'style', '[onload]', '[onerror]']"
                    ".map(s => String(document.querySelectorAll(s).length))")
                shown = [driver.title, driver.find_element(By.TAG_NAME, "h2").text]
                copy = driver.find_element(By.CSS_SELECTOR, "#run .commands button")
                copy.click()
                WebDriverWait(driver, 5).until(lambda _: copy.text != "Copy")
                console = complaints(driver)
            answer([names, counts, shown, console])
            """, page: Report.html(page), input: "", as: [[String]].self)
        #expect(Array(found[0].prefix(4)) == ["base model"] + PageFixtures.hostileNames.prefix(3))
        // The data, and the page's own script; no other element came of a name.
        #expect(found[1] == ["2", "0", "0", "1", "0", "0"])
        #expect(found[2][1] == "</title><script>alert(4)</script>")
        #expect(found[3] == [])
    }
}
