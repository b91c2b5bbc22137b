"""Nothing is told that the quiz keeps: every type of question under every setting of what a result tells."""

import itertools
import re
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Quiz, QuizItem, Response

from questionbank.items import Item
from questionbank.questions import item_of
from tests.prova.quizzes import questions
from tests.questionbank.samples import sample_items

pytestmark = pytest.mark.django_db

SETTINGS = list(itertools.product((True, False), repeat=3))
#: what only a page that tells the key is built of
OF_KEYS = (
    *("option--right", "option--wrong", "row--right", "row--wrong", "output-diff", "hotspot__region"),
    *("right answer", "Right answer", "that earns everything", "rubric__level"),
)
OF_VERDICTS = ("badge--good", "badge--bad", "badge--warn", "place--", "#check", "#cross")
VERDICTS = re.compile(r"question--(right|wrong|partly|pending|blank)")


@pytest.fixture
def paper(course, lin) -> Attempt:
    """One question of every type, unanswered."""
    quiz = Quiz.objects.create(course=course, slug="all", titles={"en": "All"}, is_published=True)
    for position, item in enumerate(sample_items(), start=1):
        definition = replace(item.question, id=f"{item.question.id}-{position}")
        version = questions.publish(definition, [item.variant])
        QuizItem.objects.create(
            quiz=quiz, question=version.question, version=version, position=position, points=7
        )
    return start_attempt(quiz, lin)


def items_of(attempt: Attempt) -> list[tuple[int, Item]]:
    rows = attempt.items.select_related("version", "variant").order_by("position")
    return [(row.pk, item_of(row.version, row.variant)) for row in rows]


def answer_everything(attempt: Attempt) -> None:
    for pk, bound in items_of(attempt):
        Response.objects.create(
            attempt_item_id=pk,
            language="en",
            raw=["x"],
            value=bound.right_response(),
            saved_at=timezone.now(),
        )


def sections(client, attempt: Attempt, page: str, *tells: bool) -> dict[int, str]:
    """Each question of the page under these settings; 0: what stands before the first."""
    names = ("tells_score", "tells_key", "tells_explanations")
    Quiz.objects.update(feedback_policy="at_once", **dict(zip(names, tells, strict=True)))
    html = client.get(reverse(f"quizzes:{page}", args=[attempt.pk])).content.decode()
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", unescape(html.split("<main")[1]))
    head, *rest = re.split(r'(?=<section class="question )', html)
    items = attempt.items.order_by("position").values_list("pk", flat=True)
    return {0: head, **dict(zip(items, rest, strict=True))} if rest else {0: head}


def secrets(bound: Item, *, key: bool, explanations: bool) -> list[str]:
    told = bound.feedback(None, seed=1, language="en")
    text = bound.question.texts["en"]
    found = []
    if not key:
        found += [told.right_answer_html, text.model_answer, *(row.right_html for row in told.rows)]
    if not explanations:
        found += [told.explanation_html, *text.slips.values(), *text.regions.values()]
        found += [each.explanation_html for each in told.options]
        found += [each.explanation_html for each in told.rows]
    # A number of few digits may stand anywhere.
    return [unescape(each).strip() for each in found if len(each.strip()) > 8 and "[[" not in each]


def test_what_the_key_of_a_question_is_stands_only_where_keys_are_told(paper, lin, signed_in):
    """Unanswered: whatever looks like the key comes from showing it."""
    submit_attempt(paper.pk)
    client = signed_in(lin)
    for _score, key, explanations in SETTINGS:
        shown = sections(client, paper, "result", _score, key, explanations)
        for pk, bound in items_of(paper) if len(shown) > 1 else ():
            found = [each for each in secrets(bound, key=key, explanations=explanations) if each in shown[pk]]
            found += [mark for mark in OF_KEYS if not key and mark in shown[pk]]
            assert not found, (bound.question.id, key, explanations)


@pytest.mark.parametrize("page", ["result", "attempt"])
def test_whether_an_answer_is_right_stands_only_where_score_or_key_is_told(paper, lin, signed_in, page):
    answer_everything(paper)
    if page == "result":
        submit_attempt(paper.pk)
    else:
        paper.items.update(checked_at=timezone.now())
    client = signed_in(lin)
    hushed = sections(client, paper, page, False, False, True)
    for pk, bound in items_of(paper):
        found = [mark for mark in (*OF_KEYS, *OF_VERDICTS) if mark in hushed[pk]]
        found += VERDICTS.findall(hushed[pk])
        assert not found, bound.question.id
    if page == "result":
        assert not VERDICTS.findall(hushed[0])
        assert not [mark for mark in OF_VERDICTS if mark in hushed[0]]


def test_a_hushed_result_is_the_same_whatever_the_answers_earned(paper, lin, signed_in):
    answer_everything(paper)
    submit_attempt(paper.pk)
    paper.items.update(pending="")
    client, pages = signed_in(lin), []
    for verdict, fraction in (("right", 1.0), ("wrong", 0.0)):
        for item in paper.items.all():
            item.outcome = {**item.outcome, "verdict": verdict, "fraction": fraction}
            item.score = fraction * item.points
            item.save()
        Attempt.objects.update(score=fraction * 7)
        pages.append(sections(client, paper, "result", False, False, True))
    assert pages[0] == pages[1]


def test_with_the_key_and_without_the_score_no_points_earned_are_told(paper, lin, signed_in):
    answer_everything(paper)
    submit_attempt(paper.pk)
    for part in sections(signed_in(lin), paper, "result", False, True, True).values():
        assert "of 7</span>" not in part
        assert "of 98 points" not in part
