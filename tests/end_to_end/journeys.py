"""What people do on the site, step by step as they would."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.visitor import COURSE, EXERCISE, Visitor

_PACKAGE = Path(__file__).resolve().parent.parent.parent / "questionbank" / "content" / "exercises" / EXERCISE
#: divides the range by the number of levels
WRONG_CODE = (_PACKAGE / "mutants" / "divides_by_levels.py").read_text()
#: its staircase is drawn beside the right one
TRUNCATING_CODE = (_PACKAGE / "mutants" / "truncates.py").read_text()
RIGHT_CODE = (_PACKAGE / "solutions" / "whole_arrays.py").read_text()
#: an exercise with a leaderboard, and a solution 7.617 times smaller
RANKED = "compress-weights"
SMALL_NETWORK = (_PACKAGE.parent / RANKED / "solutions" / "four_bits_a_channel.py").read_text()


#: a quiz that was begun is linked to where one goes on
QUIZ_LINKS = '.work__link[href*="/quizzes/"], .work__link[href*="/attempts/"]'


def open_quiz(visitor: Visitor, place: int = 0) -> None:
    """The quiz at that place of the course's page."""
    visitor.page.goto(f"/courses/{COURSE}/")
    visitor.page.locator(QUIZ_LINKS).nth(place).click()
    expect(visitor.page.locator("form[action$='/start/'], #paper")).to_be_visible()


def start_quiz(visitor: Visitor) -> str:
    """From the page before, unless it was begun already. Address of the attempt."""
    if "/attempts/" not in visitor.page.url:
        visitor.page.locator("form[action$='/start/'] button").click()
        visitor.page.wait_for_url("**/attempts/*/")
    return visitor.page.url


def questions(page: Page) -> list[Locator]:
    return page.locator(".question").all()


def answer(question: Locator, number: str = "0.5") -> None:
    """The first option, the number, or the number in the first field there is; waits until it is saved."""
    typed = question.locator(".number-field input, input[type=text], textarea")
    if typed.count():
        typed.first.fill(number)
    elif question.locator("select").count():
        question.locator("select").first.select_option(index=1)
    else:
        question.locator("input[type=radio], input[type=checkbox]").first.check()
    expect(question.locator(".save-state--saved")).to_be_visible()


def answers(page: Page) -> dict[str, list[str]]:
    """What is filled in, by question."""
    found = page.locator(".question").evaluate_all(
        """sections => sections.map(section => [section.dataset.item, [...section.querySelectorAll("input, select, textarea")]
             .filter(field => ["text", "textarea"].includes(field.type) || field.matches("select") || field.checked).map(field => field.value)])"""
    )
    return dict(found)


def submit_quiz(visitor: Visitor) -> None:
    page = visitor.page
    page.locator(".taking__end button[value=review]").click()
    page.wait_for_url("**/submit/")
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/result/")


def take_quiz(visitor: Visitor, place: int = 0) -> None:
    open_quiz(visitor, place)
    start_quiz(visitor)
    for question in questions(visitor.page)[:3]:
        answer(question)
    submit_quiz(visitor)


def open_exercise(visitor: Visitor, slug: str = EXERCISE) -> None:
    visitor.page.goto(f"/courses/{COURSE}/")
    # Perhaps it is also among what is next.
    visitor.page.locator(f'.work__link[href*="/assignments/{slug}/"]').first.click()
    expect(visitor.page.locator(".ace_editor")).to_be_visible()


def type_code(visitor: Visitor, code: str) -> None:
    """Into the editor, in place of what is there."""
    keyboard = visitor.page.keyboard
    visitor.page.locator(".ace_text-input").focus()
    # The editor takes Enter first to go from the page's keys into its own.
    keyboard.press("Enter")
    keyboard.press("Control+a")
    keyboard.press("Delete")
    keyboard.insert_text(code)
    expect(visitor.page.locator("#source")).to_have_value(code)


def submit_code(visitor: Visitor, code: str) -> Locator:
    """The verdict, once it is there."""
    before = visitor.page.locator("#verdict").get_attribute("data-submission")
    type_code(visitor, code)
    visitor.page.keyboard.press("Control+Enter")
    verdict = visitor.page.locator(f'#verdict[data-state=graded]:not([data-submission="{before}"])')
    expect(verdict).to_be_visible()
    return verdict
