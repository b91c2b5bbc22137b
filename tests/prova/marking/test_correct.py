"""A key is corrected: previewed without touching anybody, applied once, whatever is killed in between."""

from dataclasses import replace

import pytest
from prova.gradebook.models import GradebookEntry
from prova.marking.actions import correct
from prova.marking.actions.adjust import adjust_score
from prova.marking.actions.correct import apply_correction, decide_correction
from prova.marking.carrying import Obstacle
from prova.marking.correcting import preview
from prova.marking.models import ChangeKind, MarkChange, Remedy
from prova.marking.outdated import outdated_items, outdated_questions, outdated_quizzes
from prova.marking.refusals import AnotherRemedy
from prova.quizzes.actions import save_response, start_attempt, submit_attempt

from questionbank.definition import OptionDefinition, ToleranceDefinition
from questionbank.models import QuestionVersion
from tests.prova.quizzes import questions
from tests.prova.teaching.classroom import make_learners

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(course):
    return questions.make_quiz(course, [(questions.single(), 2), (questions.number(), 1)])


def answer(paper, learner, option, submits=True):
    attempt = start_attempt(paper, learner)
    for item in attempt.items.select_related("version", "variant"):
        raw = ["1024"] if item.position == 2 else questions.raw_answer(item, option)
        save_response(attempt.pk, item.pk, raw, language="en")
    return submit_attempt(attempt.pk) if submits else attempt


@pytest.fixture
def attempts(paper, course):
    """By the old key: the first is right, the second wrong."""
    first, second = make_learners(course, 2)
    return [answer(paper, first, "int8_right"), answer(paper, second, "forgot_sign")]


def corrected(right="forgot_sign", **changes) -> QuestionVersion:
    """The key was wrong: another option is right."""
    old = questions.single()
    options = tuple(OptionDefinition(each.id, correct=each.id == right) for each in old.options)
    return questions.publish(replace(old, options=options, **changes))


def scores(attempts):
    for attempt in attempts:
        attempt.refresh_from_db()
    return [(attempt.score, attempt.max_score) for attempt in attempts]


def test_attempts_scored_with_an_older_version_are_found(paper, attempts, ada):
    assert outdated_questions(paper) == []
    corrected()
    [found] = outdated_questions(paper)
    assert (found.slug, found.attempts, found.begun) == ("which-is-smaller", 2, None)


def test_an_instructor_is_led_to_the_quizzes_of_their_own_courses(paper, attempts, ada, sam):
    version = corrected()
    [found] = outdated_quizzes(version, ada)
    assert (found.quiz, found.course.slug, found.attempts) == (paper, "edge", 2)
    assert outdated_quizzes(version, sam) == []
    apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada))
    assert outdated_quizzes(version, ada) == []


def test_where_only_texts_changed_nobody_is_asked_to_regrade(paper, attempts, ada, signed_in):
    old = questions.single()
    english = replace(old.texts["en"], stem="Which of these is smaller?")
    version = questions.publish(replace(old, texts={**old.texts, "en": english}))
    [found] = outdated_questions(paper)
    assert (found.attempts, found.reworded) == (0, 2)
    [led] = outdated_quizzes(version, ada)
    assert (led.attempts, led.reworded) == (0, 2)
    page = signed_in(ada).get(f"/courses/edge/teaching/quizzes/{paper.slug}/").content.decode()
    assert "key and scoring are the same" in page
    assert "See who would change" not in page
    corrected()
    assert [(each.attempts, each.reworded) for each in outdated_questions(paper)] == [(2, 0)]


def test_the_preview_tells_who_changes_and_changes_nobody(paper, attempts):
    shifts = preview(paper, corrected(), Remedy.NEW_KEY)
    assert [(each.before.score, each.after.score) for each in shifts] == [(3.0, 1.0), (1.0, 3.0)]
    assert [round(each.shift, 6) for each in shifts] == [-0.666667, 0.666667]
    assert scores(attempts) == [(3.0, 3.0), (1.0, 3.0)]
    assert not MarkChange.objects.exclude(kind=ChangeKind.SUBMISSION).exists()


