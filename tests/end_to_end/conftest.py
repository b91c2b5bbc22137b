"""A real site and Debian's Chromium. One site for all browser tests that run in the same process."""

from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import chromium
from tests.end_to_end.visitor import Visitor
from tests.site import Site

_FAILED = pytest.StashKey[bool]()
_SHOWN_OF_A_LOG = 6000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not longer than a module: while Playwright runs, Django refuses to use the database from the same thread."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`visit("lin")`: a new browser in which the person has signed in. Fails the test for what a console complains of."""
    visitors: list[Visitor] = []

    def start(name: str = "") -> Visitor:
        visitor = Visitor(browser, site.url)
        visitors.append(visitor)
        if name:
            visitor.sign_in(name)
        return visitor

    yield start
    failed = request.node.stash.get(_FAILED, True)
    for number, visitor in enumerate(visitors, start=1):
        if failed and not visitor.page.is_closed():
            visitor.keep_screenshot(f"{request.node.name}-{number}")
        visitor.close()
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    if failed or complaints:
        # Goes with the data folder of the site; pytest shows it beside the failure.
        print(_last_faults(site))
    assert not complaints, "\n".join(complaints)


def _last_faults(site: Site) -> str:
    """What the servers of the site complained of last."""
    logs = {name: site.log(name) for name in ("web", "web-worker", "grading-worker")}
    found = {
        name: log[log.rfind(" ERROR ") :][:_SHOWN_OF_A_LOG] for name, log in logs.items() if " ERROR " in log
    }
    return "\n".join(f"last error of {name}:{text}" for name, text in found.items())
