"""A judge in a process of its own: `python -m tests.grader.grades_many FOLDER ROUNDS [CORE …]`, one report per line."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from grader.alone import this_machine
from grader.calibration import Calibration
from grader.exercise import read_exercise
from grader.judge import Gradable, grade
from grader.report import CheckResult, GradingReport, Usage
from grader.run import Surroundings
from grader.sandbox import Zygote, choose_profile
from tests.grader.packages import job


def without_usage(report: GradingReport) -> GradingReport:
    """What must be the same wherever and whenever it is graded."""

    def plain(checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        return tuple(replace(check, cpu_s=0.0, runs=1) for check in checks)

    details = plain(report.hidden_details)
    return replace(report, checks=plain(report.checks), hidden_details=details, usage=Usage(), cpu_scale=1.0)


def main(folder: str, rounds: str, *cores: str) -> None:
    if cores:
        os.sched_setaffinity(0, set(map(int, cores)))  # of the sandbox as well, which is started from here
    gradable = Gradable.load(read_exercise(Path(folder)))
    gradable.draw_inputs()
    files = sorted((Path(folder) / "submissions").glob("*.py"))
    with Zygote(choose_profile().profile, ("numpy",)) as zygote:
        calibration = Calibration()
        calibration.start(zygote)
        around = Surroundings(calibration.cpu_scale, this_machine())
        for _ in range(int(rounds)):
            for file in files:
                submission = job(gradable.exercise, file.read_text())
                report = without_usage(grade(zygote, gradable, submission, around=around))
                print(json.dumps([file.stem, report.to_message()]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
