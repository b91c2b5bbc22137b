"""Examples played side by side: the same report as one after the other, and a pass is all they may decide."""

import itertools
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.judge import Gradable, grade
from grader.remembered import (
    MOST_CHECK_BYTES,
    MOST_EXAMPLES,
    MOST_WAYS,
    Remembered,
    Step,
    digest_of,
    remembered,
)
from grader.report import GradingReport, Verdict
from grader.run import Surroundings
from grader.sandbox import Zygote, choose_profile
from grader.sandbox.exchange import RawAnswer
from tests.grader.fakes import FakeSandbox, FakeSession
from tests.grader.grades_many import without_usage
from tests.grader.packages import HEAD, RIGHT, gradable, job

TWO_CALLS = (
    HEAD
    + """
@check(points=1)
@given(x=arrays(integers(1, 9)))
def halves_what_it_doubled(solution, x):
    doubled = solution.double(solution.keep(x))
    expect.equal(solution.halve(doubled), x)
"""
)
BOTH_WAYS = "def double(x): return x * 2\ndef halve(x): return x // 2\n"


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of the groups of calls that were sent together."""
    seen: list[int] = []
    original = FakeSession.ask_together

    def noting(self: FakeSession, calls: Any, **options: Any) -> list[Any]:
        seen.append(len(calls))
        return original(self, calls, **options)

    monkeypatch.setattr(FakeSession, "ask_together", noting)
    return seen


def test_calls_that_wait_for_no_answer_go_together_and_those_that_do_in_a_second_group(
    tmp_path: Path, sizes: list[int]
) -> None:
    exercise = gradable(tmp_path, checks=TWO_CALLS)

    report = grade(FakeSandbox(), exercise, job(exercise.exercise, BOTH_WAYS))

    assert report.checks[0].verdict is Verdict.PASSED
    assert sizes == [4, 4, 46, 46]
    assert report.checks[0].calls == 100


def test_a_wrong_answer_is_found_again_one_by_one_and_what_was_printed_is_said_once(tmp_path: Path) -> None:
    exercise = gradable(tmp_path)
    prints = "def double(n):\n    print('n is', n)\n    return n * n\n"

    both = [_graded(exercise, prints, together=together) for together in (True, False)]

    assert without_usage(both[0]) == without_usage(both[1])
    assert both[0].printed == both[1].printed != ""


def test_a_function_that_is_too_slow_together_is_judged_one_by_one(tmp_path: Path, sizes: list[int]) -> None:
    exercise = gradable(tmp_path, toml="[limits]\ncheck_cpu_s = 10.0\n")

    report = grade(FakeSandbox(cpu_per_call_s=0.03), exercise, job(exercise.exercise, RIGHT))

    assert [check.verdict for check in report.checks] == [Verdict.PASSED, Verdict.PASSED]
    assert 46 not in sizes


def test_a_check_that_needs_a_session_of_its_own_is_not_tried_together_twice(
    tmp_path: Path, sizes: list[int]
) -> None:
    fresh = HEAD + (
        "@check(points=1)\n@given(n=integers(0, 9))\n"
        "def a_fresh_one_doubles(solution, n):\n    expect.equal(solution.anew().double(n), 2 * n)\n"
    )
    exercise = gradable(tmp_path, checks=fresh)

    for _ in range(2):
        report = grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))
        assert report.checks[0].verdict is Verdict.PASSED

    assert sizes == []


def test_a_check_that_measures_is_played_one_by_one(tmp_path: Path, sizes: list[int]) -> None:
    measuring = (
        HEAD
        + "from grader.metrics import mse\n"
        + "@check(points=1, curve=[(0.0, 1), (1.0, 0)])\n@given(n=integers(0, 9))\n"
        + "def near(solution, n):\n    expect.metric(mse(solution.double(n), 2.0 * n))\n"
    )
    exercise = gradable(tmp_path, checks=measuring)

    assert grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT)).score == 1.0
    assert sizes == []


# ---------------------------------------------------------------- what is remembered

COUNTING = (
    HEAD
    + """
ran = []

@check(points=1)
@given(n=integers(-50, 50))
def doubles(solution, n):
    ran.append(n)
    got = solution.double(n)
    expect.equal(got, 2 * n)
