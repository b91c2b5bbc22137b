"""Marking by a person: once, by one of two at once, with reasons from the second mark on."""

import threading

import pytest
from django.db import connection
from prova.gradebook.models import GradebookEntry
from prova.marking.actions.adjust import adjust_score
from prova.marking.actions.mark import mark_answer
from prova.marking.models import ChangeKind, Mark
from prova.marking.refusals import (
    Incomplete,
    MarkingRefused,
    NotToBeMarked,
    Overtaken,
    ReasonMissing,
    ScoreOutOfRange,
)

from tests.prova.marking import papers
from tests.prova.marking.papers import ALL, SOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(submitted):
    return papers.item_of_type(submitted, "free_text")


def test_a_mark_scores_the_answer_the_attempt_and_the_grade(submitted, item, ada):
    mark_answer(item.pk, ada, SOME, comment="Say why.", seen=0)
    item.refresh_from_db()
    submitted.refresh_from_db()
    assert (item.score, item.pending, item.outcome["verdict"]) == (1.0, "", "partly")
    assert item.outcome["marks"] == SOME
    assert (submitted.score, submitted.pending_count) == (2.0, 1)
    assert GradebookEntry.objects.get().points == 2.0


def test_the_same_mark_sent_twice_is_one(item, ada):
    first = mark_answer(item.pk, ada, ALL, seen=0)
    assert mark_answer(item.pk, ada, ALL, seen=0) == first
    assert Mark.objects.count() == 1


def test_the_second_of_two_markers_is_told_who_was_first(submitted, item, ada, bob):
    submitted.quiz.marks_blind = False
    submitted.quiz.save()
    mark_answer(item.pk, ada, ALL, seen=0)
    with pytest.raises(Overtaken) as told:
        mark_answer(item.pk, bob, SOME, seen=0)
    assert "Ada Lovelace" in told.value.sentence()
    item.refresh_from_db()
    assert item.score == 4.0


def test_where_marking_is_blind_no_name_is_told(item, ada, bob):
    mark_answer(item.pk, ada, ALL, seen=0)
    with pytest.raises(Overtaken) as told:
        mark_answer(item.pk, bob, SOME, seen=0)
    assert "Ada" not in told.value.sentence()


def test_a_new_mark_needs_a_reason_and_both_stay_on_record(item, ada, bob):
    mark_answer(item.pk, ada, ALL, seen=0)
    with pytest.raises(ReasonMissing):
        mark_answer(item.pk, bob, SOME, seen=1)
    mark_answer(item.pk, bob, SOME, reason="The cost is not named.", seen=1)
    assert [mark.levels for mark in item.marks.all()] == [ALL, SOME]
    kinds = [(change.kind, change.from_score, change.to_score) for change in item.changes.all()]
    assert kinds == [
        (ChangeKind.SUBMISSION, None, 0.0),
        (ChangeKind.MARKING, 0.0, 4.0),
        (ChangeKind.MARKING, 4.0, 1.0),
    ]


@pytest.mark.parametrize(
    "levels", [{}, {"cause": "complete"}, {**ALL, "cost": "huge"}, {**ALL, "more": "named"}]
)
def test_marks_of_another_rubric_are_refused(item, ada, levels):
    with pytest.raises(Incomplete):
        mark_answer(item.pk, ada, levels, seen=0)
    assert not Mark.objects.exists()


def test_an_open_attempt_and_an_empty_answer_are_not_marked(quiz, lin, ada, exercise):
    attempt = papers.start(quiz, lin, text="")
    item = papers.item_of_type(attempt, "free_text")
    with pytest.raises(NotToBeMarked):
        mark_answer(item.pk, ada, ALL, seen=0)
    from prova.quizzes.actions import submit_attempt

    submit_attempt(attempt.pk)
    with pytest.raises(NotToBeMarked):
        mark_answer(item.pk, ada, ALL, seen=0)


def test_a_choice_is_not_marked_by_a_person(submitted, ada):
    with pytest.raises(NotToBeMarked):
        mark_answer(papers.item_of_type(submitted, "single_choice").pk, ada, {}, seen=0)


def test_a_score_is_adjusted_with_a_reason_on_what_was_seen(submitted, ada):
    item = papers.item_of_type(submitted, "single_choice")
    seen = item.changes.get().pk
    change = adjust_score(item.pk, ada, 0.25, reason="Ambiguous wording.", seen=seen)
    item.refresh_from_db()
    submitted.refresh_from_db()
    assert item.outcome is not None
    assert (item.score, item.outcome["verdict"], submitted.score) == (0.25, "partly", 0.25)
    assert (change.from_score, change.to_score, change.by, change.reason) == (
        1.0,
        0.25,
        ada,
        "Ambiguous wording.",
    )
    with pytest.raises(Overtaken):
        adjust_score(item.pk, ada, 0.5, reason="Again.", seen=seen)


@pytest.mark.parametrize(
    ("score", "reason", "refusal"),
    [(2, "x", ScoreOutOfRange), (-1, "x", ScoreOutOfRange), (1, " ", ReasonMissing)],
)
def test_scores_out_of_range_and_without_reason_are_refused(submitted, ada, score, reason, refusal):
    item = papers.item_of_type(submitted, "single_choice")
    with pytest.raises(refusal):
        adjust_score(item.pk, ada, score, reason=reason, seen=item.changes.get().pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_markers_at_the_same_time_one_marks(quiz, lin, ada, bob, exercise):
    item = papers.item_of_type(papers.take(quiz, lin), "free_text")
    said: list[int | str] = []
    barrier = threading.Barrier(2)

    def mark(person, levels):
        barrier.wait()
        try:
            said.append(mark_answer(item.pk, person, levels, seen=0).number)
        except MarkingRefused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=mark, args=pair) for pair in ((ada, ALL), (bob, SOME))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, said)) == ["1", "refused"]
    item.refresh_from_db()
    assert item.score == {ada.pk: 4.0, bob.pk: 1.0}[item.marks.get().marker_id]
