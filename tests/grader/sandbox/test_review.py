"""What a submission could do to the side that judges it, as found in a review: each was tried and worked once."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from grader import expect
from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.failures import WrongAnswer
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.pyvalue import as_python
from grader.report import GradingReport
from grader.sandbox import Profile, StudentError, Zygote
from grader.sandbox.profiles import inspect_machine

SECRET_SEED = 0x5EC2E75EED
WRONG = """
def choose_qparams(lo, hi, bits):
    {what}

quantize = dequantize = choose_qparams
"""
PRINTS_WHAT_ITS_CALLERS_KNOW = """
import sys

frame = sys._getframe()
while frame is not None:
    print(frame.f_locals.get("limits"), frame.f_locals.get("seed"))
    frame = frame.f_back
""" + WRONG.format(what="return None")


MANY_THREADS = """
import threading

def start(count):
    threading.stack_size(32 << 10)
    forever = threading.Event()
    for _ in range(count):
        threading.Thread(target=forever.wait, daemon=True).start()
"""
COMPUTES_BETWEEN_CALLS = """
import threading
import zlib

def compute():
    while True:
        zlib.crc32(bytes(1 << 20))

def work():
    if threading.active_count() == 1:
        threading.Thread(target=compute, daemon=True).start()
"""


@contextmanager
def at_most_this_much_more_memory(byte_count: int) -> Iterator[None]:
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + byte_count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def steps_taken(function: object, *args: object) -> int:
    """Python lines run: a cost that does not depend on how busy the machine is."""
    lines = 0

    def count(_frame: object, event: str, _arg: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        function(*args)  # type: ignore[operator]
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("filler", ["", b""])
def test_a_long_text_in_a_list_of_short_ones_does_not_take_the_judges_memory(filler: str | bytes) -> None:
    long = "x" * 500_000 if isinstance(filler, str) else b"x" * 500_000
    reply = [[long, *[filler] * 2500]]

    with at_most_this_much_more_memory(500 << 20), pytest.raises(WrongAnswer) as wrong:
        expect.close(reply, 1.0)

    assert wrong.value.key == "not_numbers"


def test_a_huge_array_is_shown_at_the_cost_of_a_small_one() -> None:
    huge = np.zeros((24, 24, 24, 24, 12), bool)

    assert steps_taken(as_python, huge) < 100_000


@pytest.mark.parametrize("shape", [(7,), (500,), (3, 8), (2, 30, 4), (1, 1, 1, 900), (60, 60)])
def test_what_is_shown_of_a_cut_array_is_still_its_beginning(shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape)).reshape(shape)
    beginning = str(array.tolist())[:90]

    assert as_python(array).startswith(f"np.array({beginning}"[:90])


@pytest.fixture(scope="module", params=list(Profile), ids=lambda profile: f"profile_{profile}")
def zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    if missing := inspect_machine().missing(request.param):
        pytest.skip(f"PROFILE {request.param} IS NOT TESTED HERE: {' '.join(missing)}")
    with Zygote(request.param, ("numpy",), spares=0) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def gradable() -> Gradable:
    return Gradable.load(read_exercise(EXERCISES_FOLDER / "affine-quantization"))


def graded(zygote: Zygote, gradable: Gradable, source: str) -> GradingReport:
    exercise = gradable.exercise
    job = GradingJob(
        submission_id=1,
        nonce="n",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=source,
        seed=SECRET_SEED,
    )
    return grade(zygote, gradable, job)


@pytest.mark.sandbox
def test_the_seed_that_picks_hidden_inputs_stays_out_of_the_sandbox(
    zygote: Zygote, gradable: Gradable
) -> None:
    report = graded(zygote, gradable, PRINTS_WHAT_ITS_CALLERS_KNOW)

    assert "seed" in report.printed
    assert str(SECRET_SEED) not in report.printed


@pytest.mark.sandbox
def test_how_a_hidden_check_failed_says_nothing_about_its_inputs(zygote: Zygote, gradable: Gradable) -> None:
    def shown(what: str) -> list[tuple[object, object]]:
        checks = graded(zygote, gradable, WRONG.format(what=what)).checks
        return [(check.verdict, check.message) for check in checks if not check.visible]

    ways = ("return None", "raise ValueError(lo)", "__import__('os')._exit(0)", "return bytearray(10**10)")

    assert len({repr(shown(what)) for what in ways}) == 1


@pytest.mark.sandbox
def test_threads_with_small_stacks_end_before_the_process_table_does(zygote: Zygote) -> None:
    with zygote.open(MANY_THREADS) as session, pytest.raises(StudentError, match="can't start new thread"):
        session.call("start", [1000])


@pytest.mark.sandbox
def test_computing_between_two_calls_is_charged(zygote: Zygote) -> None:
    charged = 0.0
    with zygote.open(COMPUTES_BETWEEN_CALLS) as session:
        for _ in range(20):
            session.call("work")
            charged += session.cpu_used
            time.sleep(0.02)  # the judge compares
        used = session.session_cpu_s

    assert charged > used / 2
