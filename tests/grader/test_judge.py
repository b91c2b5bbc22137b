"""The judge's own logic, with a fake sandbox."""

import json
from pathlib import Path

import pytest

from grader import feedback
from grader.budget import Budget
from grader.checks import load_checks
from grader.errors import BadExercise
from grader.examples import run_check
from grader.exercise import read_exercise
from grader.judge import grade
from grader.report import CheckResult, GradingReport, Outcome, Verdict
from grader.sandbox import Limits, SystemFailure
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import DOUBLING, HEAD, RIGHT, gradable, job, write_exercise

TWO_VISIBLE = DOUBLING.replace("visible=False", "visible=True")
SQUARED = "def double(n):\n    return n * n\n"


def graded(
    folder: Path, source: str, *, seed: int = 7, sandbox: FakeSandbox | None = None, **options: str
) -> GradingReport:
    exercise = gradable(folder, **options)
    return grade(sandbox or FakeSandbox(), exercise, job(exercise.exercise, source, seed=seed), profile="A")


def result(report: GradingReport, name: str = "doubles") -> CheckResult:
    return next(check for check in report.checks if check.name == name)


def test_a_right_solution_gets_all_points(tmp_path: Path) -> None:
    report = graded(tmp_path, RIGHT)

    assert report.outcome is Outcome.GRADED
    assert (report.score, report.max_score) == (3.0, 3.0)
    assert all(check.message is None and not check.example for check in report.checks)


def test_the_report_survives_the_message_it_travels_in(tmp_path: Path) -> None:
    report = graded(tmp_path, SQUARED)

    assert GradingReport.from_message(json.loads(json.dumps(report.to_message()))) == report


def test_the_mistake_that_explains_every_failing_example_is_named(tmp_path: Path) -> None:
    check = result(graded(tmp_path, SQUARED))

    assert check.verdict is Verdict.WRONG_ANSWER
    assert check.slip == "squared"
    assert check.message is not None
    assert check.message.key == "squared"


def test_a_failing_example_is_shown_on_the_smallest_input_as_a_call(tmp_path: Path) -> None:
    check = result(graded(tmp_path, SQUARED))

    (call,) = check.example
    assert (call.function, call.arguments, call.returned) == ("double", ("1",), "1")
    assert (check.got, check.expected) == ("1", "2")


def test_a_smaller_input_that_fails_for_another_reason_is_no_example_of_this_one(tmp_path: Path) -> None:
    """n = 1 fails differently; the shown input must still show the named mistake."""
    check = result(graded(tmp_path, "def double(n):\n    return -5 if n == 1 else n * n\n"))

    assert check.slip == "squared"
    assert check.example[0].arguments in {("-1",), ("3",)}


def test_a_mistake_that_explains_only_a_few_failures_is_not_named(tmp_path: Path) -> None:
    check = result(graded(tmp_path, "def double(n):\n    return n * n if n == 7 else 2 * n + 1\n"))

    assert check.slip is None
    assert check.message is not None
    assert check.message.key == "wrong_value"
    assert {"got", "expected"} <= set(check.message.params)


def test_hidden_checks_say_the_same_for_every_failure_and_show_nothing(tmp_path: Path) -> None:
    sources = [
        SQUARED,
        "def double(n):\n    return 1 / 0\n",
        "def double(n):\n    end('cpu_limit')\n",
        "def other(): pass\n",
    ]
    reports = [graded(tmp_path / str(i), source) for i, source in enumerate(sources)]

    hidden = [result(report, "doubles_unseen_numbers") for report in reports]

    assert {check.verdict for check in hidden} == {Verdict.WRONG_ANSWER}
    assert {(check.calls, check.cpu_s) for check in hidden} == {(0, 0.0)}
    assert {check.message.key for check in hidden if check.message} == {"hidden_failed"}
    assert all(check.points == 0 and check.slip is None and check.got is None for check in hidden)
    assert all(check.expected is None and check.example == () for check in hidden)
    assert all(check.message is not None and not check.message.params for check in hidden)


