"""What an exam must survive: lost connections, killed processes, two tabs, two devices, wrong clocks, the end of the time."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.looks import SURPLUS_PX, violations
from tests.end_to_end.visitor import COURSE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: Short limits: the end of the time comes while the test waits.
MAKE = f"""
from prova.courses.models import Course
from prova.quizzes.actions.publish import publish_quiz
from prova.quizzes.actions.structure import add_questions, add_section
from prova.quizzes.models import Quiz
from questionbank.models import QuestionVersion
first = {{}}
for version in QuestionVersion.objects.order_by("pk").select_related("question"):
    first.setdefault(version.content["type"], version.question.slug)
rules = {{
    "exam-of-all": dict(time_limit_s=3600),
    "exam-of-seconds": dict(time_limit_s=5),
    "exam-of-more": dict(time_limit_s=12),
    "exam-one-way": dict(layout="question", is_one_way=True, feedback_policy="at_once"),
}}
course = Course.objects.get(slug="{COURSE}")
for slug, rule in rules.items():
    quiz = Quiz.objects.create(course=course, slug=slug, titles={{"en": slug, "pt-br": slug}}, **rule)
    types = list(first) if slug == "exam-of-all" else ["free_text"] if "way" not in slug else ["numeric", "single_choice"]
    section = add_section(quiz.pk, titles={{"en": "Part", "pt-br": "Parte"}}, instructions={{"en": "Be brief.", "pt-br": "Seja breve."}})
    add_questions(quiz.pk, [first[each] for each in types], section_id=section.pk)
    publish_quiz(quiz.pk)
