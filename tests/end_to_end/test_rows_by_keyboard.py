"""Questions of several rows, answered with the keyboard alone and without a pointer; axe looks at every face of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.end_to_end import journeys
from tests.end_to_end.looks import looks_sound
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: questions of the shipped bank, one of each type that has rows
QUESTIONS = (
    "zero-points-and-ranges",
    "integer-grids-of-eight-bits",
    "what-each-technique-changes",
    "order-of-static-quantization",
)
#: A quiz nobody else's journey meets.
QUIZ = f"""
from prova.courses.models import Course
from prova.quizzes.models import Quiz, QuizItem
from questionbank.questions import latest_versions
quiz = Quiz.objects.create(course=Course.objects.get(slug="{COURSE}"), slug="rows", titles={{"en": "Rows"}})
versions = {{version.question.slug: version for version in latest_versions({QUESTIONS!r})}}
for position, slug in enumerate({QUESTIONS!r}, start=1):
    version = versions[slug]
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=position)
Quiz.objects.filter(pk=quiz.pk).update(is_published=True)
"""
HIDE = """
from prova.quizzes.models import Quiz
Quiz.objects.filter(slug="rows").update(is_published=False)
"""


@pytest.fixture(scope="module")
def maria(browser: Browser, site: Site) -> Iterator[Visitor]:
    site.manage("shell", "-c", QUIZ)
    visitor = Visitor(browser, site.url)
    visitor.sign_in("maria")
    yield visitor
    visitor.close()
    # Other journeys of the same site count the quizzes of its course.
    site.manage("shell", "-c", HIDE)


def choose_from_list(visitor: Visitor, control: Locator, number: int) -> None:
    visitor.tab_to(control)
    for _ in range(number):
        visitor.page.keyboard.press("ArrowDown")
    assert control.evaluate("element => element.selectedIndex") == number


def answer_by_keyboard(visitor: Visitor, question: Locator) -> None:
    keyboard = visitor.page.keyboard
    for place, row in enumerate(question.locator(".row").all()):
        if row.locator("select").count():
            choose_from_list(visitor, row.locator("select"), place + 1)
            continue
        radio = row.locator("input[type=radio]:checked")
        visitor.tab_to(radio)
        keyboard.press("ArrowRight")  # from "No answer" round to "True"
        if place % 2:
            keyboard.press("ArrowRight")
        expect(row.locator("input[type=radio]").nth(place % 2)).to_be_checked()
    expect(question.locator(".save-state--saved")).to_be_visible()
    expect(question.locator(".save-state")).not_to_contain_text("still open")


def test_every_row_is_answered_with_the_keyboard_alone_and_survives_a_reload(maria):
    maria.page.goto(f"/courses/{COURSE}/quizzes/rows/")
    journeys.start_quiz(maria)
    for question in journeys.questions(maria.page):
        expect(question.locator(".row").first).to_be_visible()
        answer_by_keyboard(maria, question)
    given = journeys.answers(maria.page)
    maria.page.reload()
    assert journeys.answers(maria.page) == given
    looks_sound(maria, "rows-taking")
    journeys.submit_quiz(maria)
    expect(maria.page.locator(".rows--result .row").first).to_be_visible()
    looks_sound(maria, "rows-result")
    assert not maria.complaints


def test_rows_answered_without_a_connection_are_kept_on_the_device(maria):
    maria.page.goto(f"/courses/{COURSE}/quizzes/rows/")
    address = journeys.start_quiz(maria)
    with maria.offline():
        for question in journeys.questions(maria.page):
            answer_row(question.locator(".row").nth(1))
        given = journeys.answers(maria.page)
        maria.page.goto("about:blank")
    maria.page.goto(address)
    for question in journeys.questions(maria.page):
        expect(question.locator(".save-state--saved")).to_contain_text("still open")
    assert journeys.answers(maria.page) == given


#: how much of what has the focus lies under the bar at the bottom of a phone
COVERED_PX = """() => document.activeElement.getBoundingClientRect().bottom
  - document.querySelector(".taking__bar").getBoundingClientRect().top"""


def test_on_a_phone_the_focus_is_led_past_the_list_and_never_under_the_bar(maria):
    page, keyboard = maria.page, maria.page.keyboard
    page.goto(f"/courses/{COURSE}/quizzes/rows/")
    page.locator("form[action$='/start/'] button, main a.button--primary").first.click()
    page.wait_for_url("**/attempts/*/")
    maria.show_as(theme="auto", width=390)
    maria.tab_to(page.locator("#to-question"))
    keyboard.press("Enter")
    for question in journeys.questions(page):
        expect(question).to_be_focused()
        fields = question.locator("select, .row input:checked").all()
        assert fields
        for field in fields:
            maria.tab_to(field, most=5)
            assert page.evaluate(COVERED_PX) <= 0
        if page.locator("#next").is_enabled():
            maria.tab_to(page.locator("#next"), most=5)
            keyboard.press("Enter")
    maria.show_as(theme="auto", width=1280)
    assert not maria.complaints


def answer_row(row: Locator) -> None:
    if row.locator("select").count():
        row.locator("select").select_option(index=2)
    else:
        row.locator("input[type=radio]").first.check()


def test_the_instructor_sees_them_with_their_key(browser, site, maria):
    ada = Visitor(browser, site.url)
    ada.sign_in("ada")
    for slug in QUESTIONS:
        ada.page.goto(f"/courses/{COURSE}/teaching/questions/{slug}/")
        expect(ada.page.locator(".rows .row").first).to_be_visible()
        looks_sound(ada, f"rows-teaching-{slug}")
    assert not ada.complaints
    ada.close()