def test_what_is_printed_about_hidden_inputs_stays_in(tmp_path: Path) -> None:
    source = "def double(n):\n    if abs(n) > 50: print('secret', n)\n    if n == 0: print('zero')\n    return 2 * n\n"

    report = graded(tmp_path, source)

    assert "zero" in report.printed
    assert "secret" not in report.printed


def test_visible_and_hidden_checks_have_sessions_of_their_own(tmp_path: Path) -> None:
    """Nothing that the code noted about hidden inputs can be shown by a later visible check."""
    sandbox = FakeSandbox()

    graded(tmp_path, RIGHT, sandbox=sandbox)

    assert len(sandbox.opened) == 2
    assert all(session.closed for session in sandbox.opened)


def test_the_code_is_seeded_by_the_job_without_being_told_its_secret_seed(tmp_path: Path) -> None:
    def seeds(seed: int) -> set[int]:
        sandbox = FakeSandbox()
        graded(tmp_path, RIGHT, sandbox=sandbox, seed=seed)
        return set(sandbox.seeds)

    assert len(seeds(91)) == 1
    assert seeds(91) == seeds(91)
    assert seeds(91).isdisjoint(seeds(92))
    assert 91 not in seeds(91)


@pytest.mark.parametrize(
    ("source", "key", "params"),
    [
        ("def double(n)\n    return 1\n", "syntax_error", {"text": "expected ':'", "line": 1}),
        ("import torchvision_of_nobody\n", "module_missing", None),
        ("1 / 0\n", "load_error", {"kind": "ZeroDivisionError", "text": "division by zero"}),
        ("x = '\0'\n", "source_not_text", {}),
        ("#" * 65 * 1024, "source_too_long", {"size_kib": 65, "limit_kib": 64}),
    ],
)
def test_a_file_that_does_not_load_is_said_once(
    tmp_path: Path, source: str, key: str, params: object
) -> None:
    report = graded(tmp_path, source)

    assert report.load_error is not None
    assert report.load_error.key == key
    assert params is None or report.load_error.params == params
    assert report.score == 0.0
    assert {check.verdict for check in report.checks} == {Verdict.NOT_RUN}


@pytest.mark.parametrize(
    ("body", "verdict", "key"),
    [
        ("raise ValueError('n is odd')", Verdict.ERROR, "student_error_line"),
        ("raise NotImplementedError", Verdict.ERROR, "not_written_yet"),
        ("raise MemoryError", Verdict.MEMORY_LIMIT, "memory_limit"),
        ("return None", Verdict.WRONG_ANSWER, "returned_nothing"),
        ("return object()", Verdict.ERROR, "unsupported_type"),
        ("return '4'", Verdict.WRONG_ANSWER, "not_numbers"),
        ("end('cpu_limit')", Verdict.CPU_LIMIT, "cpu_limit"),
        ("end('wall_limit')", Verdict.WALL_LIMIT, "wall_limit"),
        ("end('forbidden')", Verdict.FORBIDDEN, "forbidden"),
        ("end('crashed')", Verdict.CRASHED, "crashed"),
        ("end('too_many_questions')", Verdict.ERROR, "too_many_questions"),
    ],
)
def test_every_way_to_fail_has_its_verdict_and_its_sentence(
    tmp_path: Path, body: str, verdict: Verdict, key: str
) -> None:
    check = result(graded(tmp_path, f"def double(n):\n    {body}\n"))

    assert check.verdict is verdict
    assert check.message is not None
    assert check.message.key == key
    assert check.example


def test_an_exception_is_told_with_its_line(tmp_path: Path) -> None:
    check = result(graded(tmp_path, "def double(n):\n    m = n + 1\n    return [][m]\n"))

    assert check.message is not None
    assert check.message.params["kind"] == "IndexError"
    assert check.message.params["line"] == 3


def test_a_missing_function_is_named(tmp_path: Path) -> None:
    check = result(graded(tmp_path, "def duble(n):\n    return 2 * n\n"))

    assert check.message is not None
    assert check.message.params == {"function": "double"}


