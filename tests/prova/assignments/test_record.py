from dataclasses import asdict
from uuid import uuid4

import pytest
from django.utils import timezone
from prova.assignments.actions import grade_again, record_progress, record_report, submit_solution
from prova.assignments.models import EventKind, OutboxMessage, State, Submission
from prova.gradebook.models import GradebookEntry, GradeChange

from tests.prova.assignments import samples


def kinds(submission):
    return [event.kind for event in submission.events.all()]


def fresh(submission):
    return Submission.objects.select_related("exercise", "assignment").get(pk=submission.pk)


# ---- progress


def test_the_first_sign_of_life_starts_it(submission):
    assert record_progress(samples.note_of(submission))
    now = fresh(submission)
    assert now.state == State.RUNNING
    assert now.deadline_at > timezone.now()
    assert kinds(now) == [EventKind.STARTED]


def test_each_check_ticks(submission):
    record_progress(samples.note_of(submission))
    record_progress(
        samples.note_of(submission, "check_ended", check="half_of_anything", verdict="passed", done=1)
    )
    assert fresh(submission).progress == {"done": 1, "total": 2, "checks": {"half_of_anything": "passed"}}


def test_a_check_that_the_exercise_does_not_have_does_not_tick(submission):
    """The column grows with the exercise, not with what is sent."""
    for number in range(5):
        record_progress(samples.note_of(submission, "check_ended", check=f"my_{number}", verdict="passed"))
    assert fresh(submission).progress["checks"] == {}


def test_a_note_of_another_try_is_forgotten(submission):
    note = samples.note_of(submission) | {"nonce": str(uuid4())}
    assert not record_progress(note)
    assert fresh(submission).state == State.QUEUED


def test_a_note_after_the_report_is_forgotten(submission):
    record_report(samples.report_of(submission))
    assert not record_progress(samples.note_of(submission))
    assert fresh(submission).state == State.GRADED


def test_starting_over_and_over_does_not_prolong_the_lease(submission):
    tick = samples.note_of(submission, "check_ended", check="half_of_anything", verdict="passed", done=1)
    record_progress(samples.note_of(submission))
    record_progress(tick)
    deadline = fresh(submission).deadline_at
    record_progress(samples.note_of(submission))
    record_progress(tick)
    assert fresh(submission).deadline_at == deadline
    assert kinds(submission) == [EventKind.STARTED]


@pytest.mark.parametrize(
    "nonsense",
    [{"done": 3}, {"total": 10**6}, {"check": "x" * 300}, {"done": "1"}, {"surprise": 1}, {"done": -1}],
)
def test_a_note_that_makes_no_sense_is_refused(submission, nonsense):
    with pytest.raises(ValueError, match="not a progress note"):
        record_progress(samples.note_of(submission) | nonsense)


# ---- the report


def test_a_report_becomes_the_mark(submission, lin):
    assert record_report(samples.report_of(submission, samples.failed(), samples.HIDDEN_PASSED))
    now = fresh(submission)
    assert (now.state, now.score, now.max_score) == (State.GRADED, 1.0, 4.0)
    assert now.deadline_at is None
    assert kinds(now) == [EventKind.GRADED]
    entry = GradebookEntry.objects.get()
    assert (entry.learner, entry.points, entry.max_points) == (lin, 2.5, 10.0)


def test_a_report_that_comes_twice_counts_once(submission):
    message = samples.report_of(submission)
    assert record_report(message)
    assert not record_report(message)
    assert kinds(submission) == [EventKind.GRADED, EventKind.DUPLICATE_REPORT]
    assert GradeChange.objects.count() == 1


def test_a_second_report_cannot_change_the_mark(submission):
    record_report(samples.report_of(submission, samples.failed(), samples.HIDDEN_PASSED))
    record_report(samples.report_of(submission))
    assert fresh(submission).score == 1.0


def test_a_late_report_of_an_abandoned_try_changes_nothing(submission):
    late = samples.report_of(submission) | {"nonce": str(uuid4())}
    assert not record_report(late)
    assert fresh(submission).state == State.QUEUED
    event = submission.events.get()
    assert (event.kind, str(event.nonce)) == (EventKind.LATE_REPORT, late["nonce"])


def test_the_best_submission_counts(assignment, lin):
    good = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(samples.report_of(good))
    bad = submit_solution(assignment, lin, "def halve(x): return x // 2")
    record_report(samples.report_of(bad, samples.failed(), samples.HIDDEN_PASSED))
    assert GradebookEntry.objects.get().points == 10.0


def test_the_last_one_counts_where_the_assignment_says_so(assignment, lin):
    assignment.counts = "last"
    assignment.save()
    record_report(samples.report_of(submit_solution(assignment, lin, samples.SOLUTION)))
    worse = submit_solution(assignment, lin, "def halve(x): return x // 2")
    record_report(samples.report_of(worse, samples.failed(), samples.HIDDEN_PASSED))
    assert GradebookEntry.objects.get().points == 2.5


def test_texts_that_the_database_refuses_are_cleaned(submission):
    nasty = "\0 \ud800 <script>\x1b[31m"
    checks = samples.failed(got=nasty), samples.HIDDEN_PASSED
    assert record_report(samples.report_of(submission, *checks, printed=nasty))
    printed = fresh(submission).report["printed"]
    assert "\0" not in printed
    assert "<script>" in printed


