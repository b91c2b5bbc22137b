"""An answer in one's own words and one in code, from typing to mark: the marker uses the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.looks import violations
from tests.end_to_end.visitor import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUIZ = "explain-and-program"
CODE = "def position_bits(n):\n    return (n - 1).bit_length()"


def test_text_and_code_are_marked_by_a_person_and_in_the_sandbox(visit):
    maria = visit("maria").page
    maria.goto(f"/courses/{COURSE}/quizzes/{QUIZ}/")
    maria.locator("form[action$='/start/'] button").click()
    texts, codes = maria.locator("textarea[data-words]"), maria.locator("textarea[data-code]")
    texts.first.fill("Zeros at arbitrary places are multiplied all the same.\n\nPrune whole channels.")
    expect(maria.locator(".text-field__count").first).to_have_text("12 words")
    codes.first.fill(CODE)
    expect(maria.locator(".save-state--saved")).to_have_count(2)
    maria.get_by_role("button", name="Try the visible checks").first.click()
    expect(maria.locator(".trial .report__mark--full")).to_be_visible()
    assert not violations(maria)
    maria.goto(f"{maria.url.split('#')[0]}submit/")
    maria.get_by_role("button", name="Submit answers").click()
    maria.wait_for_url("**/result/")
    result = maria.url
    expect(
        maria.locator(".report__mark--full")
    ).to_be_visible()  # the page reloads once the sandbox has answered
    expect(maria.get_by_text("1 answer is still to be marked")).to_be_visible()

    ada = visit("ada").page
    ada.goto(f"/courses/{COURSE}/teaching/marking/")
    ada.locator("main a.button--primary").first.click()
    expect(ada.get_by_text("Prune whole channels.")).to_be_visible()
    assert "Maria" not in ada.locator("main").inner_text()
    assert not violations(ada)
    for key in ("2", "2", "1", "c"):
        ada.keyboard.press(key)
    ada.keyboard.type("What does it cost?")
    ada.keyboard.press("Control+Enter")
    ada.wait_for_url("**/marking/")

    maria.goto(result)
    expect(maria.get_by_text("What does it cost?")).to_be_visible()
    expect(maria.locator(".rubric__level--chosen")).to_have_count(3)
    expect(maria.locator(".score__number strong")).to_have_text("4")  # 2 of 5 points of 5, and the code
    assert not violations(maria)
