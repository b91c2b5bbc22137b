"""Is a check right but for functions that other checks look at? Played again with these answered by the reference."""

from dataclasses import replace

from grader.checks import Check
from grader.examples import passes_given_right
from grader.families import UPSTREAM
from grader.further_sessions import FurtherSessions
from grader.report import CheckResult, Verdict
from grader.run import Run, seed_inside
from grader.sandbox import SessionEnded, StudentError

_NOTHING_TO_ASK = {Verdict.PASSED, Verdict.NOT_RUN}


def with_cause(check: Check, run: Run, result: CheckResult) -> CheckResult:
    """The result, put down to what is upstream where the check passes once that is right."""
    if not check.right or result.verdict in _NOTHING_TO_ASK:
        return result
    budget = run.budget(of_repeat=True)
    if budget.spent():
        return result
    try:
        with run.among_others(), FurtherSessions(run, check.info.visible) as further:
            session = run.session(visible=check.info.visible)
            session.reseed(seed_inside(run.job.seed, check.info.name))
            passes = passes_given_right(check, session, run.limits, run.job.seed, budget, further)
    except (StudentError, SessionEnded):
        return result
    finally:
        run.charge(budget, of_repeat=True)
    return replace(result, cause=UPSTREAM) if passes else result
