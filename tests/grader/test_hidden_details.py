"""What hidden checks found: in full in a place of its own, and nowhere else in the report."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader.draws import inputs_of
from grader.judge import grade
from grader.report import CheckResult, GradingReport, Verdict
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, RIGHT, gradable, job

#: Tells of its inputs by every way out there is; only the hidden check draws numbers beyond 50.
TELL_TALES = {
    "returns": "return f'secret {n}'",
    "raises": "raise ValueError(f'secret {n}')",
    "raises a kind": "raise type(f'secret_{abs(n)}', (Exception,), {})",
    "prints": "print('secret', n); return 0",
    "misses": "return 2 * n + 1000",
    "ends": "end('cpu_limit')",
}
CHECKS = HEAD + (
    "@check(points=2)\n@given(n=integers(-50, 50))\n"
    "def doubles(solution, n):\n    expect.equal(solution.double(n), 2 * n)\n"
    "@check(points=1, visible=False)\n@given(n=integers(10**6, 10**9))\n"
    "def doubles_unseen_numbers(solution, n):\n"
    "    expect.equal(solution.double(n), 2 * n, slips={'squared': n * n})\n"
)


def report_of(folder: Path, source: str) -> GradingReport:
    exercise = gradable(folder, checks=CHECKS)
    return grade(FakeSandbox(), exercise, job(exercise.exercise, source))


def detail_of(report: GradingReport) -> CheckResult:
    (detail,) = report.hidden_details
    return detail


@pytest.mark.parametrize("way", TELL_TALES)
def test_nothing_that_the_code_tells_of_hidden_inputs_is_outside_the_details(
    tmp_path: Path, way: str
) -> None:
    report = report_of(tmp_path, f"def double(n):\n    if n > 50: {TELL_TALES[way]}\n    return 2 * n\n")
    open_part = json.dumps(replace(report, hidden_details=(), exercise_version="").to_message())

    assert "secret" not in open_part
    assert not re.search(r"\d{7}", open_part)  # as long as every hidden input
    assert report.checks[1].verdict is Verdict.WRONG_ANSWER
    assert report.checks[1].message is not None
    assert report.checks[1].message.key == "hidden_failed"


def test_the_details_say_how_a_hidden_check_failed(tmp_path: Path) -> None:
    detail = detail_of(report_of(tmp_path, "def double(n):\n    return n * n if n > 50 else 2 * n\n"))

    assert (detail.name, detail.visible, detail.slip) == ("doubles_unseen_numbers", False, "squared")
    assert detail.verdict is Verdict.WRONG_ANSWER
    (call,) = detail.example
    n = int(call.arguments[0])
    assert n > 50
    assert (detail.got, detail.expected) == (str(n * n), str(2 * n))
    assert detail.calls > 0


def test_the_details_show_the_shortest_of_the_failing_inputs(tmp_path: Path) -> None:
    detail = detail_of(report_of(tmp_path, "def double(n):\n    return 2 * n if n <= 50 else -1\n"))

    hidden = gradable(tmp_path, checks=CHECKS).checks[1]
    lengths = {len(str(inputs["n"])) for inputs in inputs_of(hidden, 50, seed=7)}
    assert len(lengths) > 1
    assert len(detail.example[0].arguments[0]) == min(lengths)


@pytest.mark.parametrize("way", ["raises", "ends"])
def test_the_details_keep_the_verdict_that_learners_do_not_see(tmp_path: Path, way: str) -> None:
    report = report_of(tmp_path, f"def double(n):\n    if n > 50: {TELL_TALES[way]}\n    return 2 * n\n")

    assert detail_of(report).verdict is {"raises": Verdict.ERROR, "ends": Verdict.CPU_LIMIT}[way]


def test_a_hidden_check_that_passed_says_so_in_its_details_too(tmp_path: Path) -> None:
    report = report_of(tmp_path, RIGHT)

    assert detail_of(report).verdict is Verdict.PASSED
    assert report.score == report.max_score


def test_a_stumble_over_a_hidden_input_is_only_in_the_details(tmp_path: Path) -> None:
    stumbling = CHECKS.replace(
        "expect.equal(solution.double(n), 2 * n, ", "expect.equal(solution.double(n)[n], 2 * n, "
    )
    exercise = gradable(tmp_path, checks=stumbling)

    report = grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))

    assert report.checks[1].check_bug == ""
    assert "TypeError" in detail_of(report).check_bug


def test_the_message_carries_the_details(tmp_path: Path) -> None:
    report = report_of(tmp_path, "def double(n):\n    return -1\n")

    assert GradingReport.from_message(json.loads(json.dumps(report.to_message()))) == report
