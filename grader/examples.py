"""One check over all its examples: replay, choose the mistake that explains the failures, show it on a small input."""

import copy
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader import feedback
from grader.budget import Budget
from grader.calls import Call, Calls, OpenSession, Sessions
from grader.causes import cause_of
from grader.checks import Check
from grader.drawn import drawn
from grader.draws import Inputs, inputs_of, smallest_failing
from grader.errors import BadExercise
from grader.exercise import ExerciseLimits
from grader.failures import NOTHING, CheckStopped, CodeFailed, ExampleFailed, Measured, WrongAnswer
from grader.measured import Worth, worth
from grader.metric import Metric
from grader.picture import Picture
from grader.pyvalue import as_python
from grader.report import CheckResult, Message, Verdict
from grader.sandbox import SystemFailure
from grader.scoring import points
from grader.shown_calls import shown
from grader.solution import Solution

_IMMUTABLE = {int, float, bool, str, bytes, type(None)}
ENOUGH_FAILURES = 20  #: to say which mistake it is


@dataclass(frozen=True)
class Failure:
    """One example that failed, with the calls that led there."""

    error: ExampleFailed
    calls: list[Call]
    bug: str = ""  #: the check itself stumbled: text for the instructor


@dataclass(frozen=True)
class Measurement:
    """One example that ended with a number, with the calls that led there."""

    worth: Worth
    calls: list[Call]


def run_check(
    check: Check,
    session: OpenSession,
    limits: ExerciseLimits,
    seed: int,
    budget: Budget,
    sessions: Sessions | None = None,
) -> CheckResult:
    """Passed, or the first reason that explains all failing examples; in full, also of a hidden check (see `concealed`).
    SystemFailure passes through."""
    calls = Calls(session, limits, budget, sessions=sessions, curve=check.info.curve, seed=seed)
    drawing_since_s = time.monotonic()
    inputs = inputs_of(check, check.info.examples or limits.examples_per_check, seed)
    budget.start(drawing_since_s)  # drawing them is not the learner's doing
    try:
        failures, measurements = _replay(check, calls, inputs)
    except CheckStopped as stop:
        verdict, message = feedback.of_stop(stop)
        return _result(check, budget, verdict, message, calls=calls.example)
    if failures:
        cause = (
            cause_of([failure.error for failure in failures], len(inputs))
            if check.linked and not check.info.curve
            else ""
        )
        return replace(_explained(check, calls, failures), cause=cause)
    if measurements:
        return _measured(check, budget, min(measurements, key=lambda one: one.worth.share))
    return passed_result(check, budget)


def passed_result(check: Check, budget: Budget) -> CheckResult:
    return _result(check, budget, Verdict.PASSED, None)


def passes_with_right(
    check: Check,
    function: str,
    session: OpenSession,
    limits: ExerciseLimits,
    seed: int,
    budget: Budget,
    sessions: Sessions | None = None,
) -> bool:
    """On every example, with this function answered by the reference and at least one by the learner."""
    right = {function: check.right[function]}
    calls = Calls(session, limits, budget, sessions=sessions, seed=seed, right=right)
    inputs = inputs_of(check, check.info.examples or limits.examples_per_check, seed)
    try:
        return all(outcome_of(check, calls, values) is None and calls.example for values in inputs)
    except CheckStopped:
        return False


def _replay(
    check: Check, calls: Calls, inputs: tuple[Inputs, ...]
) -> tuple[list[Failure], list[Measurement]]:
    """Goes on after a failure: only with many of them is it known which mistake explains them all."""
    failures: list[Failure] = []
    measurements: list[Measurement] = []
    for values in inputs:
        outcome = outcome_of(check, calls, values)
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif outcome is not None:
            measurements.append(outcome)
        if len(failures) == ENOUGH_FAILURES and not check.linked:  # whose mistake it is takes all of them
            break
    return failures, measurements


def _failure_of(check: Check, calls: Calls, inputs: Inputs) -> Failure | None:
    outcome = outcome_of(check, calls, inputs)
    return outcome if isinstance(outcome, Failure) else None


def outcome_of(check: Check, calls: Calls, inputs: Inputs) -> Failure | Measurement | None:
    """None: every demand is met."""
    calls.start_example()
    try:
        measured = _measured_by(check, calls, inputs)
        if measured is not None:
            return Measurement(worth(measured, check.info.curve, visible=check.info.visible), calls.example)
        if check.info.curve:
            raise ValueError("a check with a curve ended without expect.metric(…)")
    except ExampleFailed as error:
        return Failure(error, calls.example)
    except (SystemFailure, BadExercise):
        raise
    except (
        Exception
    ) as bug:  # the check stumbled over a strange value: no free retry, and the instructor must see it
        return Failure(WrongAnswer("unreadable_value"), calls.example, f"{type(bug).__name__}: {bug}"[:500])
    return None


def _copied(value: Any) -> Any:
    """The check may write into it. Most inputs are numbers, and half a million of them are copied in a busy hour."""
    return value if type(value) in _IMMUTABLE else copy.deepcopy(value)


def _measured_by(check: Check, calls: Calls, inputs: Inputs) -> Metric | None:
    try:
        check.function(Solution(calls), **{name: _copied(value) for name, value in inputs.items()})
    except Measured as end:
        return end.metric
    return None


