"""A quiz with the keyboard alone, from sign-in to result; the focus is always seen."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.journeys import QUIZ_LINKS
from tests.end_to_end.visitor import COURSE, HOME

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_quiz_can_be_taken_with_the_keyboard_alone(visit):
    joao = visit()
    page, keyboard = joao.page, joao.page.keyboard
    page.goto("/")
    joao.tab_to(page.locator("#id_username"))
    keyboard.type("joao")
    joao.tab_to(page.locator("#id_password"))
    keyboard.type("joao-demo")
    keyboard.press("Enter")
    page.wait_for_url(HOME)

    page.goto(f"/courses/{COURSE}/")
    keyboard.press("Tab")
    keyboard.press("Enter")  # "Skip to the content"
    joao.tab_to(page.locator(QUIZ_LINKS).last)
    keyboard.press("Enter")
    page.wait_for_url("**/quizzes/*/")
    joao.tab_to(page.locator("form[action$='/start/'] button"))
    keyboard.press("Enter")
    page.wait_for_url("**/attempts/*/")

    sections = page.locator(".question")
    for place in range(sections.count()):
        question = sections.nth(place)
        if "is-current" not in (question.get_attribute("class") or ""):
            keyboard.press("j")
        expect(question).to_contain_class("is-current")
        if place == 0:
            keyboard.press("f")
            expect(question.locator(".question__flag")).to_have_attribute("aria-pressed", "true")
        keyboard.press("1")
        if question.locator("input[type=text], textarea").count():
            keyboard.type("1/2")
            keyboard.press("Enter")
            keyboard.press("Tab")  # in the field, letters and digits are the answer's
        expect(question.locator(".save-state--saved")).to_be_visible()

    joao.tab_to(page.locator(".taking__end button[value=review]"))
    keyboard.press("Enter")
    page.wait_for_url("**/submit/")
    joao.tab_to(page.locator("main form[method=post] button"))
    keyboard.press("Enter")
    page.wait_for_url("**/result/")
    expect(page.locator(".score__number strong")).to_be_visible()
