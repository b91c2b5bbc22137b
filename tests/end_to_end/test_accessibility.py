"""axe finds nothing on any page, in both languages and themes, on a desk and on a phone; nothing is wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.end_to_end import journeys
from tests.end_to_end.journeys import RANKED
from tests.end_to_end.looks import LANGUAGES, LOOKS, faults, open_everything
from tests.end_to_end.visitor import COURSE, EXERCISE, Visitor
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: has a leaderboard of a race; that of `RANKED` has two numbers
RACE = "sparse-matvec"
#: page -> (who looks, what leads to it)
PAGES = {
    "sign-in": ("", "/accounts/sign-in/"),
    "tokens for programs": ("joao", "/accounts/tokens/"),
    "home": ("joao", "/"),
    "course": ("joao", f"/courses/{COURSE}/"),
    "quiz before": ("joao", "quiz"),
    "quiz taking": ("joao", "open attempt"),
    "quiz submit": ("joao", "review"),
    "quiz result": ("joao", "result"),
    "exercise": ("joao", f"/courses/{COURSE}/assignments/{EXERCISE}/"),
    "submission": ("joao", "submission"),
    "submission with a drawing": ("joao", "drawn submission"),
    "exercise that builds on others": ("joao", f"/courses/{COURSE}/assignments/compression-challenge/"),
    "leaderboard with a frontier": ("joao", f"/courses/{COURSE}/assignments/{RANKED}/leaderboard/"),
    "leaderboard with bands": ("joao", f"/courses/{COURSE}/assignments/{RACE}/leaderboard/"),
    "instructor's leaderboard": ("ada", f"/courses/{COURSE}/assignments/{RANKED}/leaderboard/"),
    "instructor's home": ("ada", "/"),
    "overview": ("ada", f"/courses/{COURSE}/teaching/"),
    "quiz results": ("ada", "quiz results"),
    "attempt": ("ada", "attempt"),
    "submissions": ("ada", f"/courses/{COURSE}/teaching/submissions/"),
    "submission of a student": ("ada", "submission of a student"),
    "regrades": ("ada", f"/courses/{COURSE}/teaching/regrades/"),
    "open regrade": ("ada", "open regrade"),
    "decided regrade": ("ada", "decided regrade"),
    "hidden details": ("ada", f"/courses/{COURSE}/teaching/assignments/{EXERCISE}/hidden-details/"),
    "marking": ("ada", f"/courses/{COURSE}/teaching/marking/"),
    "answer to mark": ("ada", "answer to mark"),
    "corrected question": ("ada", "corrected question"),
    "question bank": ("ada", "/bank/?q=entropy"),
    "question of the bank": ("ada", "/bank/q/scale-of-an-asymmetric-range/"),
    "languages side by side": ("ada", "/bank/q/scale-of-an-asymmetric-range/languages/pt-br/"),
    "new question": ("ada", "/bank/new/"),
    "drafts": ("ada", "/bank/drafts/"),
    "editor": ("ada", "editor"),
    "quizzes that are built": ("ada", f"/courses/{COURSE}/teaching/quizzes/"),
    "new quiz": ("ada", f"/courses/{COURSE}/teaching/quizzes/new/"),
    "questions": ("ada", f"/courses/{COURSE}/teaching/questions/"),
    "choice question": ("ada", "scale-of-an-asymmetric-range"),
    "numeric question": ("ada", "zero-point-of-an-asymmetric-range"),
    "not found": ("joao", "/courses/no-such-course/"),
    "forbidden": ("joao", f"/courses/{COURSE}/teaching/"),
}


#: As if three students were ranked.
STANDINGS = f"""
from django.utils import timezone
from grader.report import GradingReport, Outcome
from prova.accounts.models import User
from prova.assignments.leaderboard.standings import terms_name
from prova.assignments.models import Assignment, Standing, State, Submission
for slug, key in (("{RANKED}", "compression_ratio"), ("{RACE}", "cpu_time_ratio")):
    assignment = Assignment.objects.get(course__slug="{COURSE}", slug=slug)
    terms, now = terms_name(assignment.exercise.metadata), timezone.now()
    report = GradingReport(
        submission_id=0, nonce="", outcome=Outcome.GRADED, exercise=slug, exercise_version="", score=1.0, max_score=2.0
    ).to_message()
    for place, name in enumerate(("lin", "joao", "maria")):
        submission = Submission.objects.create(
            assignment=assignment, exercise=assignment.exercise, learner=User.objects.get(username=name), source="",
            seed=1, state=State.GRADED, score=1.0, max_score=2.0, graded_at=now, report=report)
        value = 2.0 + place / 2
        Standing.objects.create(
            submission=submission, assignment=assignment, learner=submission.learner, submitted_at=now, terms=terms,
            key=key, value=value, low=value - 0.4, high=value + 0.4, full_value=value, full_low=value - 0.4,
            full_high=value + 0.4, against=1.0 + place, full_against=1.0 + place,
            against_key="accuracy_drop_points" if slug == "{RANKED}" else "")
