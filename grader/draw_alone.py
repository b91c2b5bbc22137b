"""`python -m grader draw`: drawing jobs on standard input, one JSON text a line; reports on standard output.

For commands that may not run an author's program in their own process: they start this one, which has the sandbox.
"""

import json
import sys
from typing import TextIO

from grader.draw_job import DrawJob
from grader.draw_session import IMPORTS
from grader.draw_worker import draw_report
from grader.sandbox import Zygote, choose_profile


def main(jobs: TextIO = sys.stdin, reports: TextIO = sys.stdout) -> int:
    """0, and as many reports as jobs. ValueError: a line is not a job."""
    started: list[Zygote] = []

    def sandbox() -> Zygote:
        if not started:
            started.append(Zygote(choose_profile(IMPORTS).profile, IMPORTS))
        return started[0]

    try:
        for line in jobs:
            report = draw_report(DrawJob.from_message(json.loads(line)), sandbox)
            reports.write(json.dumps(report.to_message()) + "\n")
            reports.flush()  # somebody waits for it before sending the next
    finally:
        for zygote in started:
            zygote.close()
    return 0
