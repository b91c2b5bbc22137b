"""From a job to a report: every check of an exercise against one submission."""

import hashlib
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import hypothesis
import numpy as np

from grader import feedback
from grader.checks import Check, load_checks
from grader.draws import inputs_of
from grader.examples import concealed, run_check
from grader.exercise import Exercise
from grader.job import GradingJob
from grader.report import CheckResult, GradingReport, Message, Outcome, Usage, Verdict
from grader.sandbox import Limits, SessionEnded, StudentError
from grader.scoring import total
from grader.solution import PRELUDE, Budget, stopped

Watcher = Callable[[CheckResult, int, int], None]  #: result, how many are done, how many there are
MAX_PRINTED_CHARS = 8000
SHRINK_WALL_S = 3.0  #: of all checks of one submission together


class Sandbox(Protocol):
    """What is used of a zygote: it opens sessions."""

    def open(self, source: str, limits: Limits, seed: int, support: str | None = None) -> Any: ...


@dataclass(frozen=True)
class Gradable:
    """An exercise with its checks loaded. Making one runs checks.py here, in the trusted process."""

    exercise: Exercise
    checks: tuple[Check, ...]

    @classmethod
    def load(cls, exercise: Exercise) -> "Gradable":
        return cls(exercise, load_checks(exercise))

    def draw_inputs(self) -> None:
        """Pay for drawing now, before the first submission waits for it."""
        for check in self.checks:
            inputs_of(check, check.info.examples or self.exercise.limits.examples_per_check, seed=0)


def grade(
    sandbox: Sandbox,
    gradable: Gradable,
    job: GradingJob,
    *,
    profile: str = "",
    watcher: Watcher | None = None,
) -> GradingReport:
    """Whatever the learner's code does ends as a verdict. SystemFailure: ours, nothing is known about the learner."""
    started = time.monotonic()
    run = _Run(sandbox, gradable.exercise, job, started)
    load_error = _refused(job.source, gradable.exercise)
    try:
        if load_error is None:
            load_error = run.load_error()
        if load_error is None:
            results = _run_checks(gradable, run, watcher)
        else:
            results = {check.info.name: _not_run(check, feedback.NOT_LOADED) for check in gradable.checks}
    finally:
        run.close()
    checks = tuple(results[check.info.name] for check in gradable.checks)
    return GradingReport(
        submission_id=job.submission_id,
        nonce=job.nonce,
        outcome=Outcome.GRADED,
        exercise=gradable.exercise.slug,
        exercise_version=gradable.exercise.version,
        checks=checks,
        score=total(checks),
        max_score=gradable.exercise.max_score,
        load_error=load_error,
        printed=run.printed,
        profile=profile,
        versions=versions(),
        usage=run.usage(),
        hidden_details=tuple(run.hidden_details),
    )


def failed_report(job: GradingJob, failure: str) -> GradingReport:
    """Ours: no mark; `failure` is for operators."""
    return GradingReport(
        submission_id=job.submission_id,
        nonce=job.nonce,
        outcome=Outcome.SYSTEM_ERROR,
        exercise=job.exercise,
        exercise_version=job.exercise_version,
        versions=versions(),
        failure=failure,
    )


def versions() -> dict[str, str]:
    """What a verdict depends on besides the exercise."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "hypothesis": hypothesis.__version__,
    }


def _refused(source: str, exercise: Exercise) -> Message | None:
    """Files that are not even handed to the sandbox."""
    size = len(source.encode("utf-8", "replace"))
    if size > exercise.limits.source_kib * 1024:
        return Message(
            key="source_too_long",
            params={"size_kib": -(-size // 1024), "limit_kib": exercise.limits.source_kib},
        )
    if "\0" in source:
        return Message(key="source_not_text")
    return None


def _run_checks(gradable: Gradable, run: "_Run", watcher: Watcher | None) -> dict[str, CheckResult]:
    """Visible checks first and hidden ones after them, each group in a session of its own: what the learner's code
    prints or remembers of hidden inputs stays there."""
    results: dict[str, CheckResult] = {}
    for check in _visible_first(gradable.checks):
        result = _run_one(check, run, results)
        if not check.info.visible:
            run.hidden_details.append(result)
            result = concealed(result)
        results[check.info.name] = result
        if watcher is not None:
            watcher(results[check.info.name], len(results), len(gradable.checks))
    return results


def _run_one(check: Check, run: "_Run", results: dict[str, CheckResult]) -> CheckResult:
    """In full, also of a hidden check."""
    for name in check.info.depends_on:
        if results[name].verdict is not Verdict.PASSED:
            return _not_run(check, Message(key="not_run_dependency", params={"check": name}))
    budget = run.budget()
    if budget.spent():
        return _not_run(check, run.out_of_time(budget))
    try:
        session = run.session(visible=check.info.visible)
    except (StudentError, SessionEnded) as error:  # it loaded before: the file behaves differently each time
        return _not_run(check, _load_message(error, run.exercise))
    result = run_check(check, session, run.limits, run.job.seed, budget)
    run.charge(budget)
    return result


def seed_inside(seed: int) -> int:
    """For random numbers of the learner's code, which can read it: tells nothing of the seed that picks hidden inputs."""
    return int.from_bytes(hashlib.sha256(f"sandbox {seed}".encode()).digest()[:7], "big")


