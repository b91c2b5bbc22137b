from datetime import timedelta

import pytest
from prova.assignments.actions import publish_waiting, record_report
from prova.assignments.broker import BrokerUnreachable
from prova.assignments.models import EventKind

from tests.prova.assignments import samples


@pytest.fixture
def message(submission):
    return submission.outbox.get()


def test_the_job_says_all_a_grader_needs(message, submission, queue):
    assert publish_waiting(queue.send)
    (job,) = queue.jobs
    assert (job.submission_id, job.nonce) == (submission.pk, str(submission.nonce))
    assert (job.exercise, job.exercise_version) == ("halving", submission.exercise.version)
    assert (job.source, job.seed) == (samples.SOLUTION, submission.seed)


def test_publishing_starts_the_lease(message, submission, queue, settings):
    publish_waiting(queue.send)
    submission.refresh_from_db()
    assert submission.deadline_at - submission.published_at == timedelta(seconds=settings.GRADING_LEASE_S)
    assert [event.kind for event in submission.events.all()] == [EventKind.PUBLISHED]


def test_a_message_is_sent_once(message, queue):
    assert publish_waiting(queue.send)
    assert not publish_waiting(queue.send)
    assert len(queue.jobs) == 1


def test_without_a_broker_the_message_waits(message, submission, queue):
    queue.is_down = True
    with pytest.raises(BrokerUnreachable):
        publish_waiting(queue.send)
    message.refresh_from_db()
    submission.refresh_from_db()
    assert message.sent_at is None
    assert submission.deadline_at is None


def test_a_message_of_a_finished_submission_is_not_sent(message, submission, queue):
    record_report(samples.report_of(submission))
    publish_waiting(queue.send)
    assert queue.jobs == []
    submission.refresh_from_db()
    assert submission.deadline_at is None
