from datetime import timedelta

import pytest
from django.utils import timezone, translation
from prova.assignments.actions import SubmissionRefused, record_report, submit_solution
from prova.assignments.models import OutboxMessage, State, Submission, UploadTry
from prova.assignments.refusals import Refusal

from tests.prova.assignments import samples

NOW = timezone.now()


def refusal(assignment, learner, source=samples.SOLUTION, **kwargs):
    with pytest.raises(SubmissionRefused) as caught:
        submit_solution(assignment, learner, source, **kwargs)
    return caught.value


def earlier(assignment, learner, count, minutes=30, state=State.GRADED):
    """Submissions whose grading is over."""
    for _ in range(count):
        Submission.objects.create(
            assignment=assignment,
            exercise=assignment.exercise,
            learner=learner,
            source="x",
            seed=1,
            created_at=timezone.now() - timedelta(minutes=minutes),
            state=state,
            score=0.0,
            max_score=4.0,
            report={},
        )


def test_it_is_queued_together_with_its_job(assignment, lin):
    new = submit_solution(assignment, lin, samples.SOLUTION, file_name="folder/halve.py")
    assert (new.state, new.source, new.file_name) == (State.QUEUED, samples.SOLUTION, "halve.py")
    assert new.exercise == assignment.exercise
    message = OutboxMessage.objects.get()
    assert (message.submission, message.nonce, message.sent_at) == (new, new.nonce, None)


def test_each_submission_has_a_seed_of_its_own(assignment, lin):
    seeds = {submit_solution(assignment, lin, samples.SOLUTION).seed for _ in range(3)}
    assert len(seeds) == 3


def test_a_broker_that_is_down_does_not_trouble_the_learner(
    assignment, lin, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def no_broker():
        raise ConnectionError("down")

    monkeypatch.setattr("prova.assignments.actions.publish.publish_waiting", no_broker)
    with django_capture_on_commit_callbacks(execute=True):
        new = submit_solution(assignment, lin, samples.SOLUTION)
    assert Submission.objects.get().state == State.QUEUED
    assert OutboxMessage.objects.get(submission=new).sent_at is None
    assert "left to the sweeper" in caplog.text


@pytest.mark.parametrize("source", ["", "x\0", b"\xff\xfe", "#" * 70_000])
def test_what_cannot_be_graded_leaves_no_trace(assignment, lin, source):
    refusal(assignment, lin, source)
    assert not Submission.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_the_limit_is_that_of_the_exercise(assignment, lin):
    assert "64 KiB" in refusal(assignment, lin, "#" * (64 * 1024 + 1)).sentence


def test_before_it_opens_and_after_it_closed_nothing_is_taken(assignment, lin):
    assignment.opens_at = NOW + timedelta(hours=1)
    assert refusal(assignment, lin).refusal is Refusal.NOT_OPEN_YET
    assignment.opens_at, assignment.closes_at = None, NOW
    assert refusal(assignment, lin, now=NOW).refusal is Refusal.CLOSED


def test_the_last_moment_counts(assignment, lin):
    assignment.closes_at = NOW
    assert submit_solution(assignment, lin, samples.SOLUTION, now=NOW - timedelta(microseconds=1)).pk


def test_nobody_fills_the_queue_alone(assignment, lin, ada, settings):
    for _ in range(settings.SUBMISSIONS_AT_ONCE):
        submit_solution(assignment, lin, samples.SOLUTION)
    assert refusal(assignment, lin).refusal is Refusal.TOO_MANY_OPEN
    assert submit_solution(assignment, ada, samples.SOLUTION).pk


def test_a_graded_submission_makes_room(assignment, lin, settings):
    at_once = range(settings.SUBMISSIONS_AT_ONCE)
    submissions = [submit_solution(assignment, lin, samples.SOLUTION) for _ in at_once]
    record_report(samples.report_of(submissions[0]))
    assert submit_solution(assignment, lin, samples.SOLUTION).pk


def test_not_too_many_a_minute(assignment, lin, settings):
    earlier(assignment, lin, settings.SUBMISSIONS_PER_MINUTE, minutes=0)
    assert refusal(assignment, lin).refusal is Refusal.TOO_MANY_PER_MINUTE


def test_not_too_many_an_hour(assignment, lin):
    assignment.submissions_per_hour = 2
    earlier(assignment, lin, 2)
    assert refusal(assignment, lin).refusal is Refusal.TOO_MANY_PER_HOUR


def test_last_hours_submissions_are_forgotten(assignment, lin):
    assignment.submissions_per_hour = 2
    earlier(assignment, lin, 2, minutes=61)
    assert submit_solution(assignment, lin, samples.SOLUTION).pk


def test_refused_files_are_not_read_for_ever(assignment, lin, ada, settings, monkeypatch):
    at = NOW
    for _ in range(settings.SUBMISSIONS_PER_MINUTE):
        assert not refusal(assignment, lin, b"\xff", file_name="a.py", now=at).is_about_pace
    read = []
    monkeypatch.setattr("prova.assignments.actions.submit.read", lambda *given: read.append(given))

    assert refusal(assignment, lin, b"\xff", file_name="a.py", now=at).refusal is Refusal.TOO_MANY_PER_MINUTE
    assert refusal(assignment, lin, samples.SOLUTION.encode(), now=at).is_about_pace
    assert not read
    monkeypatch.undo()
    assert submit_solution(assignment, ada, samples.SOLUTION.encode(), file_name="a.py", now=at).pk
    later = at + timedelta(minutes=1)
    assert submit_solution(assignment, lin, samples.SOLUTION.encode(), file_name="a.py", now=later).pk
    assert not UploadTry.objects.exists()


def test_who_may_not_submit_now_has_no_file_read(assignment, lin, settings, monkeypatch):
    earlier(assignment, lin, settings.SUBMISSIONS_PER_MINUTE, minutes=0)
    monkeypatch.setattr("prova.assignments.actions.submit.read", lambda *given: pytest.fail("it was read"))

    assert refusal(assignment, lin, b"\xff", file_name="a.zip").is_about_pace
    assignment.closes_at = NOW
    assert refusal(assignment, lin, b"\xff", file_name="a.zip").refusal is Refusal.CLOSED


def test_a_limit_in_all_counts_only_what_we_graded(assignment, lin):
    assignment.submissions_limit = 2
    earlier(assignment, lin, 1, minutes=600)
    earlier(assignment, lin, 5, minutes=600, state=State.SYSTEM_ERROR)
    assert submit_solution(assignment, lin, samples.SOLUTION).pk
    assert refusal(assignment, lin).refusal is Refusal.NONE_LEFT


@pytest.mark.parametrize("reason", list(Refusal))
def test_every_refusal_has_a_sentence(reason):
    sentence = SubmissionRefused(reason, kib=64, limit=3, titles="Halving").sentence
    assert sentence.endswith(".")
    assert "%" not in sentence


def test_the_sentence_is_in_the_language_of_the_page(assignment, lin):
    refused = refusal(assignment, lin, "")
    with translation.override("pt-br"):
        assert "código" in refused.sentence
