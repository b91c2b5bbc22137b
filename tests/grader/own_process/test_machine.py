"""One's own code in a plain process: the same answers and the same endings as in a sandbox, as far as limits go."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader.own_process import OwnMachine
from grader.sandbox import JudgeFunction, Limits, SessionEnded, StudentError
from grader.sandbox.session import encoded_call

FILE = """
import os, sys
import numpy as np
print("loaded")

def double(x):
    return np.asarray(x) * 2

def raises():
    raise ValueError("no")

def endless():
    while True:
        pass

def sleeps():
    import time
    time.sleep(60)

def ends():
    os._exit(3)

def kills_itself():
    os.kill(os.getpid(), 9)

def grows():
    import time
    block = np.ones(1 << 27)
    time.sleep(10)
    return block.sum()

def floods():
    while True:
        print("x" * 100_000)

def imports(name):
    return __import__(name).__name__

def asks(f):
    return f(20) + f(1)

def draws():
    return np.random.random()
"""
SHORT = {
    "endless": Limits(call_cpu_s=0.3, call_wall_s=20.0),
    "sleeps": Limits(call_wall_s=0.5, longest_wall_s=0.5),
}


@pytest.fixture(scope="module")
def machine() -> Iterator[OwnMachine]:
    with OwnMachine() as started:
        yield started


def test_values_cross_and_what_is_printed_is_kept(machine: OwnMachine) -> None:
    with machine.open(FILE) as session:
        assert session.call("double", [np.array([1.5, -2.0])]).tolist() == [3.0, -4.0]
        big = np.arange(2**20, dtype=np.float32)
        assert np.array_equal(session.call("double", [big]), big * 2)
        assert session.printed() == "loaded\n"


def test_an_error_has_its_line_and_the_session_goes_on(machine: OwnMachine) -> None:
    with machine.open(FILE) as session:
        with pytest.raises(StudentError) as caught:
            session.call("raises")
        assert (caught.value.kind, caught.value.line) == ("ValueError", 10)
        with pytest.raises(StudentError, match="MissingFunction"):
            session.call("nowhere")
        assert session.call("double", [2]) == 4


@pytest.mark.parametrize(
    ("function", "verdict"),
    [
        ("endless", "cpu_limit"),
        ("sleeps", "wall_limit"),
        ("ends", "no_result"),
        ("kills_itself", "crashed"),
        ("grows", "memory_limit"),
        ("floods", "output_limit"),
    ],
)
def test_every_limit_ends_one_session_and_not_the_next(
    machine: OwnMachine, function: str, verdict: str
) -> None:
    limits = SHORT.get(function, Limits(call_cpu_s=3.0, call_wall_s=20.0, memory_bytes=64 << 20))
    with machine.open(FILE, limits) as session, pytest.raises(SessionEnded) as caught:
        session.call(function)
    assert caught.value.verdict == verdict
    with machine.open(FILE) as session:
        assert session.call("double", [1]) == 2


@pytest.mark.parametrize("name", ["grader", "reference_impl", "prova", "hypothesis", "psutil", "torch"])
def test_what_the_site_does_not_have_is_not_there(machine: OwnMachine, name: str) -> None:
    with machine.open(FILE) as session:
        with pytest.raises(StudentError, match=f"No module named '{name}'"):
            session.call("imports", [name])
        assert session.call("imports", ["json"]) == "json"


def test_further_files_and_functions_of_the_judge_are_there(machine: OwnMachine) -> None:
    with machine.open(
        "import helper\ndef f(g):\n    return helper.x + g(2)\n", modules={"helper": "x = 5\n"}
    ) as s:
        assert s.call("f", [JudgeFunction(0)], judge_functions=[lambda x: x * 10]) == 25


def test_many_calls_go_together(machine: OwnMachine) -> None:
    with machine.open(FILE) as session:
        answers = session.ask_together([encoded_call("double", [n], {}) for n in range(100)], cpu_s=1.0)
        assert [session.value_of(answer) for answer in answers] == [2 * n for n in range(100)]


def test_random_numbers_are_those_of_the_seed(machine: OwnMachine) -> None:
    drawn = []
    for seed in (1, 1, 2):
        with machine.open(FILE, seed=seed) as session:
            drawn.append(session.call("draws"))
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_file_that_does_not_load_says_why(machine: OwnMachine) -> None:
    with pytest.raises(StudentError, match="ZeroDivisionError"):
        machine.open("x = 1\n1 / 0\n")
