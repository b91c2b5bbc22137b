"""Answers that are typed: words, gaps, the output of a program, numbers with units; with the keyboard alone and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.end_to_end import journeys
from tests.end_to_end.looks import looks_sound
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: questions of the shipped bank without variants or with answers that do not depend on them, and what is typed
TYPED = {
    "name-of-the-softening-parameter": ["Temperatura"],
    "fill-in-magnitude-pruning": ["magnitudo", "máscara", "90"],
    "read-a-prefix-decoder": ["nothing"],
    "energy-of-weights-with-unit": ["12 kWh"],
}
QUIZ = f"""
from prova.courses.models import Course
from prova.quizzes.models import Quiz, QuizItem
from questionbank.questions import latest_versions
slugs = {tuple(TYPED)!r}
quiz = Quiz.objects.create(course=Course.objects.get(slug="{COURSE}"), slug="typed", titles={{"en": "Typed"}})
versions = {{version.question.slug: version for version in latest_versions(slugs)}}
for position, slug in enumerate(slugs, start=1):
    version = versions[slug]
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=position)
Quiz.objects.filter(pk=quiz.pk).update(is_published=True)
"""
HIDE = """
from prova.quizzes.models import Quiz
Quiz.objects.filter(slug="typed").update(is_published=False)
"""


@pytest.fixture(scope="module")
def joao(browser: Browser, site: Site) -> Iterator[Visitor]:
    site.manage("shell", "-c", QUIZ)
    visitor = Visitor(browser, site.url)
    visitor.sign_in("joao")
    yield visitor
    visitor.close()
    # Other journeys of the same site count the quizzes of its course.
    site.manage("shell", "-c", HIDE)


def test_everything_is_typed_with_the_keyboard_alone_survives_a_reload_and_is_explained(joao):
    joao.page.goto(f"/courses/{COURSE}/quizzes/typed/")
    journeys.start_quiz(joao)
    keyboard = joao.page.keyboard
    for question, texts in zip(journeys.questions(joao.page), TYPED.values(), strict=True):
        for field, text in zip(question.locator("input[type=text], textarea").all(), texts, strict=True):
            joao.tab_to(field)
            keyboard.type(text)
    choice = joao.page.locator("select.gap__field")
    choice.focus()
    keyboard.press("End")
    words, gaps, program, energy = (each.locator(".save-state") for each in journeys.questions(joao.page))
    for saved in (words, gaps, program):
        expect(saved).to_contain_class("save-state--saved")
    expect(energy).to_contain_text("kWh")
    expect(energy).to_contain_text("µJ")

    given = journeys.answers(joao.page)
    joao.page.reload()
    assert journeys.answers(joao.page) == given
    looks_sound(joao, "typed-taking")
    journeys.submit_quiz(joao)
    results = joao.page.locator(".question--result")
    expect(results.nth(0)).to_contain_class("question--right")
    expect(results.nth(1)).to_contain_class("question--right")
    expect(results.nth(2).locator(".output-diff__extra")).to_contain_text("nothing")
    expect(results.nth(2).locator(".output-diff__missing")).to_be_visible()
    expect(results.nth(3)).to_contain_class("question--blank")
    looks_sound(joao, "typed-result")
    assert not joao.complaints
