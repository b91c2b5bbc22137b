"""What somebody is told while PostgreSQL does not answer. Here a table is held for too long; that the server itself is away
is tried in tests/end_to_end/test_exam_faults.py."""

import logging
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection
from django.urls import path
from prova.database import options
from prova.unavailable import OneLine, handler500  # noqa: F401

pytestmark = pytest.mark.django_db


def another_connection(**more):
    wanted = connection.get_connection_params()
    return psycopg.connect(
        **{name: wanted[name] for name in ("dbname", "user", "host") if name in wanted}, **more
    )


@contextmanager
def somebody_holds(table):
    with another_connection() as other, connection.cursor() as cursor:
        other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
        yield


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "of a while ago"
    return client


@pytest.mark.parametrize(
    ("language", "said", "button"),
    [("en", "Nothing that was saved or submitted is lost", "Try again"), ("pt-BR", "Nada do que foi salvo ou enviado se perdeu", "Tentar de novo")],
)  # fmt: skip
def test_a_page_that_the_database_keeps_waiting_says_so_and_where_to_ask_again(
    visitor, language, said, button
):
    with somebody_holds("django_session"):
        answer = visitor.get("/accounts/sign-in/?next=/x/", headers={"accept-language": language})
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "Content-Security-Policy" in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    assert said in page
    assert f'href="/accounts/sign-in/?next=/x/">{button}</a>' in page


def test_whoever_sent_something_is_told_to_look_whether_it_arrived(visitor):
    with somebody_holds("accounts_user"):
        answer = visitor.post("/accounts/sign-in/", {"username": "lin", "password": "lin-demo"})
    assert answer.status_code == 503
    assert "What you just sent may not have arrived" in answer.content.decode()


def test_a_program_is_told_in_json(visitor):
    with somebody_holds("django_session"):
        answer = visitor.get("/api/assignments/", headers={"accept-language": "pt-BR"})
    assert (answer.status_code, answer.json()["code"]) == (503, "try_again")
    assert answer.json()["detail"].startswith("O banco de dados do site não responde")


def test_a_fault_of_ours_is_no_matter_of_waiting(visitor, settings):
    settings.ROOT_URLCONF = __name__
    assert visitor.get("/broken/").status_code == 500


def test_with_patience_a_statement_and_a_lock_end_in_time():
    with another_connection(**options(patience_s=8)) as other:
        shown = [
            other.execute(f"SHOW {name}").fetchone()[0] for name in ("statement_timeout", "lock_timeout")
        ]
    assert shown == ["8s", "4s"]


def test_workers_and_commands_take_as_long_as_it_takes():
    with another_connection(**options(patience_s=0)) as other:
        assert other.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_the_log_has_one_line_for_it():
    error = OperationalError("connection failed\nIs the server running?")
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Service Unavailable", "/"), (OperationalError, error, None))  # fmt: skip
    record.status_code = 503
    assert OneLine().filter(record)
    assert record.getMessage() == "Service Unavailable: /: connection failed"
    assert not record.exc_info


def broken(_request):
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken)]
