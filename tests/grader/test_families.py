"""One mistake costs once: laws of the settlement, for any family of checks and any mistakes in a solution."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checklist import CheckInfo
from grader.errors import BadExercise
from grader.exercise import read_exercise
from grader.families import UPSTREAM, families, settle
from grader.judge import Gradable, grade
from grader.report import CheckResult, GradingReport, Verdict
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, gradable, job, write_exercise

NAMES = "abcdef"


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a solution."""

    breaks: frozenset[str]  #: checks
    kind: str  #: "slip": named and known; UPSTREAM: in a function of others; "own": anything else


@st.composite
def families_of_checks(draw: st.DrawFn) -> tuple[CheckInfo, ...]:
    """As an author may write them: nothing is worth more than what it depends on."""
    checks: list[CheckInfo] = []
    for name in NAMES[: draw(st.integers(1, len(NAMES)))]:
        roots = draw(st.sets(st.sampled_from(checks), max_size=2)) if checks else set()
        dearest = min((root.points for root in roots), default=5.0)
        points = draw(st.integers(1, int(dearest)))
        checks.append(
            CheckInfo(name=name, points=float(points), depends_on=tuple(root.name for root in roots))
        )
    return tuple(checks)


def judged(checks: Iterable[CheckInfo], mistakes: Iterable[Mistake]) -> dict[str, CheckResult]:
    """As the judge would find it: a check with several mistakes at once looks like none that is known."""
    return {
        check.name: _judged(check, [one for one in mistakes if check.name in one.breaks]) for check in checks
    }


def _judged(check: CheckInfo, mistakes: list[Mistake]) -> CheckResult:
    kinds = {one.kind for one in mistakes}
    cause = ""
    if kinds == {UPSTREAM}:
        cause = UPSTREAM
    elif kinds == {"slip"} and len(mistakes) == 1:
        cause = f"slip {id(mistakes[0])}"
    return CheckResult(
        name=check.name,
        points=0.0 if mistakes else check.points,
        max_points=check.points,
        verdict=Verdict.WRONG_ANSWER if mistakes else Verdict.PASSED,
        visible=True,
        cause=cause,
    )


def mark(checks: tuple[CheckInfo, ...], mistakes: Iterable[Mistake], composed: Collection[str] = ()) -> float:
    return sum(one.points for one in settle(checks, judged(checks, list(mistakes)), composed).values())


@st.composite
def solutions(draw: st.DrawFn) -> tuple[tuple[CheckInfo, ...], list[Mistake]]:
    checks = draw(families_of_checks())
    names = st.frozensets(st.sampled_from([check.name for check in checks]), min_size=1)
    one = st.builds(Mistake, names, st.sampled_from(["slip", UPSTREAM, "own"]))
    return checks, draw(st.lists(one, max_size=5))


@given(solutions(), st.data())
@settings(max_examples=120)
def test_correcting_a_mistake_never_lowers_the_mark(
    solution: tuple[tuple[CheckInfo, ...], list[Mistake]], data: st.DataObject
) -> None:
    """Whatever other mistakes it was hiding."""
    checks, mistakes = solution
    kept = [one for one in mistakes if data.draw(st.booleans())]
    composed = data.draw(st.sets(st.sampled_from(NAMES)))

    assert mark(checks, kept, composed) >= mark(checks, mistakes, composed) - 1e-9


@given(solutions(), st.data())
@settings(max_examples=120)
def test_correcting_a_mistake_in_one_place_only_never_lowers_the_mark(
    solution: tuple[tuple[CheckInfo, ...], list[Mistake]], data: st.DataObject
) -> None:
    """A slip that is made twice may be corrected once: some checks pass, the others still show it."""
    checks, mistakes = solution
    before = judged(checks, mistakes)
    passed = data.draw(st.sets(st.sampled_from([check.name for check in checks])))
    after = {
        name: _judged(check, []) if name in passed else before[name]
        for name, check in ((check.name, check) for check in checks)
    }

    marks = [sum(one.points for one in settle(checks, results).values()) for results in (before, after)]
    assert marks[1] >= marks[0] - 1e-9


@given(solutions())
@settings(max_examples=50)
def test_no_check_loses_by_being_linked(solution: tuple[tuple[CheckInfo, ...], list[Mistake]]) -> None:
    checks, mistakes = solution
    alone = judged(checks, mistakes)
    settled = settle(checks, alone)

    for name, result in settled.items():
        assert alone[name].points <= result.points <= result.max_points
        assert (result.verdict is Verdict.CARRIED) == (
            result.points == result.max_points and alone[name].points == 0
        )


@given(solutions())
@settings(max_examples=50)
def test_where_anything_is_wrong_not_all_points_are_given(
    solution: tuple[tuple[CheckInfo, ...], list[Mistake]],
) -> None:
    checks, mistakes = solution

    assert (mark(checks, mistakes) == sum(check.points for check in checks)) == (not mistakes)


