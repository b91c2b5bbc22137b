"""The people of a burst on a real site, and what its database says afterwards."""

import json
import secrets
import threading
import time
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.burst.figures import Row
from benchmarks.burst.plan import Kind, Plan, Planned
from tests.site import Site

ROOT = Path(__file__).resolve().parent.parent.parent
EXERCISE = "affine-quantization"
SOLUTION = ROOT / "questionbank" / "content" / "exercises" / EXERCISE / "solutions" / "whole_arrays.py"
#: so that one learner may have many waiting, which the site's own limits prevent
UNLIMITED = {"SUBMISSIONS_AT_ONCE": "1000", "SUBMISSIONS_PER_MINUTE": "1000"}
_CLIENTS = 16
_TIMEOUT_S = 60

MAKE = """
from prova.accounts.tokens import issue
from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Course, Enrolment
large = Assignment.objects.select_related("exercise").get(exercise_slug="{exercise}")
small = Assignment.objects.create(course=Course.objects.create(slug="small", titles={{"en": "Small"}}), slug="same",
    exercise_slug=large.exercise_slug, exercise=large.exercise, is_published=True)
Assignment.objects.update(submissions_per_hour=30000)
for name, is_small in {names}.items():
    assignment = small if is_small else large
    user = User.objects.create_user(name)
    Enrolment.objects.create(course=assignment.course, user=user, role="learner")
    print("learner", name, assignment.pk, issue(user, 'test'))
"""

REGRADE = """
from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.regrades.actions import start_regrade
large = Assignment.objects.get(course__slug="edge-deep-learning", exercise_slug="{exercise}")
start_regrade(large, User.objects.get(username="ada"), also_current=True)
"""


class Classroom:
    def __init__(self, site: Site, plan: Plan) -> None:
        self._site, self._plan = site, plan
        names = {name: kind is Kind.SMALL for name, kind in plan.names().items()}
        made = site.manage("shell", "-c", MAKE.format(exercise=EXERCISE, names=names))
        lines = [line.split()[1:] for line in made.splitlines() if line.startswith("learner ")]
        self._doors = {name: (int(assignment), token) for name, assignment, token in lines}
        self.accepted: list[int] = []
        self._lock = threading.Lock()

    def submit_all(self) -> None:
        """As planned; returns when the last one was accepted."""
        start = time.monotonic()

        def one(planned: Planned) -> None:
            time.sleep(max(0.0, start + planned.at_s - time.monotonic()))
            self.submit(planned.learner)

        with ThreadPoolExecutor(_CLIENTS) as clients:
            list(clients.map(one, self._plan.submitted()))

    def submit(self, learner: str) -> None:
        assignment, token = self._doors[learner]
        source = f"{SOLUTION.read_text()}\n# {secrets.token_hex(8)}\n"
        request = urllib.request.Request(
            f"{self._site.url.rstrip('/')}/api/assignments/{assignment}/submissions/",
            data=json.dumps({"source": source}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Token {token}"},
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            number = int(json.load(answer)["id"])
        with self._lock:
            self.accepted.append(number)

    def regrade(self) -> None:
        """Judge anew, in the background, what the large course has handed in so far."""
        self._site.manage("shell", "-c", REGRADE.format(exercise=EXERCISE))

    def wait(self, timeout_s: float, *, shadows: bool = False) -> None:
        """Until nothing is open. AssertionError: some are stuck."""
        deadline = time.monotonic() + timeout_s
        which = "" if shadows else " and shadow_of_id is null"
        question = f"select count(*) from assignments_submission where state in ('queued', 'running'){which}"
        while (left := self.rows(question)[0][0]) and time.monotonic() < deadline:
            time.sleep(0.5)
        if left:
            raise AssertionError(f"{left} submissions are stuck after {timeout_s:.0f} s")

    def measured(self) -> list[Row]:
        kinds: Mapping[str, Kind] = self._plan.names()
        found = self.rows(
            "select u.username, extract(epoch from s.created_at), extract(epoch from s.started_at),"
            " extract(epoch from s.graded_at) from assignments_submission s"
            " join accounts_user u on u.id = s.learner_id where s.id = any(%s) and s.state = 'graded'",
            self.accepted,
        )
        return [
            Row(
                learner=name,
                kind=kinds[name],
                created_s=float(created),
                started_s=float(started),
                graded_s=float(graded),
            )
            for name, created, started, graded in found
        ]

    def shadow_starts(self) -> list[float]:
        question = (
            "select extract(epoch from started_at) from assignments_submission where shadow_of_id is not null"
        )
        return [float(at) for (at,) in self.rows(question) if at is not None]

    def lost_or_doubled(self) -> dict[str, int]:
        """All of these should be 0."""
        accepted = len(self.accepted)
        graded = dict(
            self.rows(
                "select submission_id, count(*) from assignments_submissionevent"
                " where kind = 'graded' and submission_id = any(%s) group by 1",
                self.accepted,
            )
        )
        entries = self.rows(
            "select count(g.id) from (select distinct learner_id, assignment_id from assignments_submission"
            " where id = any(%s)) s left join gradebook_gradebookentry g"
            " on g.learner_id = s.learner_id and g.assignment_id = s.assignment_id"
            " group by s.learner_id, s.assignment_id",
            self.accepted,
        )
        return {
            "lost": accepted - len(graded),
            "marked twice": sum(count > 1 for count in graded.values()),
            "grades missing or doubled": sum(count != 1 for (count,) in entries),
            "tried again": self.rows(
                "select count(*) from assignments_submission where tries > 1 and id = any(%s)", self.accepted
            )[0][0],
        }

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._site.status().database_url, connect_timeout=5) as connection:
            return connection.execute(query, values).fetchall()
