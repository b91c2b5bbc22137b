"""A quiz with the keyboard alone, from sign-in to result; the focus is always seen."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.visitor import COURSE, HOME

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


#: nobody else's journey takes it as João
QUIZ = "edge-deep-learning-fundamentals"
HAS_FOCUS = "selector => document.activeElement.matches(selector)"


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
    joao.tab_to(page.locator(f'.work__link[href*="/quizzes/{QUIZ}/"]').first)
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
        if joao.page.evaluate(HAS_FOCUS, "input[type=text]"):
            keyboard.type("1/2")
            keyboard.press("Enter")
        elif joao.page.evaluate(HAS_FOCUS, "select"):
            keyboard.press("ArrowDown")
        expect(question.locator(".save-state--saved")).to_be_visible()
        while joao.page.evaluate(HAS_FOCUS, "input[type=text], select"):
            keyboard.press("Tab")  # in a field, letters and digits are the answer's

    joao.tab_to(page.locator(".taking__end button[value=review]"))
    keyboard.press("Enter")
    page.wait_for_url("**/submit/")
    joao.tab_to(page.locator("main form[method=post] button"))
    keyboard.press("Enter")
    page.wait_for_url("**/result/")
    expect(page.locator(".score__number strong")).to_be_visible()
