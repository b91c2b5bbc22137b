"""An instructor finds that a key is wrong, corrects it on the web, and brings it to the attempts that were submitted."""

import re
from threading import Event

import pytest
from playwright.sync_api import Page, Route, expect

from tests.end_to_end.looks import violations
from tests.end_to_end.visitor import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUIZ = "optimisation-for-edge-devices"
QUESTION = "ranges-of-activations"
NOTE = "Another option was right."


def submit_wrong(page: Page) -> str:
    """Lin takes the quiz and submits one answer, which the key calls wrong. Address of the result.

    The answer is given before the page's script has come; it is saved all the same.
    """
    scripts: list[Route] = []
    may_come = Event()
    page.route(
        "**/taking/saving*.js",
        lambda route: route.continue_() if may_come.is_set() else scripts.append(route),
    )
    page.goto(f"/courses/{COURSE}/quizzes/{QUIZ}/")
    page.locator("form[action$='/start/'] button").click(no_wait_after=True)
    question = page.locator("#question-1")
    question.locator(".option", has_text="the smallest and the largest weight").locator("input").check()
    assert scripts
    may_come.set()
    for script in scripts:  # the page before may have asked for it ahead, and this one again
        script.continue_()
    expect(question.locator(".save-state--saved")).to_be_visible()
    page.goto(f"{page.url.split('#')[0]}submit/")
    page.get_by_role("button", name="Submit answers").click()
    page.wait_for_url("**/result/")
    expect(page.locator("#question-1 .question__head")).to_contain_text("not right")
    return page.url


def correct_the_key(page: Page) -> None:
    """From Lin's attempt to the editor, and on until the new version is published."""
    page.goto(f"/courses/{COURSE}/teaching/quizzes/{QUIZ}/")
    page.get_by_role("link", name="Lin Chen").first.click()
    page.get_by_role("link", name="Question 1 in the bank").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("button", name="Begin a draft").click()
    page.get_by_role("radio", name="Right").nth(1).check()
    page.get_by_role("button", name="On to the review").click()
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("Publish without a review, because").fill("The key was wrong.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 2 is published")
    page.get_by_role("button", name="Update these quizzes").click()
    expect(page.get_by_text(re.compile(r"quiz(zes)? asks? the new version now\."))).to_be_visible()


def test_a_corrected_key_reaches_who_was_scored_with_the_old_one(visit):
    lin, ada = visit("lin").page, visit("ada").page
    result = submit_wrong(lin)
    correct_the_key(ada)
    assert not violations(ada)
    ada.get_by_role("link", name="See who would change").click()
    row = ada.get_by_role("row").filter(has_text="Lin Chen")
    expect(row).to_contain_text("0 → 1")
    assert not violations(ada)
    lin.goto(result)
    expect(lin.locator("#question-1 .question__head")).to_contain_text("not right")
    ada.get_by_label("Note to the students whose score changes").fill(NOTE)
    ada.get_by_role("button", name="Change these scores").click()
    expect(ada.get_by_text(re.compile(r"attempts? (was|were) dealt with\."))).to_be_visible()
    expect(ada.get_by_role("link", name="See who would change")).to_have_count(0)

    lin.goto("/")
    expect(lin.locator(".news")).to_contain_text("score changed")
    lin.goto(result)
    expect(lin.get_by_text("Your score for question 1 changed from 0 to 1").first).to_be_visible()
    expect(lin.get_by_text(NOTE).first).to_be_visible()
    expect(lin.locator("#question-1 .question__head")).to_contain_text("right")
    assert not violations(lin)