def _measured(check: Check, budget: Budget, least: Measurement) -> CheckResult:
    found = least.worth
    # of a check without inputs the number says it all, and its calls may hold a whole network
    calls = least.calls if check.strategies else None
    result = _result(check, budget, found.verdict, found.message, calls=calls)
    return replace(result, metric=found.metric, points=points(found.verdict, check.info.points, found.share))


def _explained(check: Check, calls: Calls, failures: list[Failure]) -> CheckResult:
    kind = _commonest_kind(failures)
    of_kind = [failure for failure in failures if _kind(failure) == kind]
    slip = best_slip([failure.error for failure in of_kind])
    same = [failure for failure in of_kind if slip is None or slip in _slips(failure)]
    # Shrinking is for whoever waits for the verdict; of hidden inputs the shortest one has to do.
    chosen = _smallest(check, calls, same[0], slip) if check.info.visible else min(same, key=_length)
    return _failed(check, calls, chosen, slip)


def best_slip(errors: list[ExampleFailed]) -> str | None:
    """The known mistake that explains every failing example; failing that, more than half of them."""
    counts = Counter(slip for error in errors if isinstance(error, WrongAnswer) for slip in error.slips)
    if not counts:
        return None
    slip, explained = max(counts.items(), key=lambda item: item[1])  # the first declared among equals
    return slip if 2 * explained > len(errors) else None


def _smallest(check: Check, calls: Calls, first: Failure, slip: str | None) -> Failure:
    """Shrinking stays on the same mistake: a smaller input that fails for another reason is no example of this one."""
    smallest = first
    kind = _kind(first)
    budget = calls.budget
    calls.budget = budget.for_shrinking(calls.limits.shrink_calls)

    def fails(inputs: Inputs) -> bool:
        nonlocal smallest
        failure = _failure_of(check, calls, inputs)
        same = failure is not None and _kind(failure) == kind and (slip is None or slip in _slips(failure))
        if same and failure is not None:
            smallest = failure
        return same

    try:
        if check.strategies:
            smallest_failing(check, check.info.examples or calls.limits.examples_per_check, fails)
    except CheckStopped:
        pass  # out of budget, or a limit on another input: what was found so far is small enough
    finally:
        budget.charge_shrinking(calls.budget)
        calls.budget = budget
    return smallest


def _commonest_kind(failures: list[Failure]) -> tuple[str, ...]:
    counts = Counter(_kind(failure) for failure in failures)
    return max(counts, key=lambda kind: counts[kind])  # the first seen among equals


def _kind(failure: Failure) -> tuple[str, ...]:
    error = failure.error
    if isinstance(error, CodeFailed):
        return ("error", error.kind, str(error.line))
    if isinstance(error, WrongAnswer) and error.slips:
        return ("value",)
    key = getattr(error, "key", "")
    return (
        ("value",) if key in {"wrong_value", "wrong_element", "wrong_shape", "not_finite"} else ("wrong", key)
    )


def _length(failure: Failure) -> int:
    return sum(len(argument) for call in shown(failure.calls) for argument in call.arguments)


def _slips(failure: Failure) -> tuple[str, ...]:
    return failure.error.slips if isinstance(failure.error, WrongAnswer) else ()


def _failed(check: Check, calls: Calls, failure: Failure, slip: str | None) -> CheckResult:
    error = failure.error
    if isinstance(error, CodeFailed):
        verdict, message = feedback.of_code_failed(error, calls.limits)
        return _result(check, calls.budget, verdict, message, calls=failure.calls)
    assert isinstance(error, WrongAnswer)
    verdict, message = feedback.of_wrong_answer(error, slip)
    pictures, bug = drawn(error.picture, calls)
    return _result(
        check,
        calls.budget,
        verdict,
        message,
        calls=failure.calls,
        error=error,
        slip=slip,
        bug=failure.bug or bug,
        pictures=pictures,
    )


def _result(
    check: Check,
    budget: Budget,
    verdict: Verdict,
    message: Message | None,
    *,
    calls: list[Call] | None = None,
    error: WrongAnswer | None = None,
    slip: str | None = None,
    bug: str = "",
    pictures: tuple[Picture, ...] = (),
) -> CheckResult:
    info = check.info
    show = verdict is not Verdict.PASSED
    got = error.got if error is not None else NOTHING
    expected = _like(error.expected, got) if error is not None else NOTHING
    return CheckResult(
        name=info.name,
        points=points(verdict, info.points),
        max_points=info.points,
        verdict=verdict,
        visible=info.visible,
        message=message,
        slip=slip,
        example=shown(calls or []) if show else (),
        got=as_python(got) if show and got is not NOTHING else None,
        expected=as_python(expected) if show and expected is not NOTHING else None,
        calls=budget.calls_made,
        cpu_s=round(budget.cpu_used_s, 6),
        check_bug=bug,
        pictures=pictures,
    )


def _like(expected: Any, got: Any) -> Any:
    """Expected values in the dtype that came back, where that changes none of them: the dtype is not what was wrong."""
    if not isinstance(got, np.ndarray) or not isinstance(expected, np.ndarray | np.generic):
        return expected
    with np.errstate(all="ignore"):
        same = np.asarray(expected).astype(got.dtype)
    return same if np.array_equal(same, expected, equal_nan=same.dtype.kind in "fc") else expected
