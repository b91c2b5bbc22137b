"""Rows, names and places of a leaderboard, read from real rows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from prova.accounts.models import User
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.catalogue import _load
from prova.assignments.leaderboard.board import Board, read_board
from prova.assignments.models import Assignment, Standing, Submission
from prova.courses.models import Course, Enrolment, Role
from prova.courses.pseudonyms import pseudonyms
from prova.regrades.actions import make_live, start_regrade

from tests.prova.assignments import samples
from tests.prova.assignments.leaderboard import boards

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(course: Course) -> Assignment:
    return boards.make_assignment(course, boards.make_exercise())


@pytest.fixture
def hidden(course: Course) -> Assignment:
    return boards.make_assignment(course, boards.make_exercise(boards.HIDDEN_BOARD))


def board_of(assignment: Assignment, viewer: User, **how: Any) -> Board:
    board = read_board(
        Assignment.objects.select_related("exercise").get(pk=assignment.pk),
        viewer,
        **{"sees_names": False, "all_rows": True} | how,
    )
    assert board is not None
    return board


def ranks(board: Board) -> list[tuple[int, str]]:
    return [(row.rank, row.value) for row in board.rows if row.rank]


def test_the_best_submission_of_each_learner_stands_in_its_place(assignment, course, lin):
    mei = boards.learner(course, "mei")
    for person, value in ((lin, 3.0), (lin, 5.0), (lin, 4.0), (mei, 4.5)):
        boards.hand_in(assignment, person, value)

    board = board_of(assignment, lin)

    assert ranks(board) == [(1, "5.0×"), (2, "4.5×")]
    assert board.mine is not None
    assert (board.mine.rank, board.mine.of) == (1, 2)


def test_less_is_better_where_the_curve_falls(course, lin):
    falling = boards.BOARD | {"check": "it_is_exact", "rises": False, "against": None, "baselines": []}
    assignment = boards.make_assignment(course, boards.make_exercise(falling))
    boards.hand_in(assignment, lin, 3.0, drop=2.0)
    boards.hand_in(assignment, lin, 3.0, drop=0.25)
    boards.hand_in(assignment, boards.learner(course, "mei"), 3.0, drop=1.0)

    with override("pt-br"):
        assert ranks(board_of(assignment, lin)) == [(1, "0,25\xa0p.p."), (2, "1,00\xa0p.p.")]


def test_overlapping_bands_share_a_place_and_the_way_up_is_said(assignment, course, lin):
    mei, ana = boards.learner(course, "mei"), boards.learner(course, "ana")
    boards.hand_in(assignment, mei, 6.0, 5.0, 7.0)
    boards.hand_in(assignment, ana, 5.5, 4.5, 6.5)
    boards.hand_in(assignment, lin, 4.0, 3.75, 4.25)

    board = board_of(assignment, lin)

    assert [rank for rank, _value in ranks(board)] == [1, 1, 3]
    assert board.first_count == 2
    assert board.mine is not None
    assert (board.mine.missing, board.mine.to_rank) == ("0.25×", 2)
    assert {row.band for row in board.rows if row.rank} == {"5.00 – 7.00", "4.50 – 6.50", "3.75 – 4.25"}


def test_who_fails_a_check_that_measures_nothing_is_not_ranked(assignment, lin):
    boards.hand_in(assignment, lin, 9.0, right=False)

    assert board_of(assignment, lin).count == 0


def test_learners_see_pseudonyms_and_the_names_of_who_shows_theirs(assignment, course, lin, ada):
    mei, ana = boards.learner(course, "mei", shows_name=True), boards.learner(course, "ana")
    for person, value in ((lin, 3.0), (mei, 4.0), (ana, 5.0)):
        boards.hand_in(assignment, person, value)

    told = {row.name for row in board_of(assignment, lin).rows if row.rank}
    known = {row.name for row in board_of(assignment, ada, sees_names=True).rows if row.rank}

    called = pseudonyms(course.pk)
    assert told == {called(lin.pk), "Mei Student", called(ana.pk)}
    assert known == {"Lin Chen", "Mei Student", "Ana Student"}


def test_a_name_that_is_shown_in_another_course_is_not_shown_here(assignment, course, lin):
    mei = boards.learner(course, "mei")
    other = Course.objects.create(slug="else", titles={"en": "Else"})
    Enrolment.objects.create(course=other, user=mei, role=Role.LEARNER, shows_name=True)
    boards.hand_in(assignment, mei, 4.0)

    assert [row.name for row in board_of(assignment, lin).rows if row.rank] == [pseudonyms(course.pk)(mei.pk)]


def test_when_somebody_under_a_pseudonym_handed_in_is_for_instructors(assignment, course, lin, ada):
    """Whoever sat beside them would know who it is."""
    mei, ana = boards.learner(course, "mei", shows_name=True), boards.learner(course, "ana")
    for person, value in ((lin, 3.0), (mei, 4.0), (ana, 5.0)):
        boards.hand_in(assignment, person, value)

    told = {row.number: row.submitted_at is not None for row in board_of(assignment, lin).rows if row.rank}
    known = [row.submitted_at for row in board_of(assignment, ada, sees_names=True).rows if row.rank]

    assert told == {3.0: True, 4.0: True, 5.0: False}
    assert None not in known


def test_instructors_and_who_left_the_course_are_not_ranked(assignment, course, lin, ada):
    boards.hand_in(assignment, ada, 9.0)
    gone = boards.learner(course, "gone")
    boards.hand_in(assignment, gone, 8.0)
    Enrolment.objects.filter(user=gone).delete()
    both = boards.learner(course, "both")
    Enrolment.objects.create(
        course=Course.objects.create(slug="else", titles={"en": "Else"}), user=both, role=Role.LEARNER
    )
    boards.hand_in(assignment, both, 3.0)

    assert ranks(board_of(assignment, lin)) == [(1, "3×")]


def test_what_came_after_the_closing_time_does_not_count(assignment, lin):
    boards.hand_in(assignment, lin, 3.0)
    late = boards.hand_in(assignment, lin, 9.0)
    closing = timezone.now() + timedelta(hours=1)
    Standing.objects.filter(pk=late.pk).update(submitted_at=closing)
    Assignment.objects.update(closes_at=closing)

    assert ranks(board_of(assignment, lin)) == [(1, "3×")]


def test_nobody_is_ranked_before_the_verdict(assignment, lin):
    submit_solution(assignment, lin, "x = 1\n")

    assert board_of(assignment, lin).count == 0


def test_a_regrade_that_replaces_a_mark_replaces_the_standing(assignment, lin, ada):
    boards.hand_in(assignment, lin, 9.0)
    regrade = start_regrade(assignment, ada, also_current=True)
    shadow = Submission.with_shadows.get(shadow_of__isnull=False)
    checks, details = boards.results(boards.metric("compression_ratio", 2.5))
    record_report(samples.report_of(shadow, *checks, hidden_details=details))
    assert ranks(board_of(assignment, lin)) == [(1, "9×")]

    make_live(regrade.pk, ada)

    assert ranks(board_of(assignment, lin)) == [(1, "2.5×")]
    assert Standing.objects.count() == 1


@pytest.mark.parametrize("count", [1, 6])
def test_a_regrade_reads_the_exercise_once(assignment, lin, ada, count):
    for _ in range(count):
        boards.hand_in(assignment, lin, 9.0)
    regrade = start_regrade(assignment, ada, also_current=True)
    for shadow in Submission.with_shadows.filter(shadow_of__isnull=False):
        checks, details = boards.results(boards.metric("compression_ratio", 2.5))
        record_report(samples.report_of(shadow, *checks, hidden_details=details))
    with CaptureQueriesContext(connection) as queries:
        make_live(regrade.pk, ada)
    asked = [query for query in queries.captured_queries if 'FROM "assignments_exercise"' in query["sql"]]
    assert len(asked) == 1


# ---- known methods


def test_known_methods_stand_among_the_others_without_a_place(assignment, course, lin):
    boards.hand_in(assignment, lin, 5.0)
    boards.hand_in(assignment, boards.learner(course, "mei"), 3.0)

    rows = board_of(assignment, lin).rows

    assert [(row.rank, row.name if not row.rank else row.value) for row in rows] == [
        (1, "5×"),
        (0, "Eight bits a weight"),
        (2, "3×"),
    ]
    with override("pt-br"):
        assert "Oito bits por peso" in {row.name for row in board_of(assignment, lin).rows}


# ---- hidden checks


def test_a_hidden_check_ranks_by_tenths_while_the_assignment_is_open(hidden, course, lin):
    mei = boards.learner(course, "mei")
    boards.hand_in(hidden, lin, 3.0, unseen=4.123, unseen_share=0.3)
    boards.hand_in(hidden, mei, 3.0, unseen=4.126, unseen_share=0.3)

    board = board_of(hidden, lin)

    assert ranks(board) == [(1, "30\xa0%"), (1, "30\xa0%")]
    assert board.tells_tenths
    assert not any(row.rank == 0 for row in board.rows)
    assert board.chart is None


def test_what_may_not_be_told_does_not_leave_the_database(hidden, lin):
    boards.hand_in(hidden, lin, 3.0)
    with CaptureQueriesContext(connection) as queries:
        board_of(hidden, lin)
    assert "full_" not in "".join(query["sql"] for query in queries.captured_queries)


def test_it_ranks_by_what_was_measured_once_the_details_may_be_read(hidden, course, lin):
    boards.hand_in(hidden, lin, 3.0, unseen=4.123, unseen_share=0.3)
    boards.hand_in(hidden, boards.learner(course, "mei"), 3.0, unseen=4.126, unseen_share=0.3)
    Assignment.objects.update(closes_at=timezone.now() + timedelta(seconds=30))

    board = board_of(hidden, lin, now=timezone.now() + timedelta(minutes=1))

    assert ranks(board) == [(1, "4.126×"), (2, "4.123×")]
    assert not board.tells_tenths


def test_a_hidden_check_that_earned_nothing_is_not_ranked(hidden, lin):
    """It might have measured little or have failed: the list does not tell which."""
    boards.hand_in(hidden, lin, 3.0, unseen=1.0, unseen_share=0.0)

    assert board_of(hidden, lin).count == 0


# ---- another version of the exercise


class Package:
    """As much of an exercise package as loading asks for."""

    def __init__(self, board: dict[str, Any] | None, version: str) -> None:
        self.slug, self.version, self.board = "halving", version, board


def load_with(monkeypatch: pytest.MonkeyPatch, board: dict[str, Any] | None, version: str) -> None:
    monkeypatch.setattr(
        "prova.assignments.catalogue.metadata_of", lambda package: boards.metadata_with(package.board)
    )
    _load(Package(board, version))  # type: ignore[arg-type]


def test_another_check_ranks_what_was_handed_in_before(assignment, course, lin, monkeypatch):
    boards.hand_in(assignment, lin, 9.0, drop=2.0)
    boards.hand_in(assignment, boards.learner(course, "mei"), 3.0, drop=1.0)

    load_with(
        monkeypatch,
        boards.BOARD | {"check": "it_is_exact", "rises": False, "against": None, "baselines": []},
        "c" * 24,
    )

    assert ranks(board_of(assignment, lin)) == [(1, "1\xa0pp"), (2, "2\xa0pp")]


def test_a_leaderboard_that_is_added_later_ranks_what_is_there(course, lin, monkeypatch):
    assignment = boards.make_assignment(course, boards.make_exercise())
    assignment.exercise.metadata["leaderboard"] = None
    assignment.exercise.save()
    boards.hand_in(assignment, lin, 4.0)
    assert not Standing.objects.exists()

    load_with(monkeypatch, boards.BOARD, "c" * 24)

    assert ranks(board_of(assignment, lin)) == [(1, "4×")]


# ---- many


def test_a_long_list_is_shortened_around_the_first_and_oneself(assignment, course, lin):
    people = [boards.learner(course, f"learner{number}") for number in range(34)]
    for place, person in enumerate((*people[:30], lin, *people[30:])):
        boards.hand_in(assignment, person, 9.0 - place / 16, drop=0.25)

    board = board_of(assignment, lin, all_rows=False)

    places = [row.rank for row in board.rows if row.rank]
    assert places == [*range(1, 26), 29, 30, 31, 32, 33]
    assert board.left_out == 5
    assert sum(row.is_mine for row in board.rows) == 1
    assert board_of(assignment, lin).left_out == 0
