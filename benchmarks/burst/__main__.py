"""A class submits at once, on a site that is started for it, with its real workers.

    python -m benchmarks.burst [--submissions 300] [--seconds 60] [--regrades 50] [--json FILE]

One learner hands in 50 within the first second. Beside it a peer: the same arrivals and the same time for each job, first come
first served. With --regrades, as many submissions are being judged anew in the background meanwhile.
"""

import argparse
import json
import os
from pathlib import Path

from benchmarks.burst.classroom import UNLIMITED, Classroom
from benchmarks.burst.plan import Plan
from benchmarks.burst.report import figures, table
from tests.site import Site

#: of the embedded site
GRADERS = min(2, os.cpu_count() or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="A burst of submissions on a real site.")
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--eager", type=int, default=50, help="of these, by one learner at once")
    parser.add_argument("--regrades", type=int, default=0, help="judged anew in the background meanwhile")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    plan = Plan(submissions=asked.submissions, seconds=asked.seconds, eager=asked.eager)
    load = [os.getloadavg()[0]]
    with Site(environment=UNLIMITED, start_timeout_s=300) as site:
        classroom = Classroom(site, plan)
        warm_up(classroom, asked.regrades)
        classroom.submit_all()
        classroom.wait(timeout_s=900)
        found = figures(classroom.measured(), GRADERS, classroom.lost_or_doubled())
        if asked.regrades:
            classroom.wait(timeout_s=900, shadows=True)
    load.append(os.getloadavg()[0])
    found["load"] = load
    print(table(found))
    print(f"load {load[0]:.1f} before, {load[1]:.1f} after; {GRADERS} graders")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def warm_up(classroom: Classroom, regrades: int) -> None:
    """A grader's first job of a kind is slower. Then the background is set going."""
    for number in range(max(regrades, GRADERS)):
        classroom.submit(f"burst{1 + number % 4}")
    classroom.wait(timeout_s=300)
    classroom.accepted.clear()
    if regrades:
        classroom.regrade()


if __name__ == "__main__":
    main()
