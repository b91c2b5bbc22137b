"""The visible checks of a package on one file: in the sandbox where this machine has one, else in a plain process."""

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass

from grader.calibration import WIDEST_SCALE, slowness_here
from grader.cli.words import Problem
from grader.exercise import Exercise
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.report import GradingReport, Message
from grader.run import Surroundings
from grader.sandbox import SandboxRefused, SystemFailure
from grader.uploads.upload import Upload

#: raises SandboxRefused where there is none
Sandboxed = Callable[[Exercise, Upload], GradingReport]


@dataclass(frozen=True)
class Checked:
    report: GradingReport
    where: Message  #: it ran


def check_here(exercise: Exercise, upload: Upload, sandboxed: Sandboxed | None = None) -> Checked:
    """`sandboxed`: how a file is graded in a sandbox; None: not at all. Problem: something is missing on this machine,
    or it is too busy."""
    try:
        try:
            if sandboxed is not None:
                return _in_sandbox(sandboxed(exercise, upload))
            reason = Message(key="reason_system", params={"system": platform.system()})
        except SandboxRefused:
            reason = Message(key="reason_missing")
        return _on_own_machine(exercise, upload, reason)
    except ModuleNotFoundError as missing:
        raise Problem("needs_package", name=missing.name or "?") from None
    except SystemFailure as failure:
        raise Problem("machine_failed", text=str(failure)) from None


def sandbox_of_system() -> Sandboxed | None:
    """None: such systems have none. Whether this machine has one is known when it is asked for."""
    if sys.platform != "linux":
        return None
    from grader.local import grade_here  # of Linux

    return grade_here


def _in_sandbox(report: GradingReport) -> Checked:
    return Checked(report, Message(key="in_sandbox", params={"profile": report.profile}))


def _on_own_machine(exercise: Exercise, upload: Upload, reason: Message) -> Checked:
    try:
        from grader.own_process import OwnMachine
    except ModuleNotFoundError as missing:
        if missing.name == "psutil":
            raise Problem("needs_student") from None
        raise
    gradable = Gradable.load(exercise)
    job = GradingJob.of_nobody(exercise, upload.source, modules=upload.modules)
    scale = round(min(max(slowness_here(), 1.0), WIDEST_SCALE), 2)
    with OwnMachine(exercise.imports) as machine:
        gradable.draw_inputs()
        report = grade(machine, gradable, job, profile=machine.profile, around=Surroundings(scale))
    return Checked(report, Message(key="own_machine", params={"reason": reason.key, **reason.params}))
