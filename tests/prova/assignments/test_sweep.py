from datetime import timedelta

import pytest
from django.utils import timezone
from prova.assignments.actions import (
    publish_waiting,
    record_progress,
    record_report,
    submit_solution,
    sweep_once,
)
from prova.assignments.models import EventKind, Heartbeat, OutboxMessage, State, Submission

from tests.prova.assignments import samples
from tests.prova.assignments.slow_publisher import publishing_slowly

LATER = timedelta(minutes=5)


def fresh(submission):
    return Submission.objects.select_related("exercise", "assignment").get(pk=submission.pk)


def kinds(submission):
    return [event.kind for event in submission.events.all()]


@pytest.fixture
def sweep(queue):
    """A round of the sweeper some time from now."""
    return lambda after=LATER: sweep_once(timezone.now() + after, queue.send)


@pytest.fixture
def published(submission, queue):
    publish_waiting(queue.send)
    return fresh(submission)


def test_a_job_that_nobody_sent_is_sent(submission, sweep, queue):
    assert sweep().published == 1
    assert queue.jobs[0].submission_id == submission.pk


def test_without_a_broker_no_try_is_used_up(submission, sweep, queue, settings):
    queue.is_down = True
    for _ in range(settings.GRADING_TRIES + 2):
        sweep()
    queue.is_down = False
    sweep()
    assert (fresh(submission).state, fresh(submission).tries) == (State.QUEUED, 1)
    assert len(queue.jobs) == 1


def test_a_grader_that_fell_silent_loses_the_submission(published, sweep, queue):
    record_progress(samples.note_of(published))
    sweep()
    now = fresh(published)
    assert (now.state, now.tries) == (State.QUEUED, 2)
    assert now.nonce != published.nonce
    assert queue.jobs[-1].nonce == str(now.nonce)
    assert kinds(now)[-2:] == [EventKind.LEASE_EXPIRED, EventKind.REPUBLISHED]


def test_a_grader_that_is_alive_keeps_it(published, sweep):
    record_progress(samples.note_of(published))
    assert sweep(after=timedelta(seconds=5)).expired == 0
    assert fresh(published).state == State.RUNNING


def test_after_three_silent_graders_it_is_a_failure_of_ours(published, sweep, settings):
    for _ in range(settings.GRADING_TRIES):
        record_progress(samples.note_of(fresh(published)))
        sweep()
    now = fresh(published)
    assert now.state == State.SYSTEM_ERROR
    assert kinds(now)[-1] == EventKind.SYSTEM_ERROR


def test_a_zombie_that_reports_after_all_changes_nothing(published, sweep):
    record_progress(samples.note_of(published))
    sweep()
    assert not record_report(samples.report_of(published))
    assert fresh(published).score is None
    assert record_report(samples.report_of(fresh(published)))


def test_what_waits_its_turn_is_left_in_peace(published, sweep, queue, settings):
    settings.GRADING_LEASE_S = 60
    Heartbeat.objects.create(name="graders", beat_at=timezone.now() + timedelta(seconds=90))
    sweep(after=timedelta(seconds=100))
    now = fresh(published)
    assert (now.tries, now.nonce, len(queue.jobs)) == (1, published.nonce, 1)
    assert now.deadline_at > timezone.now() + timedelta(seconds=100)


def test_a_message_that_others_overtook_is_lost_and_tried_again(published, assignment, ada, sweep, queue):
    other = submit_solution(assignment, ada, samples.SOLUTION)
    publish_waiting(queue.send)
    record_progress(samples.note_of(other))
    record_report(samples.report_of(other))
    sweep()
    assert fresh(published).tries == 2


def test_graders_that_are_away_cost_no_try(published, sweep, queue, settings):
    """A weekend without graders must not turn everything that waits into failures."""
    start = timedelta(0)
    for _ in range(2 * settings.GRADING_TRIES):
        start += timedelta(hours=1)
        sweep(after=start)
    now = fresh(published)
    assert (now.state, now.tries, now.nonce) == (State.QUEUED, 1, published.nonce)
    assert record_report(samples.report_of(now))


def test_nobody_is_reminded_faster_and_faster(published, sweep, settings):
    waits = []
    for _ in range(3):
        now = fresh(published)
        waits.append(round((now.deadline_at - now.published_at).total_seconds()))
        sweep(after=timedelta(days=1))
    lease = settings.GRADING_LEASE_S
    assert waits == [lease, 2 * lease, 4 * lease]


def test_finished_submissions_are_not_touched(published, sweep):
    record_report(samples.report_of(published))
    assert sweep().expired == 0
    assert fresh(published).state == State.GRADED


def test_each_round_leaves_a_heartbeat(db, sweep):
    sweep()
    assert Heartbeat.objects.get(name="sweeper").beat_at > timezone.now() - timedelta(seconds=10)


def test_a_failed_try_pauses_before_the_third(published, sweep, queue, settings):
    record_report(samples.failure_of_ours(published))
    record_report(samples.failure_of_ours(fresh(published)))
    waiting = OutboxMessage.objects.get(sent_at=None, nonce=fresh(published).nonce)
    assert waiting.due_at - waiting.created_at > timedelta(seconds=settings.SWEEP_INTERVAL_S - 1)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_works_on_is_left_to_him(assignment, lin, queue):
    submission = Submission.objects.create(
        assignment=assignment, exercise=assignment.exercise, learner=lin, source=samples.SOLUTION, seed=1
    )
    OutboxMessage.objects.create(submission=submission, nonce=submission.nonce)
    with publishing_slowly(queue.send):
        sweep_once(timezone.now() + LATER, queue.send)
    assert len(queue.jobs) == 1
