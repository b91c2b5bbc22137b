"""Addresses and fields of authors, written to break a page: each is answered."""

from typing import Any

import pytest
from django.urls import reverse
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import QuizItem, Section

from questionbank.definition import QuestionDefinition
from questionbank.variant import Variant
from tests.prova.attacks.marked_secrets import marked_items
from tests.prova.quizzes import questions

#: Fields that hold names, formulas or numbers, and texts that a program reads.
_NO_TEXTS = {
    "id",
    "type",
    "topic",
    "level",
    "scoring",
    "match",
    "generator",
    "exercise",
    "kind",
    "shape",
    "right",
}
_NO_TEXTS |= {
    "choices",
    "key",
    "checks",
    "picture",
    "drawing",
    "hotspot",
    "fraction",
    "tolerance",
    "source_language",
}
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:alert(1))"


@pytest.mark.parametrize("name", ["q", "topic", "type", "state", "tag", "collection", "origin", "in", "used"])
@pytest.mark.parametrize("text", ["\0", "stale:\0", "9" * 40, "a & !b <-> (c:*", XSS, "or " * 400])
def test_whatever_is_looked_for_in_the_bank_is_answered_and_never_runs(course, ada, signed_in, name, text):
    answer = signed_in(ada).get(reverse("bank:bank"), {name: text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()


def hostile(value: Any, name: str = "") -> Any:
    """The question with the attack at the end of every text."""
    if isinstance(value, dict):
        return {
            key: each if key in _NO_TEXTS and name != "texts" else hostile(each, key)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [hostile(each, name) for each in value]
    return f"{value} {XSS}" if isinstance(value, str) else value


def test_no_text_of_an_author_runs_in_anybody_s_browser(course, ada, lin, signed_in):
    quiz = questions.make_quiz(course, [], slug="hostile", descriptions={"en": XSS, "pt-br": XSS})
    quiz.titles = {"en": XSS, "pt-br": XSS}
    quiz.save()
    section = Section.objects.create(quiz=quiz, position=1, titles={"en": XSS}, instructions={"en": XSS})
    slugs = []
    for position, item in enumerate(marked_items(), start=1):
        content = hostile(item.question.to_json())
        variant = item.variant.to_json()
        variant["params"] = {
            name: XSS if isinstance(value, str) else value for name, value in variant["params"].items()
        }
        version = questions.publish(QuestionDefinition.from_json(content), [Variant.from_json(variant)])
        slugs.append(version.question.slug)
        QuizItem.objects.create(
            quiz=quiz,
            question=version.question,
            version=version,
            position=position,
            points=4,
            section=section,
        )
    attempt = start_attempt(quiz, lin)
    pages = [
        reverse("quizzes:quiz", args=[course.slug, quiz.slug]),
        reverse("quizzes:attempt", args=[attempt.pk]),
    ]
    learner, instructor = signed_in(lin), signed_in(ada)
    said = [learner.get(page) for page in pages]
    for asked in attempt.items.all():
        form = {
            f"item-{asked.pk}": XSS,
            f"item-{asked.pk}.g1": XSS,
            f"item-{asked.pk}.x1": XSS,
            "number": "1",
        }
        for name in ("save", "hint", "item_language"):
            said.append(learner.post(reverse(f"quizzes:{name}", args=[attempt.pk, asked.pk]), form))
    submit_attempt(attempt.pk)
    said += [learner.get(reverse("quizzes:result", args=[attempt.pk])), learner.get(reverse("home"))]
    said += [instructor.get(reverse("bank:question", args=[slug])) for slug in slugs]
    said += [instructor.get(reverse("bank:bank"), {"q": "script alert"})]
    said += [instructor.get(reverse("teaching:attempt", args=[course.slug, quiz.slug, attempt.pk]))]
    said += [instructor.get(reverse("quiz_builder:questions", args=[course.slug, quiz.slug]))]
    for answer in said:
        text = answer.content.decode()
        assert answer.status_code < 500
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
