"""The judge and the real sandbox together, under both profiles, on the exercise of the bank."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.report import GradingReport, Outcome, Verdict
from grader.sandbox import Profile, Zygote
from grader.sandbox.profiles import inspect_machine
from tests.grader.grades_many import without_usage

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(120)]

AFFINE = EXERCISES_FOLDER / "affine-quantization"
RIGHT = (AFFINE / "solutions" / "whole_arrays.py").read_text()
MISTAKES = ["divides_by_levels", "range_without_zero", "casts_before_clamping", "constant_comes_back_as_zero"]
MISTAKES += ["rounds_after_the_zero_point", "works_in_place", "dequantizes_in_uint8"]


@pytest.fixture(scope="module")
def affine() -> Gradable:
    return Gradable.load(read_exercise(AFFINE))


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
        if missing := inspect_machine().missing(request.param):
            pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
        with Zygote(request.param, ("numpy",)) as zygote:
            yield zygote


def graded(zygote: Zygote, affine: Gradable, source: str, seed: int = 11) -> GradingReport:
    exercise = affine.exercise
    job = GradingJob(
        submission_id=1,
        nonce="n",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=source,
        seed=seed,
    )
    return grade(zygote, affine, job, profile=zygote.profile)


def without_measurements(report: GradingReport) -> GradingReport:
    return replace(without_usage(report), profile="", versions={})  # profile B may need another Python


def by_name(report: GradingReport) -> dict[str, Any]:
    return {check.name: check for check in report.checks}


@pytest.mark.parametrize("name", MISTAKES)
def test_the_same_submission_with_the_same_seed_gives_the_same_report(
    zygote: Zygote, affine: Gradable, name: str
) -> None:
    source = (AFFINE / "mutants" / f"{name}.py").read_text()

    first, again = (without_measurements(graded(zygote, affine, source)) for _ in range(2))

    assert first == again
    assert json.loads(json.dumps(first.to_message())) == json.loads(json.dumps(again.to_message()))


def test_the_report_does_not_depend_on_the_profile(affine: Gradable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVA_SANDBOX_UID", str(20_000 + os.getpid() % 20_000))
    machine = inspect_machine()
    if missing := machine.missing_a + machine.missing_b:
        pytest.skip(f"ONLY ONE PROFILE IS POSSIBLE HERE: {' '.join(missing)}")
    source = (AFFINE / "mutants" / "casts_before_clamping.py").read_text()

    with Zygote(Profile.A, ("numpy",)) as a, Zygote(Profile.B, ("numpy",)) as b:
        first, second = (without_measurements(graded(zygote, affine, source)) for zygote in (a, b))

    assert first == second


@pytest.mark.parametrize("seed", range(5))
def test_a_right_solution_is_right_whatever_the_hidden_inputs(
    zygote: Zygote, affine: Gradable, seed: int
) -> None:
    report = graded(zygote, affine, RIGHT, seed)

    assert report.score == report.max_score == 20.0
    assert report.usage.peak_bytes > 1 << 20
    assert report.usage.cpu_s > 0


def test_a_mistake_is_named_and_shown_on_a_small_input(zygote: Zygote, affine: Gradable) -> None:
    source = (AFFINE / "mutants" / "divides_by_levels.py").read_text()

    check = by_name(graded(zygote, affine, source))["scale_is_the_width_of_one_step"]

    assert check.slip == "counts_levels_not_steps"
    assert check.example[0].arguments == ("-1.0", "1.0", "2")
    assert (check.got, check.expected) == ("0.5", "0.6666666666666666")


def test_the_shown_call_can_be_repeated_and_gives_the_shown_value(zygote: Zygote, affine: Gradable) -> None:
    import numpy as np

    source = (AFFINE / "mutants" / "works_in_place.py").read_text()
    names: dict[str, Any] = {"np": np}
    exec(source, names)  # noqa: S102  ours
    shown = by_name(graded(zygote, affine, source))["the_given_arrays_are_not_changed"].example

    for call in shown:
        value = eval(f"{call.function}({', '.join(call.arguments)})", names)  # noqa: S307
        assert np.array_equal(value, eval(call.returned, names))  # noqa: S307


@pytest.mark.parametrize(
    ("body", "verdict", "key"),
    [
        ("while True: pass", Verdict.CPU_LIMIT, "cpu_limit"),
        ("import os; os._exit(0)", Verdict.NO_RESULT, "no_result"),
        ("import ctypes; ctypes.string_at(0)", Verdict.CRASHED, "crashed_by_signal"),
        ("import os; os.fork()", Verdict.ERROR, "not_permitted"),
        ("return np.ones((1 << 30,))", Verdict.MEMORY_LIMIT, "memory_limit"),
        ("return [0.0] * 2_000_000", Verdict.ERROR, "too_many_values"),
        ("return [[1] * 3] * 49_000", Verdict.ERROR, "too_many_values"),
        ("return {1, 2}", Verdict.ERROR, "unsupported_type"),
        ("raise RuntimeError('é')", Verdict.ERROR, "student_error_line"),
    ],
)
def test_whatever_the_code_does_ends_as_a_verdict_with_a_sentence(
    zygote: Zygote, affine: Gradable, body: str, verdict: Verdict, key: str
) -> None:
    hasty = replace(affine.exercise, limits=replace(affine.exercise.limits, call_cpu_s=0.3))
    affine = replace(affine, exercise=hasty)
    source = RIGHT + f"\ndef dequantize(q, scale, zero_point):\n    {body}\n"

    report = graded(zygote, affine, source)
    check = by_name(report)["dequantize_gives_back_the_real_value"]

    assert report.outcome is Outcome.GRADED
    assert check.verdict is verdict
    assert check.message is not None
    assert check.message.key == key
    assert by_name(report)["values_round_to_the_nearest_step"].verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("def f(:\n", "syntax_error"),
        ("import torch\n", "module_missing"),
        ("while True: pass\n", "load_cpu_limit"),
        ("import sys; sys.exit()\n", "called_exit"),
        ("import os; os._exit(3)\n", "no_result"),
        ("", None),
    ],
)
def test_a_file_that_does_not_load_is_said_once(
    zygote: Zygote, affine: Gradable, source: str, key: str | None
) -> None:
    report = graded(zygote, affine, source)

    assert report.score == 0.0
    assert (report.load_error.key if report.load_error else None) == key
    expected = {"not_loaded"} if key else {"missing_function", "hidden_failed"}
    assert {check.message.key for check in report.checks if check.message} == expected


def test_random_numbers_of_the_code_are_the_same_in_every_run(zygote: Zygote, affine: Gradable) -> None:
    source = (
        RIGHT
        + "\nimport random\ndef choose_qparams(lo, hi, bits):\n    return random.random(), np.random.rand()\n"
    )

    first, again = (without_measurements(graded(zygote, affine, source)) for _ in range(2))

    assert first == again


def test_what_is_printed_is_shown_without_what_hidden_inputs_would_tell(
    zygote: Zygote, affine: Gradable
) -> None:
    source = RIGHT.replace(
        "    q = np.rint", "    print('infinite' if not np.isfinite(x).all() else 'finite')\n    q = np.rint"
    )

    printed = graded(zygote, affine, source).printed

    assert "finite" in printed
    assert "infinite" not in printed
