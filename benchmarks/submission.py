"""From the POST to the mark, as a learner's page sees it, on a running site; and how many submissions a second.

    python3 manage.py up &
    python -m benchmarks.submission http://127.0.0.1:8000

Beside it a peer: a cold process per submission, `python -m grader run`. Learners named bench-… are made for the run and
deleted after it, with all they submitted. Poll by poll this does what the page's script does.
"""

import argparse
import json
import re
import secrets
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = "affine-quantization"
SOLUTION = ROOT / "questionbank" / "content" / "exercises" / EXERCISE / "solutions" / "whole_arrays.py"
TIMEOUT_S = 60
#: of one learner, as the site allows them
AT_ONCE, PER_MINUTE = 3, 6

MAKE = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from prova.accounts.tokens import issue
from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Enrolment
assignment = Assignment.objects.filter(exercise_slug="{exercise}").select_related("course").first()
print("page", assignment.course.slug, assignment.slug, assignment.pk)
for number in range({count}):
    user = User.objects.create_user(f"bench-{run}-{{number}}")
    Enrolment.objects.create(course=assignment.course, user=user, role="learner")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "prova.accounts.backend.Backend"
    session.create()
    print("learner", session.session_key, issue(user, 'test'))
"""
FORGET = 'from prova.accounts.models import User; User.objects.filter(username__startswith="bench-{run}-").delete()'


@dataclass(frozen=True)
class Learner:
    session: str
    token: str


@dataclass(frozen=True)
class Place:
    url: str
    submit: str
    assignment: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Submit -> verdict on a running site.")
    parser.add_argument("url")
    parser.add_argument("--samples", type=int, default=60, help="submissions one after the other")
    parser.add_argument("--crowd", type=int, default=90, help="submissions at once")
    parser.add_argument("--cold", type=int, default=5, help="runs of the peer")
    asked = parser.parse_args()
    run = secrets.token_hex(3)
    learners_needed = asked.samples // PER_MINUTE + asked.crowd // AT_ONCE + 2
    try:
        place, learners = make_learners(asked.url.rstrip("/"), run, learners_needed)
        alone = asked.samples // PER_MINUTE + 1
        latencies = [submit_and_watch(place, learners[n % alone], source()) for n in range(asked.samples)]
        rate = throughput(place, learners[alone:], asked.crowd)
    finally:
        manage(FORGET.format(run=run))
    cold = [cold_run() for _ in range(asked.cold)]
    report(latencies, rate, cold)


def report(latencies: list[float], rate: float, cold: list[float]) -> None:
    p50, p95 = statistics.median(latencies), statistics.quantiles(latencies, n=20)[-1]
    print(f"submit -> mark on the page   p50 {p50:.3f} s, p95 {p95:.3f} s, n = {len(latencies)}")
    print(f"throughput                   {rate:.1f} submissions/s")
    print(f"peer: a cold process each    p50 {statistics.median(cold):.3f} s, n = {len(cold)}")
    print(
        f"page against a cold process  {statistics.median(cold) / p50:.1f} x as fast, with page, queue and database"
    )
    print(f"throughput against cold      {rate * statistics.median(cold):.1f} x, per cold process at a time")


def source() -> str:
    return f"{SOLUTION.read_text()}\n# {secrets.token_hex(8)}\n"


def submit_and_watch(place: Place, learner: Learner, code: str) -> float:
    """Seconds until a fragment came that does not ask again."""
    started = time.perf_counter()
    fragment = fetch(place.submit, learner, {"source": code})
    while asks := re.search(r'hx-get="([^"]+)" hx-trigger="every (\d+)ms"', fragment):
        if time.perf_counter() - started > TIMEOUT_S:
            raise SystemExit("no verdict came; is the site idle, and does its grading worker run?")
        time.sleep(int(asks[2]) / 1000)
        fragment = fetch(place.url + asks[1].replace("&amp;", "&"), learner) or fragment
    return time.perf_counter() - started


def fetch(address: str, learner: Learner, form: dict[str, str] | None = None) -> str:
    """Empty: nothing has changed."""
    token = "b" * 32
    headers = {
        "Cookie": f"sessionid={learner.session}; csrftoken={token}",
        "X-CSRFToken": token,
        "HX-Request": "true",
    }
    body = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(address, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
        return answer.read().decode()


def throughput(place: Place, learners: list[Learner], count: int) -> float:
    """Submissions a second, from the first that was accepted to the last that was graded."""
    turns = [learners[n // AT_ONCE % len(learners)] for n in range(count)]
    with ThreadPoolExecutor(4) as crowd:
        accepted = list(crowd.map(lambda learner: (learner, api_submit(place, learner)), turns))
        graded = list(crowd.map(lambda one: api_wait(place, *one), accepted))
    begin = min(datetime.fromisoformat(one["created_at"]) for one in graded)
    end = max(datetime.fromisoformat(one["graded_at"]) for one in graded)
    return count / (end - begin).total_seconds()


def api_submit(place: Place, learner: Learner) -> int:
    address = f"{place.url}/api/assignments/{place.assignment}/submissions/"
    return int(api(address, learner, {"source": source()})["id"])


def api_wait(place: Place, learner: Learner, submission: int) -> dict[str, str]:
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        answer = api(f"{place.url}/api/submissions/{submission}/", learner)
        if answer["state"] == "graded":
            return answer
        time.sleep(1)
    raise SystemExit(f"submission {submission} is still {answer['state']}")


def api(address: str, learner: Learner, body: dict[str, str] | None = None) -> dict[str, str]:
    headers = {"Authorization": f"Token {learner.token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(
        urllib.request.Request(address, data=data, headers=headers), timeout=TIMEOUT_S
    ) as answer:
        return json.load(answer)


def make_learners(url: str, run: str, count: int) -> tuple[Place, list[Learner]]:
    lines = [
        line.split() for line in manage(MAKE.format(exercise=EXERCISE, count=count, run=run)).splitlines()
    ]
    course, assignment, pk = next(line[1:] for line in lines if line[:1] == ["page"])
    place = Place(url, f"{url}/courses/{course}/assignments/{assignment}/submit/", int(pk))
    return place, [Learner(*line[1:]) for line in lines if line[:1] == ["learner"]]


def manage(code: str) -> str:
    """Against the same database: the running site's own, or the one that DATABASE_URL names."""
    command = [sys.executable, "manage.py", "shell", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def cold_run() -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "grader", "run", EXERCISE, str(SOLUTION)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
