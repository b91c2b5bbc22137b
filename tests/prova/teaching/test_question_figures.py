from dataclasses import replace

import pytest
from prova.bank.figures import figures_in
from prova.marking.actions.correct import apply_correction, decide_correction
from prova.marking.models import Remedy
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import AttemptItem, Pool, QuizItem
from prova.teaching.question_figures import discrimination, figures_of

from questionbank.models import Question
from tests.prova.quizzes import questions
from tests.prova.teaching import classroom
from tests.prova.teaching.classroom import RIGHT


@pytest.fixture
def learners(course):
    return classroom.make_learners(course, 4)


def test_the_facility_is_the_mean_share_of_the_points(quiz, learners):
    for learner, answer in zip(learners, ["steps", "steps", "steps", "levels"], strict=True):
        classroom.take(quiz, learner, {1: answer})
    single, multiple, _ = figures_of(quiz, "en")
    assert single.facility == 0.75
    assert multiple.facility == 0.0


def test_partial_credit_counts_in_part(quiz, learners):
    classroom.take(quiz, learners[0], {2: ["steps", "bits"]})
    classroom.take(quiz, learners[1], {2: ["steps"]})
    assert figures_of(quiz, "en")[1].facility == 0.75


def test_an_empty_answer_earns_nothing_and_is_counted_apart(quiz, learners):
    classroom.take(quiz, learners[0], {1: RIGHT})
    classroom.take(quiz, learners[1], {})
    single = figures_of(quiz, "en")[0]
    assert (single.answers, single.blanks, single.facility) == (1, 1, 0.5)


def test_it_says_how_often_each_option_was_chosen(quiz, learners):
    for learner, answer in zip(learners, ["steps", "levels", "levels", "bits"], strict=True):
        classroom.take(quiz, learner, {1: answer})
    choices = {choice.id: choice for choice in figures_of(quiz, "pt-br")[0].choices}
    assert {id: choice.count for id, choice in choices.items()} == {"steps": 1, "levels": 2, "bits": 1}
    assert choices["levels"].share == 0.5
    assert choices["steps"].is_key
    assert not choices["levels"].is_key


def test_a_numeric_question_counts_its_named_slips(quiz, learners):
    classroom.take(quiz, learners[0], {3: RIGHT})
    attempt = classroom.take(quiz, learners[1], {}, submits=False)
    slip = (attempt.items.get(position=3).variant.key or {})["slips"]["no_codebook"]
    classroom.take(quiz, learners[1], {3: str(slip)})
    classroom.take(quiz, learners[2], {3: "12345"})
    numeric = figures_of(quiz, "en")[2]
    assert {choice.id: choice.count for choice in numeric.choices} == {"key": 1, "no_codebook": 1}
    assert numeric.answers == 3


def test_of_a_table_each_row_is_counted_with_its_right_answer(course, learners):
    quiz = questions.make_quiz(course, [(questions.statements(), 1)], slug="rows")
    answers = (["says_zeros=true", "says_shrinks=false"], ["says_zeros=true"], ["says_zeros=false"])
    for learner, wanted in zip(learners, answers, strict=False):
        attempt = start_attempt(quiz, learner)
        item = attempt.items.get()
        save_response(attempt.pk, item.pk, questions.raw_answer(item, *wanted), language="en")
        submit_attempt(attempt.pk)
    (table,) = figures_of(quiz, "pt-br")
    assert [(row.id, row.count, row.right_html) for row in table.choices] == [
        ("says_zeros", 2, "Verdadeiro"),
        ("says_stays", 0, "Verdadeiro"),
        ("says_shrinks", 1, "Falso"),
    ]
    assert table.facility == pytest.approx(1 / 3)


def test_only_first_attempts_count(quiz, learners):
    classroom.take(quiz, learners[0], {1: "levels"})
    classroom.take(quiz, learners[0], {1: RIGHT})
    assert figures_of(quiz, "en")[0].facility == 0.0


def test_of_a_pool_only_what_was_drawn_is_listed(quiz, learners):
    classroom.take(quiz, learners[0], {1: RIGHT})
    pool = Pool.objects.create(quiz=quiz, position=9, source={}, draws=1)
    never_drawn = QuizItem(quiz=quiz, pool=pool, place_in_pool=1, position=9, points=1.0)
    never_drawn.version = questions.publish(questions.single("never-drawn"))
    never_drawn.question = never_drawn.version.question
    never_drawn.save()
    assert [figure.slug for figure in figures_of(quiz, "en")] == [
        item.question.slug for item in quiz.items.filter(pool=None)
    ]


def test_an_attempt_under_way_does_not_count(quiz, learners):
    classroom.take(quiz, learners[0], {1: RIGHT}, submits=False)
    assert figures_of(quiz, "en")[0].facility is None


def test_an_option_that_a_newer_version_dropped_is_still_counted(quiz, learners):
    classroom.take(quiz, learners[0], {1: "bits"})
    question = classroom.choice_question("steps")
    version = classroom.publish(classroom.choice_question("steps", options=question.options[:2]))
    quiz.items.filter(position=1).update(version=version)
    choices = {choice.id: choice for choice in figures_of(quiz, "en")[0].choices}
    assert choices["bits"].count == 1
    assert choices["bits"].text_html == ""


def test_an_answer_that_waits_for_its_mark_is_counted_apart(quiz, learners):
    for learner in learners[:3]:
        classroom.take(quiz, learner, {1: RIGHT})
    AttemptItem.objects.filter(attempt__learner=learners[0]).update(pending="person", score=0)
    single = figures_of(quiz, "en")[0]
    assert (single.answers, single.blanks, single.pending, single.facility) == (2, 0, 1, 1.0)


def test_the_discrimination_is_the_one_of_the_bank_and_told_from_ten_answers_on(course, quiz):
    for number, learner in enumerate(classroom.make_learners(course, 10)):
        assert figures_of(quiz, "en")[0].discrimination is None
        rest = RIGHT if number < 4 or number == 8 else "bits"
        classroom.take(quiz, learner, {1: RIGHT if number < 5 else "levels", 2: rest})
    here = {figures.slug: figures.discrimination for figures in figures_of(quiz, "en")}
    of_bank = {q.slug: figures_in([course.pk], [q.pk])[q.pk].discrimination for q in Question.objects.all()}
    assert here["steps"] == pytest.approx(of_bank["steps"])
    assert here["steps"] == pytest.approx(0.6)  # by hand: shares 1 and 0, of the rest 1/2 and 1/4


def test_where_all_do_alike_nothing_is_told_apart():
    assert discrimination([(1.0, 0.5), (1.0, 0.7)]) is discrimination([(0.5, 0.5)]) is None


def test_after_a_corrected_key_the_new_one_is_called_right(quiz, learners, ada):
    classroom.take(quiz, learners[0], {1: "levels"})
    classroom.take(quiz, learners[1], {1: "steps"})
    old = classroom.choice_question("steps")
    turned = tuple(replace(option, correct=option.id == "levels") for option in old.options)
    new = classroom.publish(classroom.choice_question("steps", options=turned))
    apply_correction(decide_correction(quiz, new, Remedy.NEW_KEY, ada))
    single = figures_of(quiz, "en")[0]
    assert single.facility == 0.5
    assert [(choice.id, choice.count) for choice in single.choices if choice.is_key] == [("levels", 1)]
