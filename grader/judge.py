"""From a job to a report: every check of an exercise against one submission."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader import families, feedback, repeats
from grader.budget import Budget
from grader.calls import OpenSession
from grader.checks import Check, load_checks
from grader.concealed import concealed
from grader.draws import inputs_of
from grader.examples import passed_result, run_check
from grader.exercise import Exercise
from grader.further_sessions import FurtherSessions
from grader.job import GradingJob
from grader.report import CheckResult, GradingReport, Message, Outcome, Verdict
from grader.run import Headroom, Run, Sandbox, Surroundings, load_message, seed_inside
from grader.sandbox import SessionEnded, StudentError
from grader.scoring import total
from grader.source_review import review
from grader.surroundings import cpu_model, versions
from grader.together import Together
from grader.upstream import with_cause

Watcher = Callable[[CheckResult, int, int], None]  #: result, how many are done, how many there are
ANYWHERE = Surroundings()  #: the reference machine, with no other judge on it


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
        for _ in self.drawing():
            pass

    def drawing(self) -> Iterator[None]:
        """The same, with a pause after each check."""
        for check in self.checks:
            inputs_of(check, check.info.examples or self.exercise.limits.examples_per_check, seed=0)
            yield


def grade(
    sandbox: Sandbox,
    gradable: Gradable,
    job: GradingJob,
    *,
    profile: str = "",
    watcher: Watcher | None = None,
    around: Surroundings = ANYWHERE,
) -> GradingReport:
    """Whatever the learner's code does ends as a verdict. SystemFailure: ours, nothing is known about the learner."""
    return grade_and_measure(sandbox, gradable, job, profile=profile, watcher=watcher, around=around)[0]


def grade_and_measure(
    sandbox: Sandbox,
    gradable: Gradable,
    job: GradingJob,
    *,
    profile: str = "",
    watcher: Watcher | None = None,
    around: Surroundings = ANYWHERE,
) -> tuple[GradingReport, Headroom]:
    """As `grade`; and how far the code stayed from its limits, hidden checks included: for authors only."""
    run = Run(sandbox, gradable.exercise, job, time.monotonic(), around)
    load_error = _refused(job, gradable.exercise)
    try:
        if load_error is None:
            load_error = repeats.load(run)
        if load_error is None:
            results = _run_checks(gradable, run, watcher)
        else:
            results = {check.info.name: _not_run(check, feedback.NOT_LOADED) for check in gradable.checks}
    finally:
        run.close()
    checks = tuple(results[check.info.name] for check in gradable.checks)
    report = GradingReport(
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
        versions=versions(getattr(sandbox, "versions", None)),
        cpu_model=cpu_model(),
        usage=run.usage(),
        cpu_scale=around.cpu_scale,
        hidden_details=tuple(run.hidden_details),
        notices=review(job.source, job.modules, forbidden=gradable.exercise.forbidden),
    )
    return report, run.headroom()


def failed_report(job: GradingJob, failure: str) -> GradingReport:
    """Ours: no mark; `failure` is for operators."""
    return GradingReport(
        submission_id=job.submission_id,
        nonce=job.nonce,
        outcome=Outcome.SYSTEM_ERROR,
        exercise=job.exercise,
        exercise_version=job.exercise_version,
        versions=versions(),
        cpu_model=cpu_model(),
        failure=failure,
    )


def _refused(job: GradingJob, exercise: Exercise) -> Message | None:
    """Files that are not even handed to the sandbox."""
    size = job.source_bytes
    if size > exercise.limits.source_kib * 1024:
        return Message(
            key="source_too_long",
            params={"size_kib": -(-size // 1024), "limit_kib": exercise.limits.source_kib},
        )
    if any("\0" in source for source in (job.source, *job.modules.values())):
        return Message(key="source_not_text")
    return None


def _run_checks(gradable: Gradable, run: Run, watcher: Watcher | None) -> dict[str, CheckResult]:
    """Visible checks first and hidden ones after them, each group in a session of its own: what the learner's code
    prints or remembers of hidden inputs stays there."""
    results: dict[str, CheckResult] = {}
    for check in _visible_first(gradable.checks):
        result = with_cause(check, run, _run_one(check, run))
        results[check.info.name] = result
        if result.metric is not None:
            run.measured[check.info.name] = result.metric
        if watcher is not None:
            watcher(_as_shown(result), len(results), len(gradable.checks))
    settled = families.settle(
        gradable.exercise.checks, results, {check.info.name for check in gradable.checks if check.right}
    )
    run.hidden_details.extend(result for result in settled.values() if not result.visible)
    return {name: _as_shown(result) for name, result in settled.items()}


def _as_shown(result: CheckResult) -> CheckResult:
    return result if result.visible else concealed(result)


def _run_one(check: Check, run: Run) -> CheckResult:
    """In full, also of a hidden check."""
    budget = run.budget()
    if budget.spent():
        return _not_run(check, run.out_of_time(budget))
    try:
        with run.among_others():
            passed = _passed_together(check, run)
            if passed is not None:
                return passed
            budget = run.budget()  # without what was tried in vain
            result = _attempt(check, run, run.session(visible=check.info.visible), budget)
    except (StudentError, SessionEnded) as error:  # it loaded before: the file behaves differently each time
        return _not_run(check, load_message(error, run.exercise))
    run.charge(budget)
    if result.verdict is Verdict.WALL_LIMIT and budget.waited_too_long():
        run.blame_machine()
    if repeats.is_near_a_limit(result, budget):
        return repeats.settled(run, result, budget, lambda: _again(check, run))
    return result


def _passed_together(check: Check, run: Run) -> CheckResult | None:
    """None: it is not known to be passed, and nothing of this try counts. StudentError, SessionEnded: the file does not
    load."""
    if not run.together or not Together.suits(check):
        return None
    session = run.session(visible=check.info.visible)
    session.reseed(seed_inside(run.job.seed, check.info.name))
    budget, printed, since_s = run.budget(), session.printed_mark(), time.monotonic()
    try:
        if Together(check, session, run.limits_here, budget, run.job.source_bytes).passes(run.job.seed):
            run.charge(budget)
            return passed_result(check, budget)
    except SessionEnded:
        run.together = False  # too slow, or it breaks down: once is enough
    run.forget(budget, since_s)
    if session.forget_printed(printed):
        run.close()  # what is said once, as Python's warnings are, has to be said again
    return None


def _attempt(check: Check, run: Run, session: OpenSession, budget: Budget) -> CheckResult:
    """Random numbers do not depend on how many were drawn before, by other checks or while an input was made smaller."""
    session.reseed(seed_inside(run.job.seed, check.info.name))
    with FurtherSessions(run, check.info.visible) as further:
        return run_check(check, session, run.limits, run.job.seed, budget, further)


def _again(check: Check, run: Run) -> tuple[CheckResult, Budget]:
    """In a session of its own: the one that goes on has seen this check already."""
    budget = run.budget(of_repeat=True)
    try:
        session = run.fresh_session()
    except (StudentError, SessionEnded) as error:
        return _not_run(check, load_message(error, run.exercise)), budget
    try:
        return _attempt(check, run, session, budget), budget
    finally:
        run.charge(budget, of_repeat=True)
        run.finish(session)


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
