"""A page in headless Chromium, and what it asked for and complained of."""

import json
import shutil

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


class Browser:
    """One window. Everything that waits does so for ten seconds at most."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        # As root, as in a container, Chromium has no sandbox.
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]:
            options.add_argument(argument)
        browser, driver = (next(filter(None, map(shutil.which, names)), None) for names in [
            ["chromium", "chromium-browser", "google-chrome"], ["chromedriver"]])
        assert browser and driver, "no chromium or no chromedriver; expected both, as scripts/setup tools installs them"
        options.binary_location = browser
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=webdriver.ChromeService(driver), options=options)

    def open(self, path, width=1280, height=900, scheme="light"):
        """Opens a file from the disk in a fresh window of this size."""
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.driver.get(path.as_uri())
        self.wait(lambda: self.all("main section"))

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.one(selector).text

    def press(self, *keys):
        """Presses keys wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, key, key))

    def wait(self, condition):
        return WebDriverWait(self.driver, 10).until(lambda _: condition())

    def choose(self, label, text):
        """Chooses an option of a field by their texts."""
        self.run(
            """
            const fields = [...document.querySelectorAll('label.field')];
            const field = fields.find((node) => node.textContent.startsWith(arguments[0]));
            const select = field.querySelector('select');
            select.value = [...select.options].find((option) => option.textContent === arguments[1]).value;
            select.dispatchEvent(new Event('change'));
            """, label, text)

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """The addresses that were asked for since the page was opened, what is in the page itself apart."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith("data:")]

    def quit(self):
        self.driver.quit()
