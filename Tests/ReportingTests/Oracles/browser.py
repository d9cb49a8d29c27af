"""Debian's Chromium without a window, and what the tests of the report page ask of it.

MODERATO_SCREENSHOTS names a folder that keeps what it saw.
"""

import base64
import contextlib
import importlib.util
import json
import os
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

BROWSER, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"


@contextlib.contextmanager
def opened(page, width=1280, height=900, script=True):
    """The browser with `page`, a file, open at a size in CSS pixels."""
    for program in (BROWSER, DRIVER):
        if not os.path.exists(program):
            raise SystemExit(f"{program} is missing: Scripts/setup.sh test installs it")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    # Or Chromium would keep a file from servers of this machine by itself, and a policy could not be seen to.
    options.add_argument("--disable-features=LocalNetworkAccessChecks")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        resize(driver, width, height)
        driver.get(pathlib.Path(page).as_uri())
        yield driver
    finally:
        driver.quit()


def resize(driver, width, height):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})


def prefer(driver, scheme="light", media="screen"):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]})


def requests(driver):
    """Addresses asked for since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


def complaints(driver):
    """What the console said."""
    return [entry["message"] for entry in driver.get_log("browser")]


def violations(driver, *rules):
    """What axe-core, a checker of accessibility, finds wrong: the rule and the first elements; by all rules or by these."""
    folder = importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0]
    driver.execute_script(pathlib.Path(folder, "axe.min.js").read_text())
    found = driver.execute_async_script(
        "const [options, done] = arguments; axe.run(document, options).then(r => done(r.violations))",
        {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})})
    return [f"{rule['id']}: {rule['help']}: {[node['html'][:120] for node in rule['nodes'][:3]]}" for rule in found]


def background(driver):
    return driver.execute_script("return getComputedStyle(document.body).backgroundColor")


def rows(driver, table):
    """The texts of a table's body, as they are read."""
    return driver.execute_script(
        "return [...arguments[0].tBodies[0].rows].map(r => [...r.cells].map(c => c.innerText.trim()))", table)


def open_all(driver):
    driver.execute_script("for (const fold of document.querySelectorAll('details')) "
                          "{ fold.removeAttribute('name'); fold.open = true }")


def keep(driver, name, whole=False):
    """Keeps what the browser shows, or the whole page, where somebody wants to look at it."""
    folder = os.environ.get("MODERATO_SCREENSHOTS")
    if folder:
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": whole, **(
            {"clip": {"x": 0, "y": 0, "scale": 1, "width": driver.execute_script("return innerWidth"),
                      "height": driver.execute_script("return document.documentElement.scrollHeight")}}
            if whole else {})})
        pathlib.Path(folder, f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