"""
#: As if João's code had been marked otherwise at first: one regrade has changed his mark, another would.
REGRADES = f"""
import time
from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.regrades.actions import make_live, start_regrade
from prova.regrades.overview import progress_of
assignment = Assignment.objects.get(course__slug="{COURSE}", slug="{EXERCISE}")
ada = User.objects.get(username="ada")
for kind in ("decided", "open"):
    regrade = start_regrade(assignment, ada, also_current=True, note="A check was too strict.")
    while not progress_of(regrade).is_over:
        time.sleep(0.2)
    regrade.items.update(old_score=0.25)
    if kind == "decided":
        assignment.submissions.update(score=0.25)
        make_live(regrade.pk, ada)
    print("regrade", kind, regrade.pk)
"""


#: João's answer waits for a mark, and a question that he was asked has a newer version.
MARKING = f"""
from dataclasses import replace
from prova.accounts.models import User
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import AttemptItem, Quiz
from questionbank.actions import publish_question
from questionbank.models import QuestionVersion
from questionbank.questions import definition_of, variant_of
joao = User.objects.get(username="joao")
attempt = start_attempt(Quiz.objects.get(course__slug="{COURSE}", slug="explain-and-program"), joao)
item = attempt.items.filter(version__content__type="free_text").first()
save_response(attempt.pk, item.pk, ["Zeros at arbitrary places are multiplied all the same."], language="en")
submit_attempt(attempt.pk)
print("waiting", item.pk)
met = AttemptItem.objects.filter(attempt__learner=joao, version__question__item_type="single_choice").first()
question = definition_of(met.version)
key = [replace(each, correct=not each.correct) for each in question.options[:2]]
changed = replace(question, options=(*key, *question.options[2:]))
publish_question(changed, [variant_of(each) for each in met.version.variants.all()])
print("corrected", met.attempt.quiz.slug, question.id)
"""


#: A question with a picture and regions on it is open in the editor.
DRAFT = """
from prova.accounts.models import User
from prova.authoring.actions import edit_question
from questionbank.models import Question
question = Question.objects.get(slug="mark-the-dominant-energy")
print("draft", edit_question(User.objects.get(username="ada"), question).pk)
"""


@pytest.fixture(scope="module")
def addresses(browser: Browser, site: Site) -> dict[str, str]:
    """João has finished one quiz, begun another, and submitted wrong code: no page is empty."""
    joao = Visitor(browser, site.url)
    joao.sign_in("joao")
    journeys.take_quiz(joao)
    result = joao.page.url
    quiz = joao.page.locator(".breadcrumbs a[href*='/quizzes/']").get_attribute("href") or ""
    journeys.open_quiz(joao, 1)
    attempt = journeys.start_quiz(joao)
    journeys.answer(journeys.questions(joao.page)[0])
    journeys.open_exercise(joao)
    submission = journeys.submit_code(joao, journeys.WRONG_CODE).get_attribute("data-submission")
    drawn = journeys.submit_code(joao, journeys.TRUNCATING_CODE).get_attribute("data-submission")
    joao.close()
    teaching = f"/courses/{COURSE}/teaching"
    made = site.manage("shell", "-c", f"{STANDINGS}{REGRADES}{MARKING}{DRAFT}")
    told = [line.split() for line in made.splitlines()]
    draft = next(words[1] for words in told if words[:1] == ["draft"])
    waiting = next(words[1] for words in told if words[:1] == ["waiting"])
    corrected = next(words[1:] for words in told if words[:1] == ["corrected"])
    regrades = {words[1]: words[2] for words in told if words[:1] == ["regrade"]}
    slug = quiz.rstrip("/").split("/")[-1]
    finished = result.rstrip("/").split("/")[-2]
    return {
        "quiz": quiz,
        "open attempt": attempt,
        "review": f"{attempt}submit/",
        "editor": f"/bank/drafts/{draft}/",
        "result": result,
        "submission": f"/submissions/{submission}/",
        "drawn submission": f"/submissions/{drawn}/",
        "quiz results": f"{teaching}/quizzes/{slug}/",
        "attempt": f"{teaching}/quizzes/{slug}/attempts/{finished}/",
        "open regrade": f"{teaching}/regrades/{regrades['open']}/",
        "decided regrade": f"{teaching}/regrades/{regrades['decided']}/",
        "submission of a student": f"{teaching}/submissions/{submission}/",
        "answer to mark": f"{teaching}/marking/{waiting}/",
        "corrected question": f"{teaching}/quizzes/{corrected[0]}/corrections/{corrected[1]}/",
        "scale-of-an-asymmetric-range": f"{teaching}/questions/scale-of-an-asymmetric-range/",
        "zero-point-of-an-asymmetric-range": f"{teaching}/questions/zero-point-of-an-asymmetric-range/",
    }


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site) -> Iterator[dict[str, Visitor]]:
    found = {name: Visitor(browser, site.url) for name in ("", "joao", "ada")}
    for name, visitor in found.items():
        if name:
            visitor.sign_in(name)
    yield found
    for visitor in found.values():
        visitor.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """All pages in one language, then all in the next: nobody changes it between two pages."""
    return request.param


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_no_page_is_too_wide(name, language, people, addresses):
    who, address = PAGES[name]
    visitor = people[who]
    visitor.complaints.clear()
    visitor.page.goto(addresses.get(address, address))
    visitor.speak(LANGUAGES[language])
    open_everything(visitor.page)
    found = faults(visitor, f"{name}, {language}", LOOKS[language])
    if name in {"not found", "forbidden"}:  # the browser itself reports the answer's status as an error
        visitor.complaints[:] = [each for each in visitor.complaints if "status of 40" not in each]
    found += visitor.complaints
    assert not found, "\n".join(found)