def test_a_limit_costs_one_check_because_the_next_one_gets_a_new_session(tmp_path: Path) -> None:
    two = HEAD + "".join(
        f"@check(points=1)\n@given(n=integers(0, 9))\ndef {name}(solution, n):\n    expect.equal(solution.{name}(n), n)\n"
        for name in ("first", "second")
    )
    report = graded(tmp_path, "def first(n): end('cpu_limit')\ndef second(n): return n\n", checks=two)

    assert [check.verdict for check in report.checks] == [Verdict.CPU_LIMIT, Verdict.PASSED]
    assert report.usage.sessions == 3  # the first one ended when both were played side by side


def test_a_check_that_stumbles_counts_as_wrong_and_tells_the_instructor(tmp_path: Path) -> None:
    checks = HEAD + "@check(points=1)\ndef first_of_result(solution):\n    expect.equal(solution.f()[0], 1)\n"

    (check,) = graded(tmp_path, "def f(): return 5\n", checks=checks).checks

    assert check.verdict is Verdict.WRONG_ANSWER
    assert check.points == 0
    assert "TypeError" in check.check_bug


def test_the_calls_of_a_check_share_one_limit_of_computing_time(tmp_path: Path) -> None:
    sandbox = FakeSandbox(cpu_per_call_s=0.3)

    check = result(graded(tmp_path, RIGHT, sandbox=sandbox, toml="[limits]\ncheck_cpu_s = 2.0\n"))

    assert check.verdict is Verdict.CPU_LIMIT
    assert check.message is not None
    assert (check.message.key, check.message.params) == ("check_cpu_limit", {"limit_s": 2.0})
    assert check.calls == 11  # stopped at one and a half times the limit; see test_fair_limits.py


def test_a_submission_that_used_up_its_time_is_not_run_further(tmp_path: Path) -> None:
    sandbox = FakeSandbox(cpu_per_call_s=0.3)

    report = graded(
        tmp_path,
        RIGHT,
        sandbox=sandbox,
        checks=TWO_VISIBLE,
        toml="[limits]\ncheck_cpu_s = 2.0\ntotal_cpu_s = 2.0\n",
    )

    assert report.checks[1].verdict is Verdict.NOT_RUN
    assert report.checks[1].message is not None
    assert report.checks[1].message.key == "total_limit"


def test_a_hidden_check_without_time_left_says_what_every_failed_one_says(tmp_path: Path) -> None:
    sandbox = FakeSandbox(cpu_per_call_s=0.3)

    report = graded(tmp_path, RIGHT, sandbox=sandbox, toml="[limits]\ncheck_cpu_s = 2.0\ntotal_cpu_s = 2.0\n")

    assert report.checks[1].verdict is Verdict.WRONG_ANSWER
    assert report.checks[1].message == feedback.HIDDEN


def test_a_submission_that_only_waits_ends_when_its_wall_time_does(tmp_path: Path) -> None:
    source = "import time\ndef double(n):\n    time.sleep(0.05)\n    return 2 * n\n"

    report = graded(tmp_path, source, checks=TWO_VISIBLE, toml="[limits]\ntotal_wall_s = 0.2\n")

    assert [check.verdict for check in report.checks] == [Verdict.WALL_LIMIT, Verdict.NOT_RUN]
    assert {check.message.key for check in report.checks if check.message} == {"total_wall_limit"}
    assert sum(check.calls for check in report.checks) <= 5


def test_reading_what_came_back_has_a_limit_too(tmp_path: Path) -> None:
    checks = HEAD + (
        "@check(points=1)\n@given(n=integers(0, 999))\ndef reads_for_long(solution, n):\n"
        "    solution.double(n)\n    sum(range(2_000_000))\n"
    )

    (check,) = graded(tmp_path, RIGHT, checks=checks, toml="[limits]\njudge_cpu_s = 0.05\n").checks

    assert check.verdict is Verdict.OUTPUT_LIMIT
    assert check.message is not None
    assert check.message.key == "answers_too_large"
    assert check.calls < 50


