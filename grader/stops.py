"""Where a check is stopped: the end of a session or of a budget as a verdict with its numbers."""

from grader.budget import Budget
from grader.exercise import ExerciseLimits
from grader.failures import CheckStopped
from grader.sandbox import Limits, SessionEnded
from grader.sandbox.printed import FLOOD

SANDBOX_QUESTIONS = 10_000  #: to judge functions, per call
REPLY_BYTES = 4 << 20  #: of one answer
_PRINTED_MIB = Limits().log_bytes * FLOOD >> 20


def out_of_budget(budget: Budget, limits: ExerciseLimits) -> CheckStopped:
    if budget.waited_too_long():
        return no_wall_left(limits)
    if budget.judge_is_tired():
        return CheckStopped("output_limit", "answers_too_large")
    if budget.cpu_left_is_total:
        return sum_too_large(limits)
    return CheckStopped("cpu_limit", "check_cpu_limit", {"limit_s": float(limits.check_cpu_s)})


def stopped(end: SessionEnded, limits: ExerciseLimits) -> CheckStopped:
    """The end of a session as a verdict with its numbers."""
    if end.verdict == "output_limit" and end.detail.startswith("printed"):
        return CheckStopped(end.verdict, "printed_too_much", {"limit_mib": _PRINTED_MIB})
    if end.verdict == "crashed" and end.detail.startswith("SIG"):
        return CheckStopped(end.verdict, "crashed_by_signal", {"signal": end.detail})
    params: dict[str, str | int | float] = {
        "limit_s": float(limits.call_wall_s if end.verdict == "wall_limit" else limits.call_cpu_s),
        "limit_mib": REPLY_BYTES >> 20 if end.verdict == "output_limit" else limits.memory_mib,
        "limit": SANDBOX_QUESTIONS,
    }
    return CheckStopped(end.verdict, end.verdict, params)


def no_wall_left(limits: ExerciseLimits) -> CheckStopped:
    return CheckStopped("wall_limit", "total_wall_limit", {"limit_s": float(limits.total_wall_s)})


def sum_too_large(limits: ExerciseLimits) -> CheckStopped:
    """No single call was too slow, but the session has a limit of its own."""
    return CheckStopped("cpu_limit", "total_cpu_limit", {"limit_s": float(limits.total_cpu_s)})
