"""Is a check right but for one function that others look at? Played again with that one answered by the reference."""

from dataclasses import replace

from grader.checks import Check
from grader.examples import passes_with_right
from grader.families import UPSTREAM
from grader.further_sessions import FurtherSessions
from grader.report import CheckResult, Verdict
from grader.run import Run, seed_inside
from grader.sandbox import SessionEnded, StudentError

_NOTHING_TO_ASK = {Verdict.PASSED, Verdict.NOT_RUN}


def with_cause(check: Check, run: Run, result: CheckResult) -> CheckResult:
    """The result, put down to a function upstream where the check passes once that one is right."""
    if not check.right or result.verdict in _NOTHING_TO_ASK:
        return result
    if any(_passes_with(function, check, run) for function in _suspects(check, result)):
        return replace(result, cause=UPSTREAM)
    return result


def _suspects(check: Check, result: CheckResult) -> list[str]:
    """A call that was stopped names its function, and each further try of it would cost as much again."""
    if result.verdict in {Verdict.WRONG_ANSWER, Verdict.ERROR}:
        return list(check.right)
    return [call.function for call in result.example[-1:] if call.function in check.right]


def _passes_with(function: str, check: Check, run: Run) -> bool:
    budget = run.budget(of_repeat=True)
    if budget.spent() or run.budget().spent():
        return False
    try:
        with run.among_others(), FurtherSessions(run, check.info.visible) as further:
            session = run.session(visible=check.info.visible)
            session.reseed(seed_inside(run.job.seed, check.info.name))
            return passes_with_right(check, function, session, run.limits, run.job.seed, budget, further)
    except (StudentError, SessionEnded):
        return False
    finally:
        run.charge(budget, of_repeat=True)