def test_answers_of_many_values_are_limited_per_exercise(tmp_path: Path) -> None:
    sandbox = FakeSandbox()

    graded(tmp_path, RIGHT, sandbox=sandbox, toml="[limits]\nreply_items = 700\n")

    assert {limits.reply_items for limits in sandbox.limits} == {700}


def test_shrinking_takes_from_what_the_submission_has_left_for_it(tmp_path: Path) -> None:
    exercise = gradable(tmp_path)
    visible = exercise.checks[0]

    def shrunk(left_s: float) -> tuple[CheckResult, float]:
        budget = Budget(cpu_left_s=5.0, shrink_cpu_left_s=left_s)
        session = FakeSandbox().open(SQUARED, Limits(), 0)
        return run_check(visible, session, exercise.exercise.limits, 7, budget), budget.shrink_cpu_left_s

    with_time, left_s = shrunk(60.0)
    without_time, _ = shrunk(-1.0)

    assert 0 < left_s < 60
    assert with_time.calls > without_time.calls
    assert with_time.slip == without_time.slip == "squared"


def test_shrinking_has_a_limit_of_its_own(tmp_path: Path) -> None:
    report = graded(tmp_path, SQUARED, toml="[limits]\nshrink_calls = 3\n")

    assert result(report).slip == "squared"
    assert result(report).calls <= 50 + 3


def test_a_failure_of_the_sandbox_is_never_a_verdict(tmp_path: Path) -> None:
    def broken(number: int) -> None:
        raise SystemFailure("the zygote died")

    with pytest.raises(SystemFailure):
        graded(tmp_path, RIGHT, sandbox=FakeSandbox(on_open=broken))


def test_progress_is_told_check_by_check(tmp_path: Path) -> None:
    exercise = gradable(tmp_path)
    told: list[tuple[str, int, int]] = []

    grade(
        FakeSandbox(),
        exercise,
        job(exercise.exercise, RIGHT),
        watcher=lambda check, done, total: told.append((check.name, done, total)),
    )

    assert told == [("doubles", 1, 2), ("doubles_unseen_numbers", 2, 2)]


def test_results_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    checks = HEAD + (
        "@check(points=1, visible=False)\ndef hidden_first(solution):\n    expect.equal(solution.f(), 2)\n"
        "@check(points=1)\ndef visible_second(solution):\n    expect.equal(solution.f(), 2)\n"
    )

    report = graded(tmp_path, "def f(): return 2\n", checks=checks)

    assert [check.name for check in report.checks] == ["hidden_first", "visible_second"]


def test_a_kept_array_is_the_same_one_in_every_call(tmp_path: Path) -> None:
    checks = HEAD + (
        "import numpy as np\n"
        "@check(points=1)\ndef is_left_alone(solution):\n"
        "    fresh = solution.f(np.ones(2))\n    x = solution.keep(np.ones(2))\n    solution.f(x)\n"
        "    expect.unchanged_input(solution.f(x), fresh)\n"
    )

    (bad,) = graded(tmp_path / "bad", "def f(x):\n    x += 1\n    return x.sum()\n", checks=checks).checks
    (good,) = graded(tmp_path / "good", "def f(x):\n    return x.sum()\n", checks=checks).checks

    assert bad.message is not None
    assert bad.message.key == "input_changed"
    assert [call.arguments for call in bad.example[1:]] == [
        ("x := np.array([1.0, 1.0], dtype=np.float64)",),
        ("x",),
    ]
    assert good.verdict is Verdict.PASSED


