import pytest
from django.db import OperationalError
from prova.assignments import tasks
from prova.assignments.models import State, Submission
from prova.celery import app

from tests.prova.assignments import samples


def test_graders_find_both_tasks_by_name():
    app.loader.import_default_modules()
    assert {"prova.record_progress", "prova.record_report"} <= set(app.tasks)


def test_what_graders_send_arrives(submission):
    tasks.record_progress(samples.note_of(submission))
    tasks.record_report(samples.report_of(submission))
    assert Submission.objects.get().state == State.GRADED


def test_a_note_that_makes_no_sense_stops_nobody(submission, caplog):
    tasks.record_progress({"surprise": 1})
    assert "a progress note was refused" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_report_waits_for_the_database(submission, monkeypatch):
    monkeypatch.setattr(tasks, "_PAUSES_S", (0, 0, 0))
    record, failures = (
        tasks.actions.record_report,
        iter([OperationalError("gone"), OperationalError("starting up")]),
    )

    def unsteady(message):
        for failure in failures:
            raise failure
        return record(message)

    monkeypatch.setattr(tasks.actions, "record_report", unsteady)
    tasks.record_report(samples.report_of(submission))
    assert Submission.objects.get().state == State.GRADED


@pytest.mark.django_db(transaction=True)
def test_a_note_does_not_wait(submission, monkeypatch):
    def gone(message):
        raise OperationalError("gone")

    monkeypatch.setattr(tasks.actions, "record_progress", gone)
    tasks.record_progress(samples.note_of(submission))
    assert Submission.objects.get().state == State.QUEUED