def _visible_first(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: not check.info.visible)


def _not_run(check: Check, message: Message) -> CheckResult:
    info = check.info
    return CheckResult(
        name=info.name,
        points=0.0,
        max_points=info.points,
        verdict=Verdict.NOT_RUN,
        visible=info.visible,
        message=message,
    )


def _load_message(error: StudentError | SessionEnded, exercise: Exercise) -> Message:
    if isinstance(error, StudentError):
        if error.kind == "MemoryError":
            return Message(key="memory_limit", params={"limit_mib": exercise.limits.memory_mib})
        return feedback.of_load_error(error.kind, error.text, error.line)
    return feedback.of_load_stop(stopped(error, exercise.limits))


@dataclass
class _Run:
    """The sessions of one submission: a new one where the last has ended, so one endless loop costs one check."""

    sandbox: Sandbox
    exercise: Exercise
    job: GradingJob
    started: float  #: time.monotonic()
    cpu_s: float = 0.0
    judge_cpu_s: float = 0.0
    shrink_left_s: float = SHRINK_WALL_S
    printed: str = ""
    sessions: int = 0
    peak_bytes: int = 0
    hidden_details: list[CheckResult] = field(default_factory=list)
    _open: Any = field(default=None)
    _open_is_visible: bool = True

    @property
    def limits(self) -> Any:
        return self.exercise.limits

    def load_error(self) -> Message | None:
        """Open the first session. None: the file could be loaded."""
        try:
            self.session(visible=True)
        except (StudentError, SessionEnded) as error:
            return _load_message(error, self.exercise)
        return None

    def session(self, *, visible: bool) -> Any:
        if self._open is None or self._open.ended or self._open_is_visible != visible:
            self.close()
            self.sessions += 1
            self._open = self.sandbox.open(
                self.job.source, self._session_limits(), seed_inside(self.job.seed), self._support()
            )
            self._open_is_visible = visible
        return self._open

    def budget(self) -> Budget:
        total_left_s = self.limits.total_cpu_s - self.cpu_s - self.judge_cpu_s
        return Budget(
            cpu_left_s=min(self.limits.check_cpu_s, total_left_s),
            wall_until=self.started + self.limits.total_wall_s,
            judge_cpu_left_s=min(self.limits.judge_cpu_s, total_left_s),
            shrink_left_s=self.shrink_left_s,
        )

    def charge(self, budget: Budget) -> None:
        self.cpu_s += budget.cpu_used_s
        self.judge_cpu_s += budget.judge_cpu_used_s
        self.shrink_left_s = budget.shrink_left_s

    def out_of_time(self, budget: Budget) -> Message:
        waited = budget.waited_too_long()
        limit_s = self.limits.total_wall_s if waited else self.limits.total_cpu_s
        return Message(
            key="total_wall_limit" if waited else "total_limit", params={"limit_s": float(limit_s)}
        )

    def close(self) -> None:
        if self._open is None:
            return
        if self._open_is_visible:  # what is printed about hidden inputs is not shown
            self.printed = (self.printed + self._open.printed())[:MAX_PRINTED_CHARS]
        end = self._open.close(wait_s=0.2)
        if end is not None:
            self.peak_bytes = max(self.peak_bytes, end.peak_bytes)
        self._open = None

    def usage(self) -> Usage:
        return Usage(
            cpu_s=round(self.cpu_s, 6),
            wall_s=round(time.monotonic() - self.started, 6),
            peak_bytes=self.peak_bytes,
            sessions=self.sessions,
        )

    def _support(self) -> str:
        return (self.exercise.support or "") + PRELUDE

    def _session_limits(self) -> Limits:
        return Limits(
            call_cpu_s=self.limits.call_cpu_s,
            session_cpu_s=self.limits.total_cpu_s,
            call_wall_s=self.limits.call_wall_s,
            memory_bytes=self.limits.memory_mib << 20,
            reply_bytes=4 << 20,
            reply_items=self.limits.reply_items,
        )
