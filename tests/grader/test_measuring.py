"""Checks that measure, sessions anew and races, with a sandbox that knows how long calls take."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checklist import CheckInfo
from grader.errors import BadExercise
from grader.exercise import read_exercise
from grader.judge import grade
from grader.race import FEWEST_PAIRS, MOST_PAIRS, WARM_UPS
from grader.report import CheckResult, GradingReport, Verdict
from grader.sandbox import StudentError
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, gradable, job, write_exercise

IMPORTS = HEAD + "import numpy as np\nfrom grader.metrics import compression_ratio, mse, sparsity\n"
RATIO = IMPORTS + (
    "@check(points=4, curve=[(1, 0), (5, 0.5), (10, 1)])\n"
    "def is_small(solution):\n"
    "    stored = expect.blob(solution.compress(b'x' * 100))\n"
    "    expect.equal(solution.anew().decompress(stored), b'x' * 100)\n"
    "    expect.metric(compression_ratio(stored, original_bytes=100))\n"
)
RUNS = (
    "def compress(data):\n    return bytes([len(data)]) + data[:1] + bytes({padding})\n"
    "def decompress(stored):\n    return stored[1:2] * stored[0]\n"
)


def graded(folder: Path, source: str, sandbox: FakeSandbox | None = None, **options: str) -> GradingReport:
    exercise = gradable(folder, **options)
    return grade(sandbox or FakeSandbox(), exercise, job(exercise.exercise, source))


def only(report: GradingReport) -> CheckResult:
    (check,) = report.checks
    return check


COMPARED = IMPORTS + (
    "@check(points=1, curve=[(0, 1), (1, 0)])\n"
    "def error(solution):\n    expect.metric(mse(solution.f(1), np.zeros(2)))\n\n\n"
    "@check(points=1, visible=False)\n@given(n=integers(2, 9))\n"
    "def no_more_than_before(solution, n):\n"
    "    expect.that(solution.measured('no_more_than_before') is None, 'wrong_value')\n"
    "    known = solution.measured('error')\n"
    "    expect.at_most(expect.array(solution.f(n)), 0.0 if known is None else known.value)\n"
)


@pytest.mark.parametrize(("value", "verdict"), [("0.5", Verdict.WRONG_ANSWER), ("0.25", Verdict.PASSED)])
def test_a_later_check_may_compare_with_what_was_measured_of_the_same_submission(
    tmp_path: Path, value: str, verdict: Verdict
) -> None:
    """Asked again, code may draw lots which of two answers it gives."""
    source = f"def f(n):\n    return [{value}] * 2 if n > 1 else [0.5, 0.5]\n"

    report = graded(tmp_path, source, checks=COMPARED)

    assert report.checks[0].metric is not None
    assert report.checks[0].metric.value == 0.25
    assert report.checks[1].verdict is verdict


@pytest.mark.parametrize(
    ("padding", "verdict", "points"),
    [
        (8, Verdict.PASSED, 4.0),
        (0, Verdict.PASSED, 4.0),
        (18, Verdict.PARTIAL, 2.0),
        (38, Verdict.PARTIAL, 0.75),
        (98, Verdict.WRONG_ANSWER, 0.0),
    ],
)
def test_a_measured_number_earns_what_its_curve_says(
    tmp_path: Path, padding: int, verdict: Verdict, points: float
) -> None:
    report = graded(tmp_path, RUNS.format(padding=padding), checks=RATIO)
    check = only(report)

    assert (check.verdict, check.points, report.score) == (verdict, points, points)
    assert check.metric is not None
    assert check.metric.value == 100 / (2 + padding)
    assert check.metric.curve == ((1.0, 0.0), (5.0, 0.5), (10.0, 1.0))
    assert check.message is not None
    assert check.message.key == "measured_compression_ratio"
    assert GradingReport.from_message(json.loads(json.dumps(report.to_message()))) == report


def test_what_one_session_remembers_is_not_there_anew(tmp_path: Path) -> None:
    """The whole file kept in a variable, and two bytes handed over."""
    cheat = "kept = []\ndef compress(data):\n    kept.append(data)\n    return b'ok'\ndef decompress(stored):\n    return kept[0]\n"
    sandbox = FakeSandbox()

    check = only(graded(tmp_path, cheat, sandbox, checks=RATIO))

    assert (check.points, check.verdict) == (0.0, Verdict.ERROR)
    assert check.metric is None
    assert all(session.closed for session in sandbox.opened)


def test_every_session_counts_and_its_loading_is_paid(tmp_path: Path) -> None:
    report = graded(tmp_path, RUNS.format(padding=0), checks=RATIO)

    assert report.usage.sessions == 2


def test_a_file_that_loads_only_once_is_told_how_it_failed(tmp_path: Path) -> None:
    def fails_later(number: int) -> None:
        if number:
            raise StudentError("NameError", "name 'x' is not defined", 1)

    check = only(graded(tmp_path, RUNS.format(padding=0), FakeSandbox(on_open=fails_later), checks=RATIO))

    assert check.verdict is Verdict.ERROR
    assert check.points == 0


def test_of_several_examples_the_least_favourable_counts(tmp_path: Path) -> None:
    checks = IMPORTS + (
        "@check(points=1, curve=[(0, 0), (1, 1)])\n@given(zeros=integers(1, 4))\n"
        "def keeps(solution, zeros):\n    expect.metric(sparsity(solution.f(np.arange(4) >= zeros)))\n"
    )
    check = only(graded(tmp_path, "def f(mask):\n    return mask * 1.0\n", checks=checks))

    assert check.metric is not None
    assert check.metric.value == 0.25
    assert check.points == 0.25


def test_a_wrong_answer_among_measured_ones_earns_nothing(tmp_path: Path) -> None:
    checks = IMPORTS + (
        "@check(points=1, curve=[(0, 0), (1, 1)])\n@given(n=integers(0, 20))\n"
        "def keeps(solution, n):\n    expect.metric(sparsity(solution.f(n)))\n"
    )
    check = only(graded(tmp_path, "def f(n):\n    return None if n == 7 else [0.0, 0.0]\n", checks=checks))

    assert (check.verdict, check.points, check.metric) == (Verdict.WRONG_ANSWER, 0.0, None)


def test_a_hidden_check_tells_tenths_of_its_points_and_keeps_the_number_for_later(tmp_path: Path) -> None:
    hidden = RATIO.replace("points=4,", "points=4, visible=False,")

    report = graded(tmp_path, RUNS.format(padding=11), checks=hidden)  # 7.69 times smaller: a share of 0.769
    check, (in_full,) = only(report), report.hidden_details

    assert (check.verdict, check.points) == (Verdict.PARTIAL, 3.2)
    assert check.metric is None
    assert check.message is not None
    assert (check.message.key, check.message.params) == ("hidden_measured", {"percent": 80})
    assert in_full.metric is not None
    assert in_full.points == 3.2


@pytest.mark.parametrize(
    "body",
    [
        "    expect.metric(mse(solution.f(), np.zeros(1)))",  # rises, and more of it is worse
        "    solution.f()",
    ],
)
def test_a_curve_that_does_not_fit_its_measure_is_shown_to_the_author(tmp_path: Path, body: str) -> None:
    checks = IMPORTS + f"@check(points=1, curve=[(0, 0), (1, 1)])\ndef f(solution):\n{body}\n"

    check = only(graded(tmp_path, "def f():\n    return [0.0]\n", checks=checks))

    assert check.points == 0
    assert "curve" in check.check_bug


def test_a_measure_without_a_curve_is_shown_to_the_author(tmp_path: Path) -> None:
    checks = RATIO.replace(", curve=[(1, 0), (5, 0.5), (10, 1)]", "")

    assert "curve" in only(graded(tmp_path, RUNS.format(padding=0), checks=checks)).check_bug


def test_a_curve_is_plain_data_that_is_read_without_running_the_checks(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, checks=RATIO + "1 / 0\n"))

    assert exercise.checks == (
        CheckInfo(name="is_small", points=4.0, curve=((1.0, 0.0), (5.0, 0.5), (10.0, 1.0))),
    )


@pytest.mark.parametrize("curve", ["[(1, 0), (0, 1)]", "[(0, 0)]", "'steep'", "[(0, 0), (1, 0.5)]"])
def test_a_curve_that_is_none_is_the_authors_turn(tmp_path: Path, curve: str) -> None:
    with pytest.raises(BadExercise, match="curve"):
        read_exercise(write_exercise(tmp_path, checks=RATIO.replace("[(1, 0), (5, 0.5), (10, 1)]", curve)))


def test_what_was_not_measured_is_never_carried(tmp_path: Path) -> None:
    """The same named mistake as in the check it depends on; a wrong codec has no ratio."""
    checks = IMPORTS + (
        "@check(points=4)\ndef comes_back(solution):\n"
        "    expect.equal(solution.f(3), 6, slips={'squared': 9})\n"
        "@check(points=4, curve=[(1, 0), (5, 1)], depends_on='comes_back')\ndef is_small(solution):\n"
        "    expect.equal(solution.f(4), 8, slips={'squared': 16})\n"
        "    expect.metric(compression_ratio(b'1', original_bytes=100))\n"
    )

    report = graded(tmp_path, "def f(n):\n    return n * n\n", checks=checks)

    assert [check.verdict for check in report.checks] == [Verdict.WRONG_ANSWER] * 2
    assert report.score == 0


def test_the_size_of_the_program_can_be_counted(tmp_path: Path) -> None:
    checks = RATIO.replace("original_bytes=100)", "original_bytes=100, source_bytes=solution.source_bytes)")
    source = RUNS.format(padding=0)
    exercise = gradable(tmp_path, checks=checks)
    task = replace(job(exercise.exercise, source), modules={"tables": "é"})

    check = only(grade(FakeSandbox(), exercise, task))

    assert check.metric is not None
    assert check.metric.details["size_bytes"] == 2 + len(source) + 2


# ---------------------------------------------------------------- races

RACE = IMPORTS + (
    "drawn = []\n"
    "@check(points=2, curve=[(0.5, 1), (1.0, 0.5), (2.0, 0)])\n"
    "def is_fast(solution):\n"
    "    def inputs(rng):\n"
    "        drawn.append(rng.standard_normal(3))\n"
    "        return (drawn[-1],)\n"
    "    def verify(got, x):\n"
    "        expect.close(got, 2 * x)\n"
    "    expect.metric(solution.race('double', inputs, verify))\n"
)
DOUBLE = "def double(x):\n    spend({cost})\n    return 2 * x\n"
LIMITS = "[limits]\ncheck_cpu_s = 9.0\n"


def raced(folder: Path, cost: str, baseline: str = "0.001", **options: str) -> CheckResult:
    options = {"checks": RACE, "toml": LIMITS, "baseline": DOUBLE.format(cost=baseline), **options}
    return only(graded(folder, DOUBLE.format(cost=cost), None, **options))


@pytest.mark.parametrize(
    ("cost", "points"), [("0.0005", 2.0), ("0.001", 1.0), ("0.0015", 0.5), ("0.003", 0.0)]
)
def test_a_race_is_worth_what_the_ratio_of_computing_times_is_worth(
    tmp_path: Path, cost: str, points: float
) -> None:
    check = raced(tmp_path, cost)

    assert check.metric is not None
    assert check.metric.value == pytest.approx(float(cost) / 0.001)
    assert check.points == points
    assert check.metric.details["pairs"] == FEWEST_PAIRS
    assert check.calls == FEWEST_PAIRS + WARM_UPS


def test_within_the_noise_the_learner_has_the_better_end(tmp_path: Path) -> None:
    noisy = "0.001 * (1 + 0.5 * (x[0] % 1))"

    check = raced(tmp_path, noisy)

    assert check.metric is not None
    assert check.metric.low < check.metric.value < check.metric.high
    assert check.metric.details["pairs"] > FEWEST_PAIRS
    assert check.points >= 2 * (0.5 - 0.5 * (check.metric.value - 1))


def test_more_pairs_are_run_until_the_mark_is_settled_or_there_are_enough(tmp_path: Path) -> None:
    wild = "0.001 * 10 ** (x[0] % 1 - 0.5)"
    undecided = raced(tmp_path / "a", wild)
    clear = raced(tmp_path / "b", "0.1 * 2 ** (x[0] % 1)")

    assert undecided.metric is not None
    assert undecided.metric.details["pairs"] == MOST_PAIRS
    assert clear.metric is not None
    assert clear.metric.details["pairs"] == FEWEST_PAIRS  # nothing of the whole band is worth a point


def test_what_earns_all_points_is_still_measured_well_enough_to_be_ranked(tmp_path: Path) -> None:
    noisy = raced(tmp_path / "a", "0.0001 * (1 + x[0] % 1)")
    steady = raced(tmp_path / "b", "0.0001 * (1 + 0.08 * (x[0] % 1))")

    assert noisy.metric is not None
    assert steady.metric is not None
    assert (noisy.points, steady.points) == (2.0, 2.0)
    assert noisy.metric.details["pairs"] > FEWEST_PAIRS
    assert steady.metric.details["pairs"] == FEWEST_PAIRS


def test_a_race_ends_before_computing_time_does(tmp_path: Path) -> None:
    check = raced(
        tmp_path, "0.2 * (1 + x[0] % 1)", "0.3", toml="[limits]\ncheck_cpu_s = 15.0\ntotal_cpu_s = 18.0\n"
    )

    assert check.metric is not None
    assert check.metric.details["pairs"] < MOST_PAIRS
    assert check.cpu_s < 15.0 / 2


def test_code_that_is_far_too_slow_runs_out_of_time(tmp_path: Path) -> None:
    assert raced(tmp_path, "0.9", toml="[limits]\ncheck_cpu_s = 3.0\n").verdict is Verdict.CPU_LIMIT


def test_first_calls_do_not_count(tmp_path: Path) -> None:
    source = "def double(x):\n    double.calls += 1\n    spend(0.0005 + 0.5 * (double.calls < 3))\n    return 2 * x\ndouble.calls = 0\n"

    check = only(graded(tmp_path, source, checks=RACE, toml=LIMITS, baseline=DOUBLE.format(cost="0.001")))

    assert check.metric is not None
    assert check.metric.value == pytest.approx(0.5)


def test_inputs_are_new_for_every_call_and_follow_the_secret_seed(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, checks=RACE, toml=LIMITS, baseline=DOUBLE.format(cost="0.001"))
    drawn: list[list[float]] = exercise.checks[0].function.__globals__["drawn"]

    def inputs(seed: int) -> list[bytes]:
        drawn.clear()
        grade(FakeSandbox(), exercise, job(exercise.exercise, DOUBLE.format(cost="0.001"), seed=seed))
        return [x.tobytes() for x in drawn]  # type: ignore[attr-defined]

    first, again, other = inputs(1), inputs(1), inputs(2)

    assert len(set(first)) == len(first) == FEWEST_PAIRS + WARM_UPS
    assert first == again
    assert not set(first) & set(other)


@pytest.mark.parametrize(
    "body",
    ["spend(1e-6); return 2 * x[:2]", "return 0 * x", "return memo.setdefault(0, 2 * x)", "return None"],
)
def test_a_fast_wrong_answer_is_a_wrong_answer(tmp_path: Path, body: str) -> None:
    source = f"memo = {{}}\ndef double(x):\n    {body}\n"

    check = only(graded(tmp_path, source, checks=RACE, toml=LIMITS, baseline=DOUBLE.format(cost="0.001")))

    assert (check.verdict, check.points, check.metric) == (Verdict.WRONG_ANSWER, 0.0, None)
    assert len(check.example) == 1


def test_right_answers_that_turn_wrong_later_are_seen(tmp_path: Path) -> None:
    source = "def double(x):\n    double.calls += 1\n    return 2 * x if double.calls < 8 else 0 * x\ndouble.calls = 0\n"

    check = only(graded(tmp_path, source, checks=RACE, toml=LIMITS, baseline=DOUBLE.format(cost="0.001")))

    assert check.verdict is Verdict.WRONG_ANSWER


@pytest.mark.parametrize(
    "baseline",
    [
        "def double(x):\n    return 3 * x\n",
        "def double(x):\n    return 1 / 0\n",
        "def other(x):\n    return 2 * x\n",
        "def double(x):\n    end('cpu_limit')\n",
        "1 / 0\n",
    ],
)
def test_a_baseline_that_does_not_work_is_never_the_learners_turn(tmp_path: Path, baseline: str) -> None:
    with pytest.raises(BadExercise, match=r"baseline\.py"):
        graded(tmp_path, DOUBLE.format(cost="0.001"), checks=RACE, toml=LIMITS, baseline=baseline)


def test_a_race_without_a_baseline_is_the_authors_turn(tmp_path: Path) -> None:
    with pytest.raises(BadExercise, match=r"baseline\.py: not found"):
        graded(tmp_path, DOUBLE.format(cost="0.001"), checks=RACE, toml=LIMITS)


def test_the_baseline_belongs_to_the_version_of_an_exercise(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path, checks=RACE)
    before = read_exercise(folder).version
    (folder / "baseline.py").write_text("def double(x): ...\n")

    assert read_exercise(folder).version != before
    assert read_exercise(folder).baseline == "def double(x): ...\n"


def test_nothing_that_the_baseline_prints_is_the_learners(tmp_path: Path) -> None:
    printing = "print('loaded')\n" + DOUBLE
    report = graded(
        tmp_path,
        printing.format(cost="0.001"),
        checks=RACE,
        toml=LIMITS,
        baseline=DOUBLE.format(cost="0.001").replace("return", "print('secret'); return"),
    )

    assert "loaded" in report.printed
    assert "secret" not in report.printed