def test_two_kept_arrays_are_not_mixed_up(tmp_path: Path) -> None:
    """Also when both are made before the first call, and in calls into another session of the same example."""
    checks = HEAD + (
        "import numpy as np\n"
        "@check(points=1)\ndef are_two(solution):\n"
        "    x, y = solution.keep(np.ones(2)), solution.keep(np.zeros(2))\n"
        "    expect.equal(solution.f(x, y), 2)\n    expect.equal(solution.f(y, x), -2)\n"
        "    expect.equal(solution.f(x, y), 2)\n    z = solution.keep(np.full(2, 5.0))\n"
        "    expect.equal(solution.f(z, x), 8)\n"
    )

    (right,) = graded(tmp_path / "right", "def f(a, b):\n    return (a - b).sum()\n", checks=checks).checks
    (wrong,) = graded(tmp_path / "wrong", "def f(a, b):\n    return (b - a).sum()\n", checks=checks).checks

    assert right.verdict is Verdict.PASSED
    assert wrong.example[0].arguments == (
        "x := np.array([1.0, 1.0], dtype=np.float64)",
        "x1 := np.array([0.0, 0.0], dtype=np.float64)",
    )


def test_a_strided_array_arrives_with_gaps(tmp_path: Path) -> None:
    checks = HEAD + (
        "import numpy as np\n"
        "@check(points=1)\ndef arrives(solution):\n"
        "    expect.equal(solution.f(solution.strided(np.arange(3))), [False, [0, 1, 2]])\n"
    )
    source = "def f(x):\n    return [x.flags.contiguous, x.tolist()]\n"

    assert graded(tmp_path, source, checks=checks).score == 1


def test_a_tensor_arrives_as_one_and_may_be_kept(tmp_path: Path) -> None:
    checks = HEAD + (
        "import numpy as np\n"
        "@check(points=1)\ndef arrives(solution):\n"
        "    x = solution.keep(solution.tensor(np.array([1.0, 2.0])))\n"
        "    expect.equal(solution.halved(x), [0.5, 1.0])\n"
        "    expect.equal(solution.halved(x), [0.25, 0.5])\n"
        "@check(points=1)\ndef shown(solution):\n"
        "    expect.equal(solution.halved(solution.tensor(np.array([[1, 2]]))), 0)\n"
    )
    source = (
        "import torch\ndef halved(x):\n    assert isinstance(x, torch.Tensor)\n"
        "    return x.div_(2).tolist() if x.is_floating_point() else 1\n"
    )

    report = graded(tmp_path, source, checks=checks)

    assert report.checks[0].verdict is Verdict.PASSED
    assert report.checks[1].example[0].arguments == ("torch.tensor([[1, 2]], dtype=torch.int64)",)


def test_two_arrays_may_be_kept_before_the_first_call(tmp_path: Path) -> None:
    checks = HEAD + (
        "import numpy as np\n"
        "@check(points=1)\ndef apart(solution):\n"
        "    x, y = solution.keep(np.zeros(1)), solution.keep(np.ones(1))\n"
        "    expect.equal(solution.f(x, y), [0.0, 1.0])\n"
        "    expect.equal(solution.f(y, x), [1.0, 0.0])\n"
    )

    assert graded(tmp_path, "def f(x, y):\n    return [x[0], y[0]]\n", checks=checks).score == 1


def test_a_checks_file_that_does_not_run_is_the_authors_turn(tmp_path: Path) -> None:
    exercise = read_exercise(
        write_exercise(tmp_path, checks=HEAD + "@check(points=1)\ndef f(solution): ...\n1 / 0\n")
    )

    with pytest.raises(BadExercise, match="ZeroDivisionError"):
        load_checks(exercise)


def test_a_name_that_is_used_twice_does_not_lose_its_check(tmp_path: Path) -> None:
    exercise = read_exercise(
        write_exercise(tmp_path, checks=HEAD + "@check(points=1)\ndef f(solution): ...\nf = 3\n")
    )

    with pytest.raises(BadExercise, match="used twice"):
        load_checks(exercise)


def test_a_check_may_ask_for_fewer_examples(tmp_path: Path) -> None:
    checks = HEAD + (
        "@check(points=1, examples=4)\n@given(n=integers(0, 999))\n"
        "def doubles(solution, n):\n    expect.equal(solution.double(n), 2 * n)\n"
    )

    assert graded(tmp_path, RIGHT, checks=checks).checks[0].calls == 4
