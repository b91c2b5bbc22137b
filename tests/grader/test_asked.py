"""Functions of a check as arguments: the learner's code calls them, they answer on the trusted side."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.judge import grade
from grader.report import CheckResult, Verdict
from grader.sandbox import Zygote, choose_profile
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, gradable, job

CHECKS = (
    HEAD
    + """
@check(points=1)
@given(n=integers(1, 9))
def asks_for_each_number_once(solution, n):
    asked = []

    def price(number):
        expect.that(isinstance(number, int), "slips.not_a_number")
        asked.append(number)
        return {"price": 2 * [10, 20, 30, 40, 50, 60, 70, 80, 90][number]}

    expect.equal(solution.double(price, n), sum(2 * 10 * (i + 1) for i in range(n)))
    expect.equal(len(asked), n, slips={"squared": n * n})
"""
)
RIGHT = "def double(price, n):\n    return sum(price(i)['price'] for i in range(n))\n"

Grade = Callable[[str], CheckResult]


@pytest.fixture(params=["fake", pytest.param("sandbox", marks=pytest.mark.sandbox)])
def grade_here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Grade]:
    exercise = gradable(tmp_path, checks=CHECKS)

    def one(source: str) -> CheckResult:
        return grade(sandbox, exercise, job(exercise.exercise, source)).checks[0]

    if request.param == "fake":
        sandbox: FakeSandbox | Zygote = FakeSandbox()
        yield one
        return
    with Zygote(choose_profile(("numpy",)).profile, ("numpy",)) as sandbox:
        yield one


def test_what_the_function_answers_is_what_the_code_computes_with(grade_here: Grade) -> None:
    assert grade_here(RIGHT).verdict is Verdict.PASSED


def test_how_often_it_was_asked_is_counted_here(grade_here: Grade) -> None:
    twice = "def double(price, n):\n    [price(i) for i in range(n)]\n    return sum(price(i)['price'] for i in range(n))\n"

    assert grade_here(twice).verdict is Verdict.WRONG_ANSWER


def test_the_call_is_shown_with_the_functions_name(grade_here: Grade) -> None:
    (call,) = grade_here("def double(price, n):\n    return 0\n").example

    assert call.arguments == ("price", "1")


def test_a_demand_on_what_it_is_asked_is_a_wrong_answer_even_if_the_code_goes_on(grade_here: Grade) -> None:
    silent = (
        "def double(price, n):\n    try:\n        price('0')\n    except ValueError:\n        return 20\n"
    )

    result = grade_here(silent)

    assert result.message is not None
    assert result.message.key == "slips.not_a_number"


def test_what_it_cannot_answer_raises_at_the_line_that_asks(grade_here: Grade) -> None:
    result = grade_here("def double(price, n):\n    return price(99)['price']\n")

    assert result.verdict is Verdict.ERROR
    assert result.message is not None
    assert result.message.params["line"] == 2
    assert "price does not take this (IndexError)" in str(result.message.params)