@given(families_of_checks(), st.data())
@settings(max_examples=60)
def test_one_mistake_at_the_root_costs_the_points_of_the_root(
    checks: tuple[CheckInfo, ...], data: st.DataObject
) -> None:
    """And not those of the checks behind it, in which the same mistake shows or to which it is upstream."""
    root = data.draw(st.sampled_from(checks))
    behind: set[str] = set()
    for check in checks:
        if {root.name, *behind} & set(check.depends_on):
            behind.add(check.name)
    results = judged(checks, [])
    results[root.name] = _judged(root, [Mistake(frozenset(root.name), "own")])
    kind = data.draw(st.sampled_from(["", UPSTREAM, "slip of the root"]))
    shown_in = data.draw(st.sets(st.sampled_from(sorted(behind)))) if behind and kind else set()
    wrong = {name: _judged(_named(checks, name), [Mistake(frozenset(name), "own")]) for name in shown_in}
    wrong = {name: replace(one, cause=kind) for name, one in wrong.items()}
    if kind != UPSTREAM:
        results[root.name] = replace(results[root.name], cause=kind)

    settled = settle(checks, results | wrong)

    assert settled[root.name].points == 0
    assert all(settled[name].points == settled[name].max_points for name in set(settled) - {root.name})


@given(solutions())
@settings(max_examples=50)
def test_mistakes_of_their_own_all_cost(solution: tuple[tuple[CheckInfo, ...], list[Mistake]]) -> None:
    """A submission without any of it gets nothing."""
    checks, _ = solution
    everything = [Mistake(frozenset(check.name for check in checks), "own")]

    assert mark(checks, everything) == 0


def test_a_slip_on_two_sides_of_a_check_that_puts_functions_together_is_two_mistakes() -> None:
    checks = (
        CheckInfo(name="a", points=2.0),
        CheckInfo(name="b", points=2.0),
        CheckInfo(name="c", points=1.0, depends_on=("a", "b")),
    )
    results = {
        name: replace(result, cause="slip forgot_the_zero_point")
        for name, result in judged(checks, [Mistake(frozenset("ab"), "slip")]).items()
    }

    assert settle(checks, results)["b"].verdict is Verdict.CARRIED
    assert settle(checks, results, composed={"c"})["b"].verdict is Verdict.WRONG_ANSWER


def test_families_are_joined_through_other_checks() -> None:
    checks = tuple(
        CheckInfo(name=name, points=1.0, depends_on=tuple(on))
        for name, on in {"a": "", "b": "", "c": "a", "d": "", "e": "cd"}.items()
    )

    assert families(checks) == [["a", "c", "d", "e"], ["b"]]


def _named(checks: tuple[CheckInfo, ...], name: str) -> CheckInfo:
    return next(check for check in checks if check.name == name)


# ---------------------------------------------------------------- through the judge

SCALED = (
    HEAD
    + """
from grader.checks import with_right


@check(points=3)
@given(x=integers(1, 50))
def step_is_right(solution, x):
    expect.close(solution.step(x), x / 255, slips={"counts_levels": x / 256})


@check(points=2, depends_on="step_is_right")
@given(x=integers(-50, -1))
def step_of_a_negative_range(solution, x):
    expect.close(solution.step(x), -x / 255, slips={"counts_levels": -x / 256})


@check(points=2)
@given(x=integers(0, 50))
def code_is_right(solution, x):
    expect.equal(solution.code(x, 0.5), 2 * x, slips={"divided_by_two": x / 4})


@check(points=1, depends_on=("step_is_right", "code_is_right"), visible=False)
@given(x=integers(1, 50))
@with_right(step=lambda x: abs(x) / 255, code=lambda x, s: x / s)
def both_together(solution, x):
    expect.close(solution.code(x, solution.step(x)), 255)
"""
)
RIGHT_STEP = "def step(x):\n    return abs(x) / 255\n"
RIGHT_CODE = "def code(x, s):\n    return x / s\n"


def graded(folder: Path, source: str, checks: str = SCALED) -> GradingReport:
    exercise = gradable(
        folder, checks=checks, toml='[[functions]]\nname = "code"\nsignature = "code(x, s)"\n'
    )
    return grade(FakeSandbox(), exercise, job(exercise.exercise, source))


def points(report: GradingReport) -> list[float]:
    return [check.points for check in report.checks]


