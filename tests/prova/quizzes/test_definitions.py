from dataclasses import replace

import pytest
from prova.gradebook.policies import Counts
from prova.quizzes.actions import start_attempt
from prova.quizzes.actions.publish import publish_quiz
from prova.quizzes.actions.settings import change_quiz
from prova.quizzes.authoring import define_quiz, definition_of
from prova.quizzes.authoring_refusals import QuizNotReady
from prova.quizzes.definitions import BadDefinition, parse_quizzes, read_quizzes, write_quizzes

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
        ("a: ]", "quizzes.yaml, line 1: not readable as YAML"),
        ("\n- a: " + "[" * 5000, "quizzes.yaml, line 2: this is nested too deeply"),
        ("- {slug: a, slug: b}", "line 1: “slug” is written twice"),
        ("just words", "must be a list"),
        ("\n- {titles: {en: A}, questions: []}", "line 2, quiz 1: “slug” is missing"),
        ("- {slug: a, titles: {en: A}, counts: worst, questions: []}", "quiz 1: 'worst' is not"),
        ("- {slug: a, titles: {en: A}, questions: [{id: x}, {id: x}]}", "asked twice: x"),
        ("- words", "quiz 1: a quiz is written as fields"),
        ("- {slug: a, titles: {en: A}, questions: [words]}", "quiz 1: not written as it should be"),
    ],
)
def test_nonsense_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(BadDefinition, match=said):
        read(tmp_path, text)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "quizzes.yaml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadDefinition, match=r"quizzes\.yaml: .*save it as UTF-8"):
        read_quizzes(file)


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


EXAM = """
- slug: exam
  titles: {en: Exam, pt-br: Prova}
  time_limit_min: 90
  attempts: 1
  opens_at: 2026-11-23T12:00:00Z
  start_until: 2026-11-23T09:30:00-03:00
  closes_at: 2026-11-23 16:00:00
  closing_cuts: false
  feedback: after_close
  tells: [score, key]
  layout: section
  one_way: true
  networks: [10.1.2.3/8, "2001:db8::/32"]
  languages: [en, pt-br]
  sections:
    - titles: {en: One, pt-br: Um}
      instructions: {en: No calculator.}
      shuffled: true
      questions:
        - {id: first, points: 2, pin: last}
        - {pool: {topic: pruning, level: recall}, draws: 2, points: 1.5}
    - questions:
        - {pool: {slugs: [d, e]}}
"""


def test_an_exam_says_all_its_rules(tmp_path):
    (exam,) = read(tmp_path, EXAM)
    assert exam.start_until.isoformat() == "2026-11-23T12:30:00+00:00"
    assert exam.closes_at.isoformat() == "2026-11-23T16:00:00+00:00"
    assert (exam.closing_cuts, exam.is_one_way, exam.layout) == (False, True, "section")
    assert exam.networks == ("10.0.0.0/8", "2001:db8::/32")
    first, second = exam.sections
    assert (first.is_shuffled, first.asks[0].pin, first.asks[1].draws) == (True, "last", 2)
    assert second.asks[0].source.slugs == ("d", "e")


@pytest.mark.parametrize(
    "text", [GOOD, EXAM, "- {slug: a, titles: {en: A}, time_limit_min: 0.5, questions: []}"]
)
def test_what_is_written_reads_the_same(tmp_path, text):
    quizzes = read(tmp_path, text)
    written = write_quizzes(quizzes)
    assert parse_quizzes(written, "again") == quizzes
    assert write_quizzes(parse_quizzes(written, "again")) == written


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("feedback: sometimes", "sometimes"),
        ("networks: [somewhere]", "somewhere"),
        ("one_way: maybe", "true or false"),
        ("tells: [all]", "tells: all"),
        ("colour: red", "not known: colour"),
        ("sections: [{questions: [{pool: {colour: red}}]}]", "no colour"),
        ("sections: [{questions: [{pool: {topic: pruning}, draws: 0}]}]", "a pool draws 0"),
        ("sections: [{questions: [{id: x, points: -1}]}]", "below 0"),
    ],
)
def test_a_rule_that_is_none_is_refused(tmp_path, line, said):
    with pytest.raises(BadDefinition, match=said):
        read(tmp_path, f"- slug: a\n  titles: {{en: A}}\n  questions: []\n  {line}\n")


def test_an_exam_defined_and_told_again_is_the_same(tmp_path, course):
    for slug in ("first", "a", "b", "c", "d", "e"):
        questions.publish(questions.single(slug))
    (exam,) = read(tmp_path, EXAM)
    quiz = define_quiz(course, exam)
    told = definition_of(quiz)
    assert {name: value for name, value in vars(told).items() if vars(exam)[name] is not None} == {
        name: value for name, value in vars(exam).items() if value is not None
    }
    before = list(quiz.items.values_list("pk", "position", "place_in_pool"))
    assert list(define_quiz(course, told).items.values_list("pk", "position", "place_in_pool")) == before
    assert quiz.pools.count() == 2
    # d and e fit the first pool too, but the second names them
    assert [pool.items.count() for pool in quiz.pools.all()] == [3, 2]


def test_an_exam_whose_pool_is_too_small_is_refused(tmp_path, course):
    for slug in ("first", "d"):
        questions.publish(questions.single(slug))
    with pytest.raises(BadDefinition, match="pool at place"):
        define_quiz(course, read(tmp_path, EXAM)[0])


def exam_with(needed):
    return parse_quizzes(GOOD.replace("- slug", f"- {needed}slug"), "exam")[0]


LOCKED = "needs_password: true\n  "


def test_a_quiz_with_a_password_says_so_but_not_which(course):
    quiz = questions.make_quiz(course, [(questions.single(), 1.0)], password="swordfish")
    written = write_quizzes([definition_of(quiz)])
    assert "needs_password: true" in written
    assert "swordfish" not in written
    assert "published" not in written


def test_a_quiz_that_needs_a_password_stays_a_draft_until_one_is_set(course):
    for slug in ("first", "second"):
        questions.publish(questions.number(slug))
    quiz = define_quiz(course, exam_with(LOCKED))
    assert not quiz.is_published
    with pytest.raises(QuizNotReady, match="needs a password"):
        publish_quiz(quiz.pk)
    change_quiz(quiz.pk, {"password": "swordfish"})
    assert publish_quiz(quiz.pk).is_published
    again = define_quiz(course, exam_with(LOCKED))
    assert (again.is_published, again.password) == (True, "swordfish")
    assert definition_of(again).needs_password


def test_a_file_neither_opens_a_quiz_nor_closes_it_below_somebody(course):
    for slug in ("first", "second"):
        questions.publish(questions.number(slug))
    quiz = define_quiz(course, exam_with(""))
    with pytest.raises(BadDefinition, match="published here without one"):
        define_quiz(course, exam_with(LOCKED))
    change_quiz(quiz.pk, {"password": "swordfish"})
    assert define_quiz(course, exam_with("")).password == "swordfish"


def test_who_sets_the_password_publishes(tmp_path):
    with pytest.raises(BadDefinition, match="who sets the password"):
        read(tmp_path, GOOD.replace("- slug", f"- {LOCKED}published: false\n  slug"))
