"""The loop around the rounds: one at a time, and hard to stop."""

import threading

import pytest
from django.db import OperationalError, connection, connections
from prova.assignments import sweeper
from prova.assignments.models import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


class Stop(threading.Event):
    """Lets a number of rounds pass."""

    def __init__(self, rounds):
        super().__init__()
        self.left = rounds

    def is_set(self):
        self.left -= 1
        return self.left < 0

    def wait(self, timeout=None):
        return False


def rounds_swept():
    return Heartbeat.objects.filter(name="sweeper").count()


def test_a_round_is_swept():
    sweeper.run_sweeper(0, threading.Event(), once=True)
    assert rounds_swept() == 1


def test_while_another_one_is_at_work_it_stands_by(caplog):
    caplog.set_level("INFO")
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [sweeper._LOCK])
        sweeper.run_sweeper(0, threading.Event(), once=True)
        assert rounds_swept() == 0
        assert "standing by" in caplog.text
        # close() returns before the server has ended the session: on a busy machine it still held the lock
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [sweeper._LOCK])
    finally:
        other.close()
    sweeper.run_sweeper(0, threading.Event(), once=True)
    assert rounds_swept() == 1


def test_it_keeps_the_lock_between_rounds():
    sweeper.run_sweeper(0, Stop(rounds=3))
    assert rounds_swept() == 1


def test_a_connection_that_broke_is_opened_anew(caplog):
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", [pid])
    finally:
        other.close()
    sweeper.run_sweeper(0, Stop(rounds=2))
    assert rounds_swept() == 1


def test_a_database_that_is_away_ends_no_loop(monkeypatch, caplog):
    def away():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(sweeper, "sweep_once", away)
    sweeper.run_sweeper(0, Stop(rounds=3))
    assert caplog.text.count("the database does not answer") == 3


def test_a_mistake_in_one_round_ends_no_loop(monkeypatch, caplog):
    monkeypatch.setattr(sweeper, "sweep_once", lambda: 1 / 0)
    sweeper.run_sweeper(0, Stop(rounds=2))
    assert caplog.text.count("this round failed") == 2
