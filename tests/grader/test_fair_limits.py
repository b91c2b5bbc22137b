"""Time limits that mean the same on every machine: widened, and measured again near the limit."""

import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from grader.alone import Machine
from grader.exercise import LONGEST_GRADING_S, SESSION_END_WALL_S, ExerciseLimits, widened
from grader.judge import grade, grade_and_measure
from grader.report import CheckResult, GradingReport, Verdict
from grader.run import Surroundings
from grader.sandbox import SessionEnded, SystemFailure
from grader.terminal import print_report
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, RIGHT, gradable, job

ONE_CALL = HEAD + "@check(points=2)\ndef doubles(solution):\n    expect.equal(solution.double(3), 6)\n"
TWO_CALLS = ONE_CALL + "    expect.equal(solution.double(4), 8)\n"
LIMITS = "[limits]\ncall_cpu_s = 1.0\ncheck_cpu_s = 1.5\n"
STARVED = """
def double(n):
    try:
        end('wall_limit')
    except Exception as ended:
        ended.starved = True
        raise
"""


def graded(
    folder: Path,
    *cpu_by_session: float,
    checks: str = ONE_CALL,
    source: str = RIGHT,
    around: Surroundings = Surroundings(),  # noqa: B008  frozen
    toml: str = LIMITS,
) -> tuple[GradingReport, FakeSandbox]:
    exercise = gradable(folder, checks=checks, toml=toml)
    sandbox = FakeSandbox(cpu_by_session=cpu_by_session)
    return grade(sandbox, exercise, job(exercise.exercise, source), around=around), sandbox


def only(report: GradingReport) -> CheckResult:
    (check,) = report.checks
    return check


def told(check: CheckResult) -> tuple[str, object]:
    assert check.message is not None
    return check.message.key, check.message.params.get("limit_s")


def test_code_within_its_limits_runs_once(tmp_path: Path) -> None:
    report, sandbox = graded(tmp_path, 0.99)

    assert (only(report).verdict, only(report).runs) == (Verdict.PASSED, 1)
    assert len(sandbox.opened) == 1


@pytest.mark.parametrize(("cpu_s", "runs"), [((1.2, 0.9), 2), ((1.2, 1.4, 0.9), 3)])
def test_a_little_over_the_limit_it_runs_again_and_the_best_run_counts(
    tmp_path: Path, cpu_s: tuple[float, ...], runs: int
) -> None:
    report, sandbox = graded(tmp_path, *cpu_s)

    assert (only(report).verdict, only(report).points, only(report).runs) == (Verdict.PASSED, 2.0, runs)
    assert only(report).message is None
    assert report.score == 2.0
    assert report.usage.cpu_s == pytest.approx(sum(cpu_s))
    assert report.usage.sessions == runs == len(sandbox.opened)
    assert all(session.closed for session in sandbox.opened)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "It ran 2 times"), ("pt-br", "Foi executada 2 vezes")]
)
def test_a_learner_reads_how_often_it_ran(tmp_path: Path, language: str, words: str) -> None:
    report, _ = graded(tmp_path, 1.2, 0.9)
    page = StringIO()
    print_report(
        report, gradable(tmp_path, checks=ONE_CALL).exercise, language, Console(file=page, width=200)
    )

    assert words in page.getvalue()


def test_three_runs_over_the_limit_are_enough(tmp_path: Path) -> None:
    report, sandbox = graded(tmp_path, 1.2, 1.1, 1.3, 0.1)
    check = only(report)

    assert (check.verdict, check.points, check.runs) == (Verdict.CPU_LIMIT, 0.0, 3)
    assert told(check) == ("late_call", 1.0)
    assert [call.function for call in check.example] == ["double"]
    assert len(sandbox.opened) == 3


def test_calls_that_are_only_together_a_little_over_run_again_too(tmp_path: Path) -> None:
    late, _ = graded(tmp_path / "late", 0.9, 0.8, 0.8, checks=TWO_CALLS)
    settled, _ = graded(tmp_path / "settled", 0.9, 0.7, checks=TWO_CALLS)

    assert told(only(late)) == ("late_check", 1.5)
    assert only(late).runs == 3
    assert (only(settled).verdict, only(settled).runs) == (Verdict.PASSED, 2)


def test_code_far_over_the_limit_is_stopped_and_not_repeated(tmp_path: Path) -> None:
    report, sandbox = graded(tmp_path, 1.6, 0.1, checks=TWO_CALLS.replace("4), 8", "5), 10"), toml=LIMITS)
    stopped, _ = graded(tmp_path / "x", 0.1, source="def double(n): end('cpu_limit')\n")

    assert sandbox.limits[0].call_cpu_s == 1.5  # where the sandbox itself stops a call
    assert (only(stopped).verdict, only(stopped).runs, told(only(stopped))) == (
        Verdict.CPU_LIMIT,
        1,
        ("cpu_limit", 1.0),
    )
    assert only(report).runs == 2


