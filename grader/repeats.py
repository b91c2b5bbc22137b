"""What was a little over a limit is measured again, with the machine to itself, and the best of three runs counts.

CPU time of the same code grows by a quarter and more when other work fills the caches, so one measurement next to it
decides nothing near a limit. Code that is far over is stopped at OVERTIME times the limit and not repeated: an endless
loop costs half as much again, not three times as much. Nor is a check that failed otherwise: its time changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace

from grader.budget import Budget
from grader.report import CheckResult, Message, Verdict
from grader.run import Run, load_message
from grader.sandbox import SessionEnded, StudentError, SystemFailure
from grader.shown_calls import shown

RUNS = 3  #: in all

Attempt = Callable[[], tuple[CheckResult, Budget]]  #: the same check once more, in a session of its own


def load(run: Run) -> Message | None:
    """Open the first session. None: the file could be loaded. SystemFailure: ours."""
    error: SessionEnded | None = None
    for number in range(RUNS):
        with run.among_others() if number == 0 else run.alone():
            try:
                if run.session(visible=True).cpu_used <= run.limits_here.call_cpu_s:
                    return None
                error = SessionEnded("cpu_limit")
            except StudentError as refused:
                return load_message(refused, run.exercise)
            except SessionEnded as end:
                error = end
                if not end.starved:
                    break
        run.close()
    assert error is not None
    if error.starved:
        raise SystemFailure("this machine is too busy to load a file. Run fewer grading processes on it")
    return load_message(error, run.exercise)


def is_near_a_limit(result: CheckResult, budget: Budget) -> bool:
    """Nothing is wrong with it but its time; or others had the cores while the clock ran out."""
    return (result.points > 0 and budget.is_late()) or (
        result.verdict is Verdict.WALL_LIMIT and budget.starved
    )


def settled(run: Run, first: CheckResult, budget: Budget, attempt: Attempt) -> CheckResult:
    """The best of up to RUNS runs, the first included. SystemFailure: the machine has no core to spare even so."""
    result, runs = _as_late(run, first, budget), 1
    starved = budget.starved
    while runs < RUNS and run.has_time_for(budget.cpu_used_s):
        with run.alone():
            again, budget = attempt()
        runs += 1
        starved = budget.starved
        if again.points > 0 and not budget.is_late():
            return replace(again, runs=runs)
        if not is_near_a_limit(again, budget):
            break  # no closer to the limit without others around
    if starved:
        raise SystemFailure(
            "this machine is too busy: a check waited for a core as long as it may last at all"
        )
    return replace(result, runs=runs)


def _as_late(run: Run, result: CheckResult, budget: Budget) -> CheckResult:
    if not result.points:
        return result
    limits = run.limits
    a_call = budget.a_call_is_late()
    return replace(
        result,
        points=0.0,
        verdict=Verdict.CPU_LIMIT,
        message=Message(
            key="late_call" if a_call else "late_check",
            params={"limit_s": float(limits.call_cpu_s if a_call else limits.check_cpu_s)},
        ),
        example=shown(budget.late_example or []) if a_call else (),
    )
