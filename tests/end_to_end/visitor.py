"""A person in front of a browser, and everything their browser complains about."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Route, expect

RESULTS = Path(__file__).resolve().parent.parent.parent / "test-results"
COURSE = "edge-deep-learning"
EXERCISE = "affine-quantization"
#: Longer than anything takes on a machine that is doing other work at the same time.
PATIENCE_MS = 20_000
HOME = re.compile(r"^https?://[^/]+/$")
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser with cookies of its own. `complaints` gathers what no page may cause."""

    def __init__(self, browser: Browser, site_url: str, *, width: int = 1280, locale: str = "en") -> None:
        self._context = browser.new_context(
            base_url=site_url,
            viewport={"width": width, "height": 900},
            locale=locale,
            reduced_motion="reduce",
        )
        self._context.set_default_timeout(PATIENCE_MS)
        self.page = self._new_page()
        self.complaints: list[str] = []
        self._is_offline = False
        self._is_refused = False

    def _new_page(self) -> Page:
        page = self._context.new_page()
        # The policy against foreign scripts and styles reports to the console, as failed requests do.
        page.on("console", lambda message: self._hear(message.type, f"{message.text} ({page.url})"))
        page.on("pageerror", lambda error: self._hear("error", f"{error} ({page.url})"))
        return page

    def _hear(self, kind: str, text: str) -> None:
        is_awaited = self._is_offline or (self._is_refused and "409" in text)
        if kind in {"error", "warning"} and not is_awaited:
            self.complaints.append(f"{kind}: {text}")

    def record(self) -> list[str]:
        """Every text that the browser gets from now on, whatever asked for it."""
        bodies: list[str] = []

        def pass_on(route: Route) -> None:
            response = route.fetch(max_redirects=0)
            bodies.append(response.body().decode(errors="replace"))
            route.fulfill(response=response)

        self._context.route("**/*", pass_on)
        return bodies

    def sign_in(self, name: str) -> None:
        """With the password of the demo course. In English, whatever they chose in a test before on the same site."""
        self.page.goto("/accounts/sign-in/")
        self.page.locator("#id_username").fill(name)
        self.page.locator("#id_password").fill(f"{name}-demo")
        self.page.locator("form:has(#id_password) button").click()
        self.page.wait_for_url(HOME)
        self.speak("English")

    def speak(self, language: str) -> None:
        """By the buttons in the header: "English" or "Português", unless the page speaks it."""
        code = {"English": "en", "Português": "pt-BR"}[language]
        if self.page.locator("html").get_attribute("lang") == code:
            return
        self.page.get_by_role("button", name=language, exact=True).first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", code)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """What the console says about lost connections is then no complaint."""
        self._is_offline = True
        self._context.set_offline(True)
        try:
            yield
        finally:
            self._context.set_offline(False)

    def hears_again(self) -> None:
        """After the last request that was under way when the connection was lost has failed."""
        self._is_offline = False

    def new_tab(self) -> Page:
        """Of the same browser."""
        return self._new_page()

    def expects_conflicts(self) -> None:
        """The browser itself reports every answer that the site refuses; from now on some are to be refused."""
        self._is_refused = True

    @contextmanager
    def expects_failures(self) -> Iterator[None]:
        """As while offline, but the connection is there: the site is not."""
        self._is_offline = True
        yield
        self._is_offline = False

    def show_as(self, *, theme: str, width: int) -> None:
        self.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        self.page.set_viewport_size({"width": width, "height": 900})

    def keep_screenshot(self, name: str) -> None:
        RESULTS.mkdir(exist_ok=True)
        safe = re.sub(r"[^\w.-]+", "-", name)
        self.page.screenshot(path=RESULTS / f"{safe}.png", full_page=True)

    def close(self) -> None:
        self._context.close()

    def tab_to(self, wanted: Locator, most: int = 80) -> None:
        """Only with the Tab key, and never to where the focus cannot be seen."""
        for _ in range(most):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS_IS_VISIBLE), f"focus without outline: {self.focused()}"
        raise AssertionError(f"{most} times Tab did not reach {wanted}; the last was {self.focused()}")

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


FOCUS_IS_VISIBLE = """() => {
  const element = document.activeElement;
  if (element === document.body) return true;
  const shown = [element, element.closest("label, .option, summary")].filter(Boolean);
  return shown.some(each => getComputedStyle(each).outlineStyle !== "none" || getComputedStyle(each).boxShadow !== "none");
}"""