def test_a_wrong_answer_is_not_repeated_however_long_it_took(tmp_path: Path) -> None:
    report, sandbox = graded(tmp_path, 1.2, 0.1, source="def double(n):\n    return n\n")

    assert (only(report).verdict, only(report).runs) == (Verdict.WRONG_ANSWER, 1)
    assert len(sandbox.opened) == 1


TWO_CHECKS = ONE_CALL + ONE_CALL.replace(HEAD, "").replace("def doubles", "def remembers").replace(
    "solution.double(3), 6", "solution.count(), 2"
)


def graded_with_a_busy_moment(folder: Path, cpu_s: float) -> tuple[GradingReport, FakeSandbox]:
    """Only the first call of all takes `cpu_s`."""
    exercise = gradable(folder, checks=TWO_CHECKS, toml=LIMITS)
    sandbox = FakeSandbox(cpu_by_session=(cpu_s,))
    sandbox.names["calm"] = lambda: setattr(sandbox.opened[0], "cpu_per_call_s", 0.1)
    source = "calls = 0\ndef count(): return calls\ndef double(n):\n    global calls\n    calls += 2; calm()\n    return 2 * n\n"
    return grade(sandbox, exercise, job(exercise.exercise, source)), sandbox


def test_checks_after_a_repeat_go_on_in_the_session_that_they_would_have_had(tmp_path: Path) -> None:
    """What the code remembers must not depend on whether the machine was busy a moment ago."""
    busy, _ = graded_with_a_busy_moment(tmp_path / "busy", 1.2)
    idle, _ = graded_with_a_busy_moment(tmp_path / "idle", 0.5)

    assert [check.runs for check in busy.checks] == [2, 1]
    assert [check.runs for check in idle.checks] == [1, 1]
    assert busy.score == idle.score == 4.0


def test_random_numbers_start_anew_with_every_check_and_every_repeat(tmp_path: Path) -> None:
    _, sandbox = graded_with_a_busy_moment(tmp_path, 1.2)
    first, repeat = (session.reseeded for session in sandbox.opened)

    assert len(set(first)) == 2
    assert repeat == first[:1]


def test_limits_follow_the_speed_of_the_machine_and_what_is_read_does_not(tmp_path: Path) -> None:
    slow = Surroundings(cpu_scale=2.0)
    within, sandbox = graded(tmp_path / "within", 1.9, around=slow, toml="[limits]\ncall_cpu_s = 1.0\n")
    late, _ = graded(tmp_path / "late", 2.2, 2.2, 2.2, around=slow, toml="[limits]\ncall_cpu_s = 1.0\n")

    assert (only(within).verdict, only(within).runs) == (Verdict.PASSED, 1)
    assert sandbox.limits[0].call_cpu_s == 3.0
    assert told(only(late)) == ("late_call", 1.0)
    assert within.cpu_scale == late.cpu_scale == 2.0


def test_computing_and_reading_are_widened_but_waiting_and_memory_are_not() -> None:
    limits, wide = ExerciseLimits(), widened(ExerciseLimits(), 3.0)

    assert (wide.call_cpu_s, wide.check_cpu_s, wide.total_cpu_s, wide.judge_cpu_s) == (3.0, 15.0, 60.0, 6.0)
    assert (wide.total_wall_s, wide.call_wall_s, wide.memory_mib) == (
        limits.total_wall_s,
        limits.call_wall_s,
        limits.memory_mib,
    )


def test_the_clock_does_not_stop_code_that_computes_on_a_slow_machine(tmp_path: Path) -> None:
    _, sandbox = graded(tmp_path, around=Surroundings(cpu_scale=4.0), toml="[limits]\ncall_wall_s = 2.0\n")

    assert sandbox.limits[0].call_wall_s >= sandbox.limits[0].call_cpu_s == 6.0


def test_others_are_kept_out_of_a_repeat_and_of_nothing_else(tmp_path: Path) -> None:
    """The code under test looks whether somebody else could enter the room."""
    source = f"""
from pathlib import Path
from grader.alone import Machine
free = []
def double(n):
    with Machine(Path({str(tmp_path)!r})).alone(0.0) as alone:
        pass
    import fcntl, os
    file = os.open({str(tmp_path / "room")!r}, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        print("others may enter")
    except BlockingIOError:
        print("alone")
    finally:
        os.close(file)
    return 2 * n
"""
    around = Surroundings(machine=Machine(tmp_path))
    report, sandbox = graded(tmp_path, 1.2, 0.5, source=source, around=around)

    assert [session.text.split("\n")[0] for session in sandbox.opened] == ["others may enter", "alone"]
    assert only(report).runs == 2