"""
AWAY = """
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Attempt, Quiz
Attempt.with_previews.filter(quiz__slug__startswith="exam-").delete()
GradebookEntry.objects.filter(quiz__slug__startswith="exam-").delete()
Quiz.objects.filter(slug__startswith="exam-").delete()
"""
TEXTS = ".question:has(textarea:not([data-code]))"
#: what every field of the paper holds, in its order
FILLED = """() => JSON.stringify([...document.querySelectorAll(".question :is(input:not([type=hidden]), select, textarea)")]
  .map(field => [field.name, field.type === "radio" || field.type === "checkbox" ? field.checked : field.value]))"""


@pytest.fixture(scope="module", autouse=True)
def exams(site: Site) -> Iterator[None]:
    site.manage("shell", "-c", MAKE)
    yield
    # Other journeys of the same site count the quizzes of its course.
    site.manage("shell", "-c", AWAY)


def begin(visitor: Visitor, quiz: str) -> Page:
    visitor.speak("English")
    page = visitor.page
    page.goto(f"/courses/{COURSE}/quizzes/{quiz}/")
    page.locator("form[action$='/start/'] button, main a.button--primary").first.click()
    page.wait_for_url("**/attempts/*/")
    return page


def essay(page: Page) -> Locator:
    return page.locator(TEXTS).first


def write(question: Locator, text: str) -> None:
    question.locator("textarea").fill(text)


def is_saved(question: Locator) -> None:
    expect(question.locator(".save-state--saved, .save-state--warn")).to_be_visible()


def fill_everything(page: Page) -> None:
    for question in page.locator(".question[data-item]").all():
        for place, typed in enumerate(question.locator("input[type=text], textarea").all(), start=1):
            typed.fill(f"0.{place}")
        for select in question.locator("select").all():
            select.select_option(index=1)
        for row in question.locator(".row:has(input), .options").all():
            row.locator("input").first.check()


def test_answers_of_every_kind_survive_a_lost_connection_and_a_reload_at_any_moment(visit):
    lin = visit("lin")
    page = begin(lin, "exam-of-all")
    with lin.offline():
        fill_everything(page)
        expect(page.locator("#summary")).to_contain_text("kept on this device")
    filled = page.evaluate(FILLED)
    page.reload()  # what the tries again had not sent yet lies on this device
    expect(page.locator("#answered")).to_have_text(str(page.locator(".question").count()))
    lin.hears_again()
    page.reload()
    assert page.evaluate(FILLED) == filled
    assert len(json.loads(filled)) > 40
    fill_everything(page)
    write(essay(page), "typed in the last moment")
    page.reload()  # without waiting for anything
    expect(essay(page).locator("textarea")).to_have_value("typed in the last moment")
    is_saved(essay(page))
    assert not page.locator("[data-conflict]").count()


def test_of_two_tabs_the_older_one_undoes_nothing_and_the_learner_chooses(visit):
    lin = visit("lin")
    page = begin(lin, "exam-of-all")
    other = lin.new_tab()
    other.goto(page.url)
    write(essay(other), "from the second tab")
    is_saved(essay(other))
    # Tabs of one browser tell each other.
    expect(essay(page).locator("textarea")).to_have_value("from the second tab")
    lin.expects_conflicts()
    other.evaluate("BroadcastChannel.prototype.postMessage = () => {}")  # as if it were another device
    write(essay(other), "newer, unheard")
    is_saved(essay(other))
    write(essay(page), "my own words")
    conflict = essay(page).locator("[data-conflict]")
    expect(conflict).to_contain_text("newer, unheard")
    expect(page.locator("#summary")).to_contain_text("choose in question")
    assert not violations(page)
    other.reload()
    expect(essay(other).locator("textarea")).to_have_value("newer, unheard")
    lin.tab_to(conflict.locator("[data-choose=mine]"))
    page.keyboard.press("Enter")
    is_saved(essay(page))
    other.reload()
    expect(essay(other).locator("textarea")).to_have_value("my own words")


def test_on_another_device_everything_is_there_and_what_the_first_one_kept_is_offered(visit):
    maria, elsewhere = visit("maria"), visit("maria")
    page = begin(maria, "exam-of-all")
    write(essay(page), "saved before")
    is_saved(essay(page))
    with maria.offline():
        write(essay(page), "kept on the first device")
        expect(essay(page).locator(".save-state--bad")).to_be_visible()
        second = begin(elsewhere, "exam-of-all")
        assert second.url == page.url
        expect(essay(second).locator("textarea")).to_have_value("saved before")
        expect(second.locator("#timer")).to_contain_text(re.compile(r"59:\d\d"))
        write(essay(second), "written on the second")
        is_saved(essay(second))
    maria.expects_conflicts()
    conflict = essay(page).locator("[data-conflict]")
    expect(conflict).to_contain_text("written on the second")
    expect(essay(page).locator("textarea")).to_have_value("kept on the first device")
    conflict.locator("[data-choose=stored]").click()
    expect(essay(page).locator("textarea")).to_have_value("written on the second")
    is_saved(essay(page))
    maria.hears_again()


def test_at_the_end_of_the_time_what_was_typed_counts_whatever_the_device_s_clock_says(visit):
    joao = visit("joao")
    joao.page.add_init_script("const now = Date.now; Date.now = () => now() + 86_400_000;")
    page = begin(joao, "exam-of-seconds")
    write(essay(page), "until the last second")
    page.wait_for_url("**/result/")
    expect(page.get_by_text("until the last second")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/result/|/quizzes/"))


def test_time_given_while_it_runs_reaches_the_open_page(visit):
    joao, ada = visit("joao"), visit("ada")
    ada.speak("English")
    page = begin(joao, "exam-of-more")
    ada.page.goto(f"/courses/{COURSE}/teaching/quizzes/exam-of-more/now/")
    ada.page.locator("#minutes").fill("30")
    ada.page.get_by_role("button", name="Give the time").click()
    expect(page.locator("#summary")).to_contain_text("You have more time now: 30:")
    expect(page.locator("#timer")).to_contain_text(re.compile(r"30:0\d|29:5\d"))


def test_whoever_dies_the_page_says_so_and_then_that_all_is_saved(visit, site):
    joao = visit("joao")
    page = begin(joao, "exam-of-all")

    def write_without(victim: str) -> None:
        site.kill_with_children(victim)
        write(essay(page), f"written without {victim}")
        essay(page).locator("textarea").blur()  # saves at once

    with joao.expects_failures():
        with site.nothing_comes_back():
            write_without("valkey")
            is_saved(essay(page))
            write_without("postgres")
            expect(essay(page)).to_contain_text("Not saved. Trying again")
            expect(page.locator("#summary")).to_contain_text("Answers not saved yet: 1.")
        is_saved(essay(page))
        expect(page.locator("#summary")).to_have_text("All answers are saved.")
        with site.nothing_comes_back():
            write_without("web")  # whose return the request waits for
            expect(essay(page)).to_contain_text("Saving")
        is_saved(essay(page))
        site.recover()
    page.reload()
    expect(essay(page).locator("textarea")).to_have_value("written without web")


def test_one_way_and_feedback_at_once_with_the_keyboard_on_a_phone_and_axe_finds_nothing(visit):
    maria = visit("maria")
    page = begin(maria, "exam-one-way")
    maria.show_as(theme="dark", width=360)
    expect(page.get_by_text("Be brief.")).to_be_visible()
    maria.tab_to(page.locator("input[type=text]"))
    page.keyboard.insert_text("7")
    maria.tab_to(page.get_by_role("button", name="Check this answer"))
    page.keyboard.press("Enter")
    card = page.locator(".question--result")
    expect(card).to_be_focused()
    expect(page.locator("#answered")).to_have_text("1")
    assert not violations(page)
    assert page.evaluate(SURPLUS_PX) <= 0
    maria.tab_to(page.get_by_role("button", name="Next page"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