"""
)


def _counting(folder: Path, checks: str = COUNTING) -> tuple[Gradable, list[int]]:
    exercise = gradable(folder, checks=checks)
    ran: list[int] = exercise.checks[0].function.__globals__["ran"]
    return exercise, ran


def test_answers_that_passed_before_pass_without_running_the_check_again(tmp_path: Path) -> None:
    exercise, ran = _counting(tmp_path)
    other_code = "def double(n):\n    return n << 1\n"

    first = grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))
    assert len(ran) == 50
    again = grade(FakeSandbox(), exercise, job(exercise.exercise, other_code))

    assert len(ran) == 50
    assert without_usage(first) == without_usage(again)


def test_what_differs_in_one_answer_is_judged_after_a_right_file_as_before_it(tmp_path: Path) -> None:
    wrong_for_one = "def double(n):\n    return 2 * n + (n == 7)\n"
    float_for_one = "def double(n):\n    return 2.0 * n if n == 7 else 2 * n\n"
    for source in (wrong_for_one, float_for_one, "def double(n): return None\n"):
        fresh, _ = _counting(tmp_path / "fresh")
        used, _ = _counting(tmp_path / "used")
        grade(FakeSandbox(), used, job(used.exercise, RIGHT))

        reports = [grade(FakeSandbox(), one, job(one.exercise, source)) for one in (fresh, used)]

        assert without_usage(reports[0]) == without_usage(reports[1])


def test_what_depends_on_the_file_itself_is_not_remembered(tmp_path: Path) -> None:
    sized = COUNTING.replace(
        "got = ", "expect.at_most(solution.source_bytes, 40, key='too_long')\n    got = "
    )
    exercise, ran = _counting(tmp_path, sized)

    assert grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT)).score == 1.0
    assert grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT + "#" * 40)).score == 0.0
    assert len(ran) > 50


def test_another_exercise_with_a_check_of_the_same_name_remembers_nothing_of_it(tmp_path: Path) -> None:
    for part in ("one", "two"):
        exercise, ran = _counting(tmp_path / part)
        grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))
        assert len(ran) == 50


@given(ways=st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=4), max_size=12))
def test_only_ways_that_passed_are_ways_to_pass(ways: list[list[int]]) -> None:
    """An example that asks for one thing more after each answer, and ends when it likes."""
    known = Remembered({})
    prefix_free = [
        way for way in ways if not any(way != other and other[: len(way)] == way for other in ways)
    ]
    noted = prefix_free[:MOST_WAYS]
    for way in noted:
        known.note(_way(way))

    def passes(way: list[int]) -> bool:
        step = known.start
        for _, digest in _way(way):
            step = step.then.get(digest) if step is not None else None
        return step is not None and step.request is None

    for length in range(1, 5):
        for tried in itertools.product(range(3), repeat=length):
            assert passes(list(tried)) == (list(tried) in noted)


def _way(answers: list[int]) -> list[tuple[bytes, bytes]]:
    return [
        (bytes([depth]), digest_of(RawAnswer(b"V", bytearray([answer]))))
        for depth, answer in enumerate(answers)
    ]


def test_one_check_is_remembered_within_a_limit_however_answers_vary() -> None:
    """Ways with an answer in their second request are as many and as large as whoever answers likes."""

    def check() -> None: ...

    inputs = [{"n": n} for n in range(100)]
    for known in (remembered(check, values) for values in inputs):
        for answer in range(MOST_WAYS):
            digest = digest_of(RawAnswer(b"V", bytearray([answer])))
            known.note([(b"first", digest), (bytes(60_000), digest)])

    kept = [_kept_bytes(remembered(check, values).start) for values in inputs]
    assert 0 < sum(kept) <= MOST_CHECK_BYTES
    assert kept[0] > kept[-1] == 0


def _kept_bytes(step: Step | None) -> int:
    if step is None:
        return 0
    return len(step.request or b"") + sum(map(_kept_bytes, step.then.values()))


def test_inputs_that_are_drawn_again_and_again_are_not_all_kept() -> None:
    class Drawn(dict[str, int]): ...

    def check() -> None: ...

    alive = []
    for _ in range(3 * MOST_EXAMPLES):
        inputs = Drawn()
        alive.append(weakref.ref(inputs))
        remembered(check, inputs)

    assert sum(reference() is not None for reference in alive) <= MOST_EXAMPLES + 1


def test_a_check_whose_answers_take_long_to_read_is_left_before_all_are_read(tmp_path: Path) -> None:
    """The limit of the judge's own time holds between two examples here too."""
    slow = HEAD + (
        "import time\n\nREAD = []\n\n\n@check(points=1)\n@given(n=integers(0, 99))\n"
        "def doubles(solution, n):\n    solution.double(n)\n    READ.append(n)\n"
        "    since = time.thread_time()\n    while time.thread_time() < since + 0.02: pass\n"
    )
    exercise = gradable(tmp_path, checks=slow, toml="[limits]\njudge_cpu_s = 0.2\n")

    grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))

    assert len(exercise.checks[0].function.__globals__["READ"]) < 50  # of 50 examples, played twice


# ---------------------------------------------------------------- the real sandbox


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(choose_profile(("numpy",)).profile, ("numpy",)) as zygote:
        yield zygote


@pytest.mark.sandbox
@pytest.mark.parametrize("slug", ["affine-quantization", "magnitude-pruning"])
def test_solutions_and_mutants_of_the_bank_get_the_same_report_either_way(zygote: Zygote, slug: str) -> None:
    exercise = Gradable.load(read_exercise(EXERCISES_FOLDER / slug))
    folder = exercise.exercise.folder
    files = [*sorted((folder / "solutions").glob("*.py")), *sorted((folder / "mutants").glob("*.py"))[::6]]

    for path in files:
        both = [_graded(exercise, path.read_text(), together=way, sandbox=zygote) for way in (True, False)]
        assert without_usage(both[0]) == without_usage(both[1]), path.name


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "ending",
    [
        "while True: pass",
        "import os; os._exit(3)",
        "bytearray(1 << 40)",
        "return 'x' * (1 << 23)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.write(3, b'forged' * 9)",
    ],
)
def test_what_ends_a_session_in_the_middle_gets_the_same_verdict_either_way(
    zygote: Zygote, tmp_path: Path, ending: str
) -> None:
    exercise = gradable(tmp_path, toml="[limits]\ncall_cpu_s = 0.2\n")
    source = f"def double(n):\n    if n == 3:\n        {ending}\n    return 2 * n\n"

    both = [_graded(exercise, source, together=way, sandbox=zygote) for way in (True, False)]

    assert [check.verdict for check in both[0].checks] == [check.verdict for check in both[1].checks]
    assert both[0].checks[0].message == both[1].checks[0].message


def _graded(exercise: Gradable, source: str, *, together: bool, sandbox: Any = None) -> GradingReport:
    around = Surroundings(together=together)
    return grade(sandbox or FakeSandbox(), exercise, job(exercise.exercise, source), around=around)
