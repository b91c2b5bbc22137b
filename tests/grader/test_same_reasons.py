import pytest

from grader.report import CheckResult, Message, ShownCall, Verdict
from grader.same_reasons import same_as


def failed(name: str, message: Message, verdict: Verdict = Verdict.ERROR, **more: object) -> CheckResult:
    given = {"points": 0.0, "max_points": 1.0, "visible": True, "verdict": verdict} | more
    return CheckResult(name=name, message=message, **given)  # type: ignore[arg-type]


def missing(name: str, function: str, *calls: str) -> CheckResult:
    example = tuple(ShownCall(function=call, arguments=()) for call in calls)
    return failed(name, Message(key="missing_function", params={"function": function}), example=example)


def test_a_missing_function_is_said_once_whatever_else_the_checks_call() -> None:
    checks = [
        missing("a", "f", "f"),
        missing("b", "g", "g"),
        missing("c", "f", "h", "f"),
        missing("d", "f", "f", "g"),
    ]
    assert same_as(checks) == {"c": "a", "d": "a"}


def test_one_named_mistake_is_said_once() -> None:
    wrong = Message(key="wrong_value", params={"got": "1"})
    other = Message(key="wrong_value", params={"got": "2"})
    checks = [
        failed("a", wrong, Verdict.WRONG_ANSWER, slip="rounds_down"),
        failed("b", other, Verdict.WRONG_ANSWER, slip="rounds_down"),
        failed("c", other, Verdict.WRONG_ANSWER, slip="rounds_up"),
    ]
    assert same_as(checks) == {"b": "a"}


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.CARRIED, Verdict.PARTIAL, Verdict.NOT_RUN])
def test_what_is_no_failure_refers_to_nothing(verdict: Verdict) -> None:
    told = Message(key="missing_function", params={"function": "f"})
    assert same_as([failed("a", told, verdict), failed("b", told, verdict)]) == {}


def test_two_wrong_values_are_two_problems() -> None:
    wrong = Message(key="wrong_value", params={"got": "1"})
    checks = [failed(name, wrong, Verdict.WRONG_ANSWER) for name in "ab"]
    assert same_as(checks) == {}
