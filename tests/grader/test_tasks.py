"""The task with a real broker between it and the test: what arrives on the site's queue."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis

from grader.exercise import read_exercise
from grader.report import GradingReport, Outcome, ProgressNote
from tests.grader.packages import RIGHT, job, write_exercise

OWN_DATABASE = 13  #: of the broker, so that no other test's worker takes the messages


@pytest.fixture
def broker() -> Iterator[tuple[str, Any]]:
    socket = urlsplit(os.environ["BROKER_URL"]).path
    if not Path(socket).exists():
        pytest.skip("there is no Valkey at BROKER_URL")
    client = redis.Redis(unix_socket_path=socket, db=OWN_DATABASE)
    client.flushdb()
    yield f"redis+socket://{socket}?virtual_host={OWN_DATABASE}", client
    client.flushdb()
    client.close()


def run_task(broker_url: str, folder: Path, message: object) -> subprocess.CompletedProcess[str]:
    """The task's body in a process that knows the broker and nothing else of the site."""
    program = "import json, sys\nfrom grader.tasks import grade, worker\ngrade(json.load(sys.stdin))\nworker.close()\n"
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(message),
        env={**keep, "BROKER_URL": broker_url, "EXERCISES_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
    )


def sent(client: Any) -> list[tuple[str, Any]]:
    """(task, its argument) in the order they were published to the queue `web`."""
    messages = [json.loads(raw) for raw in reversed(client.lrange("web", 0, -1))]
    return [(m["headers"]["task"], json.loads(base64.b64decode(m["body"]))[0][0]) for m in messages]


@pytest.mark.sandbox
def test_a_job_ends_as_a_report_on_the_queue_of_the_site(broker: tuple[str, Any], tmp_path: Path) -> None:
    url, client = broker
    exercise = read_exercise(write_exercise(tmp_path))

    done = run_task(url, tmp_path, job(exercise, RIGHT).to_message())

    assert done.returncode == 0, done.stderr
    tasks = sent(client)
    assert [name for name, _ in tasks] == ["prova.record_progress"] * (len(tasks) - 1) + [
        "prova.record_report"
    ]
    assert ProgressNote.from_message(tasks[0][1]).kind == "started"
    report = GradingReport.from_message(tasks[-1][1])
    assert (report.outcome, report.score, report.nonce) == (Outcome.GRADED, 3.0, "once")


def test_what_is_not_a_job_is_dropped_and_logged(broker: tuple[str, Any], tmp_path: Path) -> None:
    url, client = broker

    done = run_task(url, tmp_path, {"source": "x"})

    assert "not a grading job" in done.stderr
    assert sent(client) == []


def test_a_worker_without_a_broker_says_whose_turn_it_is() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import grader.tasks"],
        env={name: value for name, value in os.environ.items() if not name.startswith("BROKER_URL")},
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )

    assert done.returncode != 0
    assert "BROKER_URL is not set" in done.stderr


def test_the_grader_needs_neither_the_sites_framework_nor_its_secrets() -> None:
    program = (
        "import sys, grader.tasks\n"
        "heavy = {'django.db', 'django.conf', 'torch', 'numba', 'psycopg'} & set(sys.modules)\n"
        "sys.exit(f'imports {heavy}' if heavy else 0)\n"
    )
    secrets = ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in secrets}

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )

    assert done.returncode == 0, done.stderr
