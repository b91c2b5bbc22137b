from dataclasses import replace

import pytest
from prova.gradebook.policies import Counts
from prova.quizzes.actions import start_attempt
from prova.quizzes.authoring import define_quiz
from prova.quizzes.definitions import BadDefinition, read_quizzes

from tests.prova.quizzes import questions

GOOD = """
- slug: basics
  titles: {en: Basics, pt-br: Fundamentos}
  time_limit_min: 20
  attempts: 3
  counts: last
  questions:
    - {id: first, points: 2}
    - {id: second}
"""


def read(tmp_path, text):
    file = tmp_path / "quizzes.yaml"
    file.write_text(text)
    return read_quizzes(file)


def test_it_works(tmp_path):
    (quiz,) = read(tmp_path, GOOD)
    assert (quiz.slug, quiz.time_limit_s, quiz.attempts_allowed) == ("basics", 1200, 3)
    assert quiz.counts is Counts.LAST
    assert [(asked.slug, asked.points) for asked in quiz.asks] == [("first", 2.0), ("second", 1.0)]


def test_without_limits_there_are_none(tmp_path):
    (quiz,) = read(tmp_path, "- {slug: a, titles: {en: A}, time_limit_min: null, questions: []}")
    assert (quiz.time_limit_s, quiz.attempts_allowed, quiz.counts) == (None, None, Counts.BEST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "not YAML"),
        ("just words", "must be a list"),
        ("- {titles: {en: A}, questions: []}", "quiz 1: KeyError: 'slug'"),
        ("- {slug: a, titles: {en: A}, counts: worst, questions: []}", "quiz 1: ValueError"),
        ("- {slug: a, titles: {en: A}, questions: [{id: x}, {id: x}]}", "asked twice: x"),
        ("- words", "quiz 1: AttributeError"),
    ],
)
def test_nonsense_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(BadDefinition, match=said):
        read(tmp_path, text)


@pytest.fixture
def definition(tmp_path):
    return read(tmp_path, GOOD)[0]


def test_defining_publishes_the_quiz_with_the_newest_versions(course, definition):
    for slug in ("first", "second"):
        questions.publish(questions.number(slug))
    newest = questions.publish(questions.number("first", key=7.0))
    quiz = define_quiz(course, definition)
    assert quiz.is_published
    assert quiz.items.get(position=1).version == newest


def test_defining_again_changes_nothing(course, definition):
    for slug in ("first", "second"):
        questions.publish(questions.number(slug))
    before = list(define_quiz(course, definition).items.values_list("pk", flat=True))
    assert list(define_quiz(course, definition).items.values_list("pk", flat=True)) == before


def test_a_question_may_leave_a_quiz_that_was_taken(course, lin, definition):
    for slug in ("first", "second"):
        questions.publish(questions.number(slug))
    attempt = start_attempt(define_quiz(course, definition), lin)
    shorter = replace(definition, asks=definition.asks[1:])
    assert define_quiz(course, shorter).items.count() == 1
    assert attempt.items.count() == 2


def test_a_question_that_is_not_in_the_bank_is_named(course, definition):
    questions.publish(questions.number("first"))
    with pytest.raises(BadDefinition, match="not in the question bank: second"):
        define_quiz(course, definition)