def test_waiting_for_another_judge_takes_nothing_from_the_submission(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    inside, leave = threading.Event(), threading.Event()

    def repeat() -> None:
        with machine.alone(5.0):
            inside.set()
            leave.wait(0.5)

    other = threading.Thread(target=repeat)
    other.start()
    assert inside.wait(5.0)
    toml = "[limits]\ntotal_wall_s = 0.3\n"
    started_s = time.monotonic()
    report, _ = graded(tmp_path, around=Surroundings(machine=machine), toml=toml)
    other.join()

    assert time.monotonic() - started_s > 0.4
    assert only(report).verdict is Verdict.PASSED


def test_a_call_that_waited_for_a_core_is_repeated_and_then_the_machine_is_to_blame(tmp_path: Path) -> None:
    once = STARVED.replace("    try:", "    if opened() > 1: return 2 * n\n    try:")
    exercise = gradable(tmp_path, checks=ONE_CALL)
    sandbox = FakeSandbox()
    sandbox.names["opened"] = lambda: len(sandbox.opened)

    report = grade(sandbox, exercise, job(exercise.exercise, once))

    assert (only(report).verdict, only(report).runs) == (Verdict.PASSED, 2)
    with pytest.raises(SystemFailure, match="too busy"):
        grade(FakeSandbox(), exercise, job(exercise.exercise, STARVED))


def test_a_call_that_waits_by_itself_is_not_repeated(tmp_path: Path) -> None:
    report, sandbox = graded(tmp_path, source="def double(n): end('wall_limit')\n")

    assert (only(report).verdict, only(report).runs) == (Verdict.WALL_LIMIT, 1)
    assert len(sandbox.opened) == 1


def graded_while_others_have_the_cores(folder: Path, waited_s: float) -> GradingReport:
    """Each of two calls takes 0.3 s by the clock, in which nothing was computed; 0.2 s are allowed in all."""
    exercise = gradable(folder, checks=TWO_CALLS, toml="[limits]\ntotal_wall_s = 0.2\n")
    slow = "import time\ndef double(n):\n    time.sleep(0.3)\n    return 2 * n\n"
    return grade(FakeSandbox(waited_s=waited_s), exercise, job(exercise.exercise, slow))


def test_time_in_which_others_had_the_cores_does_not_count(tmp_path: Path) -> None:
    waited = graded_while_others_have_the_cores(tmp_path / "waited", 10.0)
    slept = graded_while_others_have_the_cores(tmp_path / "slept", 0.0)

    assert only(waited).verdict is Verdict.PASSED
    assert (only(slept).verdict, told(only(slept))) == (Verdict.WALL_LIMIT, ("total_wall_limit", 0.2))


def test_when_all_time_passed_without_the_learner_it_is_a_failure_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.run.LONGEST_GRADING_S", SESSION_END_WALL_S + 0.25)

    with pytest.raises(SystemFailure, match="too busy or too slow"):
        graded_while_others_have_the_cores(tmp_path, 10.0)


def test_a_file_that_loads_a_little_too_slowly_is_loaded_again(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, checks=ONE_CALL, toml=LIMITS)

    def loading(*cpu_s: float) -> GradingReport:
        sandbox = FakeSandbox(load_cpu_s=cpu_s)
        return grade(sandbox, exercise, job(exercise.exercise, RIGHT))

    assert loading(1.2, 0.9).score == 2.0
    failed = loading(1.2, 1.2, 1.2).load_error
    assert failed is not None
    assert failed.key == "load_cpu_limit"


def test_a_file_that_cannot_load_for_want_of_a_core_is_a_failure_of_ours(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, checks=ONE_CALL)

    def starved(number: int) -> None:
        ended = SessionEnded("wall_limit")
        ended.starved = True
        raise ended

    with pytest.raises(SystemFailure, match="too busy"):
        grade(FakeSandbox(on_open=starved), exercise, job(exercise.exercise, RIGHT))


def test_nothing_of_the_learner_runs_when_the_lease_could_end(tmp_path: Path) -> None:
    """On the slowest machine, with repeats and other judges: each call is cut off in time."""
    exercise = gradable(tmp_path, checks=ONE_CALL, toml="[limits]\ncall_cpu_s = 12.0\ncall_wall_s = 5.0\n")
    sandbox = FakeSandbox()
    grade(sandbox, exercise, job(exercise.exercise, RIGHT), around=Surroundings(cpu_scale=4.0))
    (wall,) = sandbox.opened[0].walls

    assert sandbox.limits[0].call_cpu_s == 72.0
    assert wall is not None
    assert wall.limit_s <= wall.longest_s <= LONGEST_GRADING_S - SESSION_END_WALL_S
    assert sandbox.limits[0].longest_wall_s <= LONGEST_GRADING_S - SESSION_END_WALL_S


def test_how_near_its_limits_code_came_is_known_to_authors(tmp_path: Path) -> None:
    exercise = gradable(tmp_path, checks=TWO_CALLS, toml=LIMITS)
    sandbox = FakeSandbox(cpu_per_call_s=0.25)

    _, headroom = grade_and_measure(sandbox, exercise, job(exercise.exercise, RIGHT))

    assert (headroom.limit, headroom.times) == ("check_cpu_s", 3.0)
