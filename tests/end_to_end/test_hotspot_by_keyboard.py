"""Points on a picture, marked with the keyboard alone, and a hint that costs; axe looks at every face of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.end_to_end import journeys
from tests.end_to_end.looks import looks_sound
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTIONS = ("mark-where-the-quantizer-clips", "histogram-after-pruning")
#: A quiz nobody else's journey meets.
QUIZ = f"""
from prova.courses.models import Course
from prova.quizzes.models import Quiz, QuizItem
from questionbank.questions import latest_versions
course = Course.objects.get(slug="{COURSE}")
quiz = Quiz.objects.create(course=course, slug="pictures", titles={{"en": "Pictures"}}, guessing_penalty=True)
versions = {{version.question.slug: version for version in latest_versions({QUESTIONS!r})}}
for position, slug in enumerate({QUESTIONS!r}, start=1):
    version = versions[slug]
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=position)
Quiz.objects.filter(pk=quiz.pk).update(is_published=True)
"""
HIDE = """
from prova.quizzes.models import Quiz
Quiz.objects.filter(slug="pictures").update(is_published=False)
"""


@pytest.fixture(scope="module")
def maria(browser: Browser, site: Site) -> Iterator[Visitor]:
    site.manage("shell", "-c", QUIZ)
    visitor = Visitor(browser, site.url)
    visitor.sign_in("maria")
    yield visitor
    visitor.close()
    site.manage("shell", "-c", HIDE)


def test_points_are_marked_and_a_hint_is_taken_with_the_keyboard_alone(maria):
    maria.page.goto(f"/courses/{COURSE}/quizzes/pictures/")
    journeys.start_quiz(maria)
    question = journeys.questions(maria.page)[0]
    keyboard = maria.page.keyboard
    maria.tab_to(question.locator(".hotspot__aim"))
    for keys in (["Shift+ArrowLeft"] * 4, ["Enter"], ["Shift+ArrowRight"] * 4, ["Enter"], ["Delete"]):
        for key in keys:
            keyboard.press(key)
    expect(question.locator(".hotspot__says")).to_contain_text("Point 2 removed")
    for key in (*["Shift+ArrowRight"] * 4, "ArrowUp", "Enter"):
        keyboard.press(key)
    expect(question.locator(".hotspot__says")).to_contain_text("Point 2 marked at")
    expect(question.locator(".save-state--saved")).to_be_visible()
    maria.tab_to(question.locator(".hint--next summary"))
    keyboard.press("Enter")
    maria.tab_to(question.locator(".hint--next button"))
    keyboard.press("Enter")
    expect(question.locator(".hint")).to_contain_text("vertical distance between the two lines")
    given = journeys.answers(maria.page)
    maria.page.reload()
    assert journeys.answers(maria.page) == given
    looks_sound(maria, "hotspot-taking")
    journeys.submit_quiz(maria)
    first = maria.page.locator(".question--result").first
    expect(first).to_contain_text("right place A")
    expect(first).to_contain_text("0.5 of 1")
    looks_sound(maria, "hotspot-result")
    assert not maria.complaints