def test_the_new_key_scores_what_was_answered_then(paper, attempts, ada):
    version = corrected()
    assert apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada, note="Sign.")) == 2
    assert scores(attempts) == [(1.0, 3.0), (3.0, 3.0)]
    assert [entry.points for entry in GradebookEntry.objects.order_by("learner_id")] == [1.0, 3.0]
    item = attempts[0].items.get(position=1)
    assert (item.version, item.variant.version, item.outcome["verdict"]) == (version, version, "wrong")
    change = item.changes.last()
    assert (change.kind, change.from_score, change.to_score, change.by) == (
        ChangeKind.CORRECTION,
        2.0,
        0.0,
        ada,
    )
    assert outdated_questions(paper) == []


def test_applying_twice_changes_nothing_more(paper, attempts, ada):
    version = corrected()
    for _ in range(2):
        correction = decide_correction(paper, version, Remedy.NEW_KEY, ada)
        apply_correction(correction)
    assert MarkChange.objects.filter(kind=ChangeKind.CORRECTION).count() == 2
    assert correction.finished_at is not None


def test_killed_in_the_middle_it_goes_on_where_it_was(paper, attempts, ada, monkeypatch):
    version = corrected()
    correction = decide_correction(paper, version, Remedy.NEW_KEY, ada)
    settle, calls = correct.settle, []

    def dies_at_the_second(*arguments, **named):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return settle(*arguments, **named)

    monkeypatch.setattr(correct, "settle", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        apply_correction(correction)
    monkeypatch.undo()
    with pytest.raises(AnotherRemedy):
        decide_correction(paper, version, Remedy.DROP, ada)
    assert apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada)) == 1
    assert scores(attempts) == [(1.0, 3.0), (3.0, 3.0)]


def test_full_marks_for_everybody_and_dropping(paper, attempts, ada):
    apply_correction(decide_correction(paper, corrected(), Remedy.FULL_MARKS, ada))
    assert scores(attempts) == [(3.0, 3.0), (3.0, 3.0)]
    apply_correction(decide_correction(paper, corrected("counts_levels"), Remedy.DROP, ada))
    assert scores(attempts) == [(1.0, 1.0), (1.0, 1.0)]
    assert [(entry.points, entry.max_points) for entry in GradebookEntry.objects.all()] == [(1.0, 1.0)] * 2


def test_a_score_set_by_hand_stays_under_the_new_key(paper, attempts, ada):
    item = attempts[0].items.get(position=1)
    adjust_score(item.pk, ada, 1.5, reason="Explained aloud.", seen=item.changes.get().pk)
    version = corrected()
    shifts = preview(paper, version, Remedy.NEW_KEY)
    assert [each.obstacle for each in shifts if each.obstacle] == [Obstacle.ADJUSTED]
    apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada))
    assert scores(attempts) == [(2.5, 3.0), (3.0, 3.0)]
    assert not outdated_items(paper, version).exists()


def test_an_answer_whose_option_is_gone_is_left_and_named(paper, attempts, ada):
    old = questions.single()
    kept = tuple(each for each in old.options if each.id != "forgot_sign")
    texts = {
        language: replace(text, options={each.id: text.options[each.id] for each in kept})
        for language, text in old.texts.items()
    }
    version = questions.publish(replace(old, options=kept, texts=texts))
    shifts = preview(paper, version, Remedy.NEW_KEY)
    assert [each.obstacle for each in shifts] == [None, Obstacle.ANSWER]
    apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada))
    assert scores(attempts) == [(3.0, 3.0), (1.0, 3.0)]


def test_an_attempt_submitted_later_is_found_by_the_same_decision(paper, attempts, course, ada, lin):
    late = answer(paper, lin, "forgot_sign", submits=False)
    version = corrected()
    apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada))
    submit_attempt(late.pk)
    assert [each.attempts for each in outdated_questions(paper)] == [1]
    assert apply_correction(decide_correction(paper, version, Remedy.NEW_KEY, ada)) == 1
    assert scores([late]) == [(3.0, 3.0)]


def test_a_wider_tolerance_pays_a_number_that_was_wrong(course, lin, ada):
    quiz = questions.make_quiz(course, [(questions.number(), 1)])
    attempt = start_attempt(quiz, lin)
    save_response(attempt.pk, attempt.items.get().pk, ["1030"], language="en")
    submit_attempt(attempt.pk)
    wider = ToleranceDefinition("absolute", 10.0)
    version = questions.publish(replace(questions.number(), tolerance=wider))
    apply_correction(decide_correction(quiz, version, Remedy.NEW_KEY, ada))
    assert scores([attempt]) == [(1.0, 1.0)]
