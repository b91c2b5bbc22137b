"""Whoever dies, and whenever: what was accepted is graded, and graded once. Real processes, SIGKILL."""

import json
import secrets
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import psycopg
import pytest

from tests.site import Site

pytestmark = [pytest.mark.processes, pytest.mark.sandbox, pytest.mark.timeout(300)]

#: loading takes a while, so that there is time to kill somebody meanwhile
SLOW = "import time\ntime.sleep(1.2)\n\n\ndef choose_qparams(lo, hi, bits):\n    return 1.0, 0\n"
QUICK = SLOW.replace("1.2", "0")
LEARNERS = 8

MAKE_LEARNERS = f"""
from prova.accounts.tokens import issue
from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Enrolment
assignment = Assignment.objects.get(slug="affine-quantization")
for number in range({LEARNERS}):
    user = User.objects.create_user(f"crash{{number}}")
    Enrolment.objects.create(course=assignment.course, user=user, role="learner")
    print("token", assignment.pk, issue(user, 'test'))
"""


@dataclass
class Class:
    """Learners who submit, and what the database says of them."""

    site: Site
    assignment: int
    tokens: Iterator[str]

    def submit(self, source: str) -> int:
        """Accepted: the answer was 201. The number of the submission."""
        request = urllib.request.Request(
            f"{self.site.url.rstrip('/')}/api/assignments/{self.assignment}/submissions/",
            data=json.dumps({"source": f"{source}\n# {secrets.token_hex(4)}\n"}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Token {next(self.tokens)}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 201
            return json.load(answer)["id"]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.site.status().database_url, connect_timeout=5) as connection:
            return connection.execute(query, values).fetchall()

    def states(self, submissions: list[int]) -> Counter[str]:
        found = self.rows("select state from assignments_submission where id = any(%s)", submissions)
        return Counter(state for (state,) in found)

    def wait_until(self, look: Callable[[], bool], what: str, timeout_s: float = 200) -> None:
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            try:
                if look():
                    return
            except psycopg.OperationalError:
                pass  # the database is one of those who die
            time.sleep(0.1)
        raise AssertionError(f"waited in vain for {what}\n{self.site.log('web-worker')[-2000:]}")

    def wait_until_running(self, submission: int) -> None:
        self.wait_until(lambda: self.states([submission])["running"] == 1, f"{submission} to run")

    def expect_each_graded_once(self, submissions: list[int]) -> None:
        self.wait_until(
            lambda: self.states(submissions)["graded"] == len(submissions),
            f"all of {submissions} to be graded",
        )
        time.sleep(1)  # whoever still grades one of them a second time may report now
        events = self.rows(
            "select submission_id, count(*) from assignments_submissionevent"
            " where kind = 'graded' and submission_id = any(%s) group by 1",
            submissions,
        )
        assert dict(events) == dict.fromkeys(submissions, 1)
        entries = self.rows(
            "select s.learner_id, (select count(*) from gradebook_gradebookentry g"
            " where g.learner_id = s.learner_id and g.assignment_id = s.assignment_id)"
            " from assignments_submission s where s.id = any(%s)",
            submissions,
        )
        assert {count for _, count in entries} == {1}


@pytest.fixture(scope="module")
def learners() -> Iterator[Class]:
    with Site(environment={"GRADING_LEASE_S": "10", "SWEEP_INTERVAL_S": "1"}) as site:
        lines = [line.split() for line in site.manage("shell", "-c", MAKE_LEARNERS).splitlines()]
        made = [words[1:] for words in lines if words[:1] == ["token"]]
        yield Class(site, int(made[0][0]), cycle(token for _, token in made))


def test_it_works_when_nobody_dies(learners):
    learners.expect_each_graded_once([learners.submit(QUICK), learners.submit(SLOW)])


@pytest.mark.parametrize("victim", ["grading-worker", "valkey", "postgres", "web-worker", "sweeper", "web"])
def test_a_killed_process_loses_no_submission_and_doubles_no_mark(learners, victim):
    running = learners.submit(SLOW)
    waiting = [learners.submit(SLOW), learners.submit(QUICK)]
    learners.wait_until_running(running)
    learners.site.kill(victim)
    learners.site.pid(victim)
    learners.expect_each_graded_once([running, *waiting])


def test_what_is_accepted_while_the_broker_is_gone_is_graded_later(learners):
    learners.site.kill("valkey")
    accepted = [learners.submit(QUICK) for _ in range(3)]
    learners.expect_each_graded_once(accepted)


def test_everybody_at_once(learners):
    accepted = [learners.submit(SLOW) for _ in range(4)]
    learners.wait_until_running(accepted[0])
    for victim in ("grading-worker", "web-worker", "sweeper", "valkey", "postgres"):
        learners.site.kill(victim)
    learners.expect_each_graded_once(accepted)