@pytest.mark.parametrize(
    ("step", "code", "expected"),
    [
        ("return abs(x) / 255", "return x / s", [3, 2, 2, 1]),
        ("return abs(x) / 256", "return x / s", [0, 2, 2, 1]),  # one slip, three checks
        ("return abs(x) / 256 if x < 0 else x / 255", "return x / s", [3, 0, 2, 1]),  # only there
        ("return x / 255", "return x / s", [3, 0, 2, 1]),
        ("return x / 256", "return x / s", [0, 0, 2, 1]),  # two mistakes where x is negative
        (
            "raise NotImplementedError",
            "return x / s",
            [0, 0, 2, 1],
        ),  # composed with a function that is not there
        ("end('cpu_limit')", "return x / s", [0, 0, 2, 1]),
        ("return 7", "return x / s", [0, 0, 2, 1]),
        ("return abs(x) / 255", "return x * s", [3, 2, 0, 1]),
        ("return abs(x) / 256", "return x * s", [0, 2, 0, 0]),  # two functions are wrong
        ("raise NotImplementedError", "raise NotImplementedError", [0, 0, 0, 0]),
        ("return abs(x) / 256", "return 0", [0, 2, 0, 0]),
        ("return None", "return None", [0, 0, 0, 0]),
    ],
)
def test_each_mistake_costs_the_points_of_one_check(
    tmp_path: Path, step: str, code: str, expected: list[float]
) -> None:
    report = graded(tmp_path, f"def step(x):\n    {step}\ndef code(x, s):\n    {code}\n")

    assert points(report) == expected
    assert report.score == sum(expected)


def test_a_carried_check_says_where_the_mistake_is_counted(tmp_path: Path) -> None:
    report = graded(tmp_path, "def step(x):\n    return abs(x) / 256\n" + RIGHT_CODE)
    root, carried, _, hidden = report.checks

    assert (root.verdict, root.slip) == (Verdict.WRONG_ANSWER, "counts_levels")
    assert carried.verdict is Verdict.CARRIED
    assert carried.message is not None
    assert (carried.message.key, carried.message.params) == ("carried", {"check": "step_is_right"})
    assert carried.example == ()
    assert (hidden.verdict, hidden.message, hidden.cause) == (Verdict.CARRIED, None, "")


def test_an_error_on_a_few_inputs_costs_once_and_one_on_most_costs_everywhere(tmp_path: Path) -> None:
    checks = HEAD + "".join(
        f"@check(points=1{on})\n@given(x=integers({low}, 9))\ndef {name}(solution, x):\n"
        "    expect.equal(solution.f(x), x)\n"
        for name, low, on in (("first", -4, ""), ("second", -3, ", depends_on='first'"), ("third", -3, ""))
    )

    few = graded(tmp_path / "few", "def f(x):\n    if x < 0: raise KeyError\n    return x\n", checks)
    most = graded(tmp_path / "most", "def f(x):\n    if x < 9: raise KeyError\n    return x\n", checks)

    assert points(few) == [0, 1, 0]  # the third is not linked
    assert points(most) == [0, 0, 0]


def test_a_mistake_that_no_earlier_check_sees_is_not_free(tmp_path: Path) -> None:
    """step fails where only the last check looks: it passes given a right step, and nothing else is paid."""
    step = "def step(x):\n    step.calls += 1\n    return abs(x) / (255 if step.calls < 101 else 99)\nstep.calls = 0\n"
    visible = SCALED.replace(", visible=False", "")

    report = graded(tmp_path, step + RIGHT_CODE, visible)

    assert points(report) == [3, 2, 2, 0]
    assert report.checks[3].cause == UPSTREAM


def test_nothing_upstream_excuses_a_check_that_asks_no_other_function(tmp_path: Path) -> None:
    checks = SCALED.replace("solution.code(x, solution.step(x)), 255", "solution.step(x), x / 255")

    assert points(graded(tmp_path, "def step(x):\n    return 7\n" + RIGHT_CODE, checks))[3] == 0


@pytest.mark.parametrize(
    ("checks", "says"),
    [
        (SCALED.replace("points=2, depends_on", "points=4, depends_on"), "worth more"),
        (SCALED.replace('depends_on=("step_is_right", "code_is_right"), ', ""), "with_right"),
        (SCALED.replace("visible=False", "curve=[(0, 0), (1, 1)]"), "with_right"),
    ],
)
def test_what_makes_no_sense_is_the_authors_turn(tmp_path: Path, checks: str, says: str) -> None:
    with pytest.raises(BadExercise, match=says):
        Gradable.load(read_exercise(write_exercise(tmp_path, checks=checks)))


def test_correcting_code_never_lowers_its_mark(tmp_path: Path) -> None:
    """Every set of these mistakes, against every smaller one."""
    exercise = gradable(tmp_path, checks=SCALED)

    def marked(wrong: frozenset[str]) -> float:
        size, steps = "x" if "sign" in wrong else "abs(x)", 256 if "levels" in wrong else 255
        source = f"def step(x):\n    return {0 if 'zero' in wrong else f'{size} / {steps}'}\n"
        source += f"def code(x, s):\n    return {'s * x' if 'inverted' in wrong else 'x / s'}{' + 1' * ('more' in wrong)}\n"
        return grade(FakeSandbox(), exercise, job(exercise.exercise, source)).score

    every = ("sign", "levels", "zero", "inverted", "more")
    sets = [frozenset(some) for n in range(6) for some in combinations(every, n)]
    marks = {wrong: marked(wrong) for wrong in sets}

    assert marks[frozenset()] == 8
    assert {(b, a) for a in sets for b in sets if a < b and marks[a] < marks[b]} == set()
