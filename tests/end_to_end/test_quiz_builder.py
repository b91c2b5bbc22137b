"""An instructor makes an exam with the keyboard and the mouse; axe looks at every page of the builder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.end_to_end.looks import faults
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AWAY = """
from prova.quizzes.models import Attempt, Quiz
Attempt.with_previews.filter(quiz__slug="final-exam").delete()
Quiz.objects.filter(slug="final-exam").delete()
"""


@pytest.fixture(scope="module")
def ada(browser: Browser, site: Site) -> Iterator[Visitor]:
    visitor = Visitor(browser, site.url)
    visitor.sign_in("ada")
    yield visitor
    visitor.close()
    # Other journeys of the same site count the quizzes of its course.
    site.manage("shell", "-c", AWAY)


#: a narrower phone than elsewhere: the builder has the widest rows
LOOKS = (("light", 1280), ("dark", 360))


def test_an_exam_is_made_previewed_and_published(ada, site):
    page, base = ada.page, f"{site.url}/courses/{COURSE}/teaching/quizzes"
    page.goto(f"{base}/")
    page.get_by_role("link", name="New quiz").click()
    page.get_by_label("Title (English)").fill("Final exam")
    page.get_by_label("Title (Português)").fill("Prova final")
    page.get_by_role("button", name="Make the quiz").click()
    page.get_by_role("button", name="Add a section").click()
    page.get_by_label("Topic").select_option("pruning")
    page.get_by_role("button", name="Search").click()
    boxes = page.locator(".builder-hits input")
    expect(boxes.first).to_be_visible()
    for place in range(2):
        boxes.nth(place).check()
    page.get_by_role("button", name="Add the chosen ones").click()
    page.locator("input[name=draws]").last.fill("2")
    page.get_by_role("button", name="Add a pool").click()
    lines = page.locator(".builder-line")
    expect(lines).to_have_count(3)
    second = lines.nth(1).get_attribute("data-key")
    ada.tab_to(page.locator(f"#up-{second}"))
    page.keyboard.press("Enter")
    expect(lines.first).to_have_attribute("data-key", second)
    found = faults(ada, "questions", LOOKS)
    for name in ("settings", "accommodations", "now"):
        page.goto(f"{base}/final-exam/{name}/")
        found += faults(ada, name, LOOKS)
    page.get_by_role("button", name="Preview as a student").click()
    expect(page.get_by_text("Preview: it never counts")).to_be_visible()
    expect(page.locator(".question")).to_have_count(4)
    page.goto(f"{base}/final-exam/questions/")
    page.get_by_role("button", name="Publish the quiz").click()
    expect(page.get_by_text("The quiz is published.")).to_be_visible()
    page.goto(f"{base}/")
    found += faults(ada, "quizzes", LOOKS)
    assert not found, "\n".join(found)
