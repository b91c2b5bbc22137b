"""Practising with the keyboard alone, from a quiz's result to the next question; axe looks at every page of it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.end_to_end import journeys
from tests.end_to_end.looks import LANGUAGES, LOOKS, faults, open_everything
from tests.end_to_end.visitor import COURSE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TURN = re.compile(r"/practice/\d+/$")


def press(page: Page, target: Locator, key: str) -> None:
    expect(target).to_be_visible()
    target.focus()
    with page.expect_navigation():
        page.keyboard.press(key)


def looked_at(visitor: Visitor, language: str) -> None:
    """Faces of the page: two looks of one language."""
    visitor.speak(LANGUAGES[language])
    open_everything(visitor.page)
    assert faults(visitor, f"practice, {language}", LOOKS[language]) == []


def test_a_learner_practises_with_the_keyboard_and_reads_why(visit) -> None:
    lin: Visitor = visit("lin")
    page = lin.page
    journeys.take_quiz(lin)
    press(page, page.locator("button[name=question]").first, "Enter")
    expect(page).to_have_url(TURN)
    looked_at(lin, "en")

    asked = page.url
    choices = page.locator("main .option input")
    if choices.count():
        choices.first.focus()
        page.keyboard.press("Space")
    else:
        page.locator("main input[type=text]").first.focus()
        page.keyboard.type("0.5")
    press(page, page.locator("button[value=answer]"), "Enter")
    expect(page).to_have_url(asked)
    expect(page.locator(".question--result .question__why")).to_be_visible()
    expect(page.locator("figure.practice-chart")).to_be_visible()
    looked_at(lin, "pt-br")

    press(page, page.locator("button[name=topic]"), "Enter")
    expect(page).to_have_url(TURN)
    press(page, page.locator("button[value=show]"), "Space")
    expect(page.locator(".question--result")).to_be_visible()

    page.goto(f"/courses/{COURSE}/practice/")
    expect(page.locator("figure.practice-chart").first).to_be_visible()
    looked_at(lin, "en")