@pytest.mark.parametrize(
    "checks",
    [
        [samples.passed()],
        [samples.passed(), samples.passed("half_of_anything", 1.0, visible=True)],
        [samples.passed(points=1.0), samples.HIDDEN_PASSED],
        [samples.passed(), samples.HIDDEN_PASSED, samples.passed("my_own", 1.0)],
        [samples.passed(), samples.passed(), samples.HIDDEN_PASSED],
    ],
    ids=["one left out", "a hidden one shown", "other points", "one more", "one twice"],
)
def test_a_report_with_other_checks_than_the_exercise_has_is_refused(submission, checks):
    """It adds up, and comes with the right nonce: the site knows itself which checks there are."""
    assert record_report(samples.report_of(submission, *checks))
    now = fresh(submission)
    assert (now.state, now.tries, now.score) == (State.QUEUED, 2, None)
    event = now.events.get(kind=EventKind.REFUSED_REPORT)
    assert "not the checks of the exercise" in event.detail["why"]


_NESTED = {"key": "wrong_value", "params": {"expected": [1], "got": "0"}}


@pytest.mark.parametrize(
    "field",
    [
        {"cpu_scale": [1]},
        {"versions": ["numpy"]},
        {"cpu_scale": 10**400},
        {"usage": {"cpu_s": "much"}},
        {"notices": [_NESTED]},
        {"load_error": _NESTED},
        {"printed": "x" * (5 << 20)},
        {"hidden_details": [asdict(samples.passed("half_of_anything", 1.0, visible=False))] * 20_000},
        {"hidden_details": [asdict(samples.passed("half_of_anything", 1.0, visible=False))] * 2},
    ],
    ids=lambda field: next(iter(field)),
)
def test_what_no_page_could_show_is_not_stored(submission, field):
    assert record_report(samples.report_of(submission) | field)
    now = fresh(submission)
    assert (now.state, now.report, now.hidden_details) == (State.QUEUED, None, [])
    assert EventKind.REFUSED_REPORT in kinds(now)


def test_a_report_about_nobody_is_dropped(db, caplog, submission):
    for pk in (submission.pk + 1, -1, 2**70, "1", None):
        assert not record_report(samples.report_of(submission) | {"submission_id": pk})
    assert "does not exist" in caplog.text


@pytest.mark.parametrize(
    "nonsense",
    [
        {"score": 4.5},
        {"score": float("nan")},
        {"max_score": 3.0},
        {"checks": []},
        {"checks": "all"},
        {"outcome": "perfect"},
        {"printed": 7},
        {"exercise": "another"},
        {"exercise_version": "2" * 24},
        {"surprise": 1},
    ],
)
def test_a_report_that_makes_no_sense_is_a_failure_of_ours(submission, nonsense):
    assert record_report(samples.report_of(submission) | nonsense)
    now = fresh(submission)
    assert (now.state, now.tries, now.score) == (State.QUEUED, 2, None)
    assert EventKind.REFUSED_REPORT in kinds(now)


@pytest.mark.parametrize("points", [-1.0, 3.5, float("inf"), True, "3"])
def test_no_check_gives_more_than_it_has(submission, points):
    message = samples.report_of(submission)
    message["checks"] = [dict(check) for check in message["checks"]]
    message["checks"][0]["points"] = points
    record_report(message)
    assert fresh(submission).state == State.QUEUED


# ---- failures of ours


def test_a_failure_of_ours_is_tried_again_under_a_new_nonce(submission):
    record_report(samples.failure_of_ours(submission))
    now = fresh(submission)
    assert (now.state, now.tries) == (State.QUEUED, 2)
    assert now.nonce != submission.nonce
    assert OutboxMessage.objects.filter(nonce=now.nonce, sent_at=None).exists()
    assert now.events.get().detail["failure"] == "the zygote died"


def test_after_the_last_try_it_is_said_and_nothing_is_marked(submission, settings):
    for _ in range(settings.GRADING_TRIES):
        record_report(samples.failure_of_ours(fresh(submission)))
    now = fresh(submission)
    assert (now.state, now.score) == (State.SYSTEM_ERROR, None)
    assert kinds(now) == [EventKind.SYSTEM_FAILURE] * settings.GRADING_TRIES + [EventKind.SYSTEM_ERROR]
    assert not GradebookEntry.objects.exists()


def test_the_report_of_the_abandoned_try_comes_too_late(submission):
    record_report(samples.failure_of_ours(submission))
    assert not record_report(samples.report_of(submission))
    assert fresh(submission).state == State.QUEUED


def test_a_new_try_uses_the_newest_version_of_the_exercise(submission):
    newer = samples.make_exercise("2" * 24)
    submission.assignment.exercise = newer
    submission.assignment.save()
    record_report(samples.failure_of_ours(submission))
    assert fresh(submission).exercise == newer


def test_an_instructor_may_have_it_graded_again(submission, settings):
    for _ in range(settings.GRADING_TRIES):
        record_report(samples.failure_of_ours(fresh(submission)))
    assert grade_again(submission.pk)
    now = fresh(submission)
    assert (now.state, now.tries) == (State.QUEUED, 1)
    assert record_report(samples.report_of(now))
    assert GradebookEntry.objects.count() == 1


def test_what_is_graded_is_not_graded_again(submission):
    record_report(samples.report_of(submission))
    assert not grade_again(submission.pk)
