import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    JudgeFunction,
    Limits,
    Profile,
    Ref,
    SessionEnded,
    StudentError,
    SystemFailure,
    Zygote,
)
from grader.sandbox.process import StudentProcess

pytestmark = pytest.mark.sandbox
QUICK = Limits(call_cpu_s=0.2)


def test_values_go_in_and_come_out(zygote: Zygote) -> None:
    with zygote.open("def scale(x, by=1):\n    return {'x': x * by, 3: (by, None)}") as session:
        result = session.call("scale", [np.arange(3, dtype=np.float32)], {"by": 2})

    assert np.array_equal(result["x"], np.array([0, 2, 4], np.float32))
    assert result["x"].dtype == np.float32
    assert result[3] == (2, None)


def test_the_judges_own_arrays_cannot_be_changed(zygote: Zygote) -> None:
    mine = np.zeros(3)
    with zygote.open("def f(x):\n    x += 1\n    return x") as session:
        assert session.call("f", [mine]).tolist() == [1, 1, 1]

    assert mine.tolist() == [0, 0, 0]


def test_an_error_names_the_line_and_the_session_goes_on(zygote: Zygote) -> None:
    source = "def inner():\n    return 1 // 0\n\ndef f():\n    return inner()\n\ndef g():\n    return 5\n"
    with zygote.open(source) as session:
        with pytest.raises(StudentError) as caught:
            session.call("f")
        assert (caught.value.kind, caught.value.line, caught.value.verdict) == (
            "ZeroDivisionError",
            2,
            "error",
        )
        assert session.call("g") == 5


def test_a_file_that_does_not_load_says_why(zygote: Zygote) -> None:
    with pytest.raises(StudentError) as caught:
        zygote.open("x = 1\nimport no_such_module\n")

    assert (caught.value.kind, caught.value.line) == ("ModuleNotFoundError", 2)


def test_a_missing_function_is_the_students_error(zygote: Zygote) -> None:
    with zygote.open("quantise = 3") as session:
        for name in ("quantize", "quantise"):
            with pytest.raises(StudentError, match=name) as caught:
                session.call(name)
            assert caught.value.kind == "MissingFunction"


class NeverGetsACore(StudentProcess):
    def __init__(self, process: StudentProcess) -> None:
        self.__dict__.update(process.__dict__)

    def waited_for_a_core_s(self) -> float:
        return 1e6


def test_waiting_for_a_core_stretches_a_call_and_does_not_make_it_endless(zygote: Zygote) -> None:
    with zygote.open(
        "import time\ndef f(): time.sleep(10)\n", Limits(call_wall_s=0.2, longest_wall_s=0.5)
    ) as session:
        assert session._process is not None
        session._process = NeverGetsACore(session._process)

        with pytest.raises(SessionEnded) as caught:
            session.call("f")

    assert caught.value.verdict == "wall_limit"
    assert caught.value.starved


def test_after_a_limit_the_session_stays_ended(zygote: Zygote) -> None:
    with zygote.open("def f():\n    while True: pass\n", QUICK) as session:
        for _ in range(2):
            with pytest.raises(SessionEnded) as caught:
                session.call("f")
            assert caught.value.verdict == "cpu_limit"
        assert session.ended is not None


def test_cpu_time_is_counted_from_outside(zygote: Zygote) -> None:
    source = "import time\ndef f(s):\n    end = time.process_time() + s\n    while time.process_time() < end: pass\n"
    with zygote.open(source) as session:
        session.call("f", [0.1])
        used_s = session.cpu_used
        session.call("f", [0.0])

        assert used_s >= 0.1
        assert session.cpu_used < used_s
        assert used_s <= session.session_cpu_s


def test_the_end_tells_what_was_used(zygote: Zygote) -> None:
    session = zygote.open("import numpy as np\nkeep = np.ones(4 << 20)\ndef f(): return 1\n")
    session.call("f")

    end = session.close(wait_s=5)

    assert end is not None
    assert end.signal == signal.SIGKILL
    assert end.peak_bytes > 32 << 20
    assert end.cpu_s > 0
    assert session.close() == end


def test_a_closed_session_takes_no_calls(zygote: Zygote) -> None:
    with zygote.open("def f(): return 1") as session:
        pass

    with pytest.raises(SessionEnded, match="closed"):
        session.call("f")


def test_support_code_is_named_and_never_sent(zygote: Zygote) -> None:
    support = """
def evaluate(bits):
    return 1.0 - 0.5 ** sum(bits)

def make_evaluate(offset):
    return lambda bits: offset + sum(bits)
"""
    source = "import support\ndef scan(evaluate): return [evaluate([i]) for i in (1, 2)]\ndef same(f): return f is support.evaluate\n"
    with zygote.open(source, support=support) as session:
        assert session.call("scan", [Ref("support:evaluate")]) == [0.5, 0.75]
        assert session.call("scan", [Ref("support:make_evaluate", (10,))]) == [11, 12]
        assert session.call("same", [Ref("support:evaluate")]) is True


def test_a_function_of_the_judge_stays_in_the_judge(zygote: Zygote) -> None:
    asked: list[Any] = []

    def secret(bits: list[int]) -> float:
        asked.append(bits)
        return 0.5 ** sum(bits)

    with zygote.open("def scan(f): return [f([1]), f([2])]") as session:
        assert session.call("scan", [JudgeFunction(0)], judge_functions=[secret]) == [0.5, 0.25]

    assert asked == [[1], [2]]


def test_wrong_arguments_to_a_function_of_the_judge_are_the_students_error(zygote: Zygote) -> None:
    with zygote.open("def f(g): return g(1, 2, 3)\ndef h(): return 1") as session:
        with pytest.raises(StudentError) as caught:
            session.call("f", [JudgeFunction(0)], judge_functions=[lambda x: x])
        assert caught.value.kind == "ValueError"
        assert session.call("h") == 1


def test_a_failing_function_of_the_judge_is_ours(zygote: Zygote) -> None:
    def broken(x: Any) -> Any:
        raise KeyError("ours")

    with zygote.open("def f(g): return g(1)") as session:
        with pytest.raises(KeyError, match="ours"):
            session.call("f", [JudgeFunction(0)], judge_functions=[broken])
        assert session.ended is not None


def test_questions_are_limited(zygote: Zygote) -> None:
    with (
        zygote.open("def f(g):\n    while True: g(1)\n", Limits(questions=50)) as session,
        pytest.raises(SessionEnded, match="50") as caught,
    ):
        session.call("f", [JudgeFunction(0)], judge_functions=[lambda x: x])

    assert caught.value.verdict == "too_many_questions"


QUESTIONS_SENT_AHEAD = """
import os
def f(ask):
    inside = dict(zip(ask.__code__.co_freevars, (cell.cell_contents for cell in ask.__closure__)))
    frames, wire = ask.__globals__["frames"], ask.__globals__["wire"]
    question = wire.encode([inside["ref"].number, (1,)], out=bytearray(frames.HEADER.size))
    length = len(question) - frames.HEADER.size
    frames.HEADER.pack_into(question, 0, frames.QUESTION, inside["channel"]._request, length)
    os.write(3, bytes(question) * 200)
"""


def test_questions_that_are_sent_ahead_end_with_the_time_of_the_call(zygote: Zygote) -> None:
    answered: list[int] = []

    def slow(number: int) -> int:
        time.sleep(0.02)
        answered.append(number)
        return number

    with (
        zygote.open(QUESTIONS_SENT_AHEAD, Limits(call_wall_s=0.3)) as session,
        pytest.raises(SessionEnded) as caught,
    ):
        session.call("f", [JudgeFunction(0)], judge_functions=[slow])

    assert caught.value.verdict == "wall_limit"
    assert len(answered) < 50


def test_a_request_that_is_not_read_blocks_nobody(zygote: Zygote) -> None:
    source = "import os, time\ndef f(x): return 1\nimport threading\n"
    greedy = (
        source
        + "def g():\n    threading.Thread(target=lambda: [os.read(3, 1), time.sleep(60)], daemon=True).start()\n"
    )
    with zygote.open(greedy, Limits(call_wall_s=0.5)) as session:
        session.call("g")
        with pytest.raises(SessionEnded):
            session.call("f", [np.zeros(8 << 20, np.uint8)])


def test_large_arrays_cross_both_ways(zygote: Zygote) -> None:
    values = np.arange(1 << 20, dtype=np.float64)
    with zygote.open("def f(x): return x[::-1]") as session:
        assert np.array_equal(session.call("f", [values]), values[::-1])


def test_random_numbers_follow_the_seed(zygote: Zygote) -> None:
    source = "import random, numpy as np\ndef f(): return [random.random(), float(np.random.rand())]"
    drawn = []
    for seed in (1, 1, 2, 2**80):
        with zygote.open(source, seed=seed) as session:
            drawn.append(tuple(session.call("f")))

    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 3


def test_printed_text_is_cut(zygote: Zygote) -> None:
    with zygote.open("def f(): print('x' * 5000)", Limits(log_bytes=1000)) as session:
        session.call("f")
        assert session.printed() == "x" * 1000


def test_two_sessions_at_once_know_nothing_of_each_other(zygote: Zygote) -> None:
    source = "state = []\ndef f(x):\n    state.append(x)\n    return len(state)\n"
    with zygote.open(source) as one, zygote.open(source) as two:
        assert [one.call("f", [1]), one.call("f", [1]), two.call("f", [1])] == [1, 2, 1]


def test_a_zygote_that_dies_during_a_call_costs_the_student_nothing(profile: Profile) -> None:
    with Zygote(profile) as zygote:
        with zygote.open("import time\ndef f():\n    time.sleep(1)\n    return 7") as session:
            killer = subprocess.Popen([sys.executable, "-c", _KILL, str(zygote.pid)])
            if profile is Profile.A:  # the namespace ends with it
                with pytest.raises(SystemFailure, match="zygote died"):
                    session.call("f")
            else:
                assert session.call("f") == 7
            killer.wait()
        with zygote.open("def f(): return 1") as session:
            assert session.call("f") == 1


_KILL = "import os, signal, sys, time; time.sleep(0.3); os.kill(int(sys.argv[1]), signal.SIGKILL)"


def test_a_zygote_found_dead_is_replaced(profile: Profile) -> None:
    with Zygote(profile) as zygote:
        first = zygote.pid
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        with zygote.open("def f(): return 1") as session:
            assert session.call("f") == 1
        assert zygote.pid != first


def test_a_zygote_grows_old_but_not_under_an_open_session(profile: Profile) -> None:
    with Zygote(profile, sessions_before_restart=2) as zygote:
        first = zygote.pid
        with zygote.open("def f(): return 1") as kept:
            for _ in range(3):
                zygote.open("").close()
            assert zygote.pid == first
            assert kept.call("f") == 1
        zygote.open("").close()
        assert zygote.pid != first


def test_an_ended_zygote_leaves_no_process(profile: Profile) -> None:
    with Zygote(profile) as zygote:
        session = zygote.open("def f(): return 1")
        everybody = [zygote.pid, session.pid]
    session.close()

    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in everybody))


def test_when_the_judge_is_killed_nothing_keeps_running(profile: Profile) -> None:
    judge = subprocess.Popen(
        [sys.executable, "-c", _JUDGE, profile], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert judge.stdout is not None
    with judge.stdout as told:
        zygote, student = map(int, told.readline().split())
        assert eventually(lambda: cpu_s(student) > 0.05)
        judge.kill()
        judge.wait()

    assert eventually(lambda: not Path(f"/proc/{zygote}").exists())
    assert eventually(lambda: not Path(f"/proc/{student}").exists())


_JUDGE = """
import sys
from grader.sandbox import Limits, Zygote
zygote = Zygote(sys.argv[1])
limits = Limits(call_cpu_s=300, session_cpu_s=300, call_wall_s=300)
session = zygote.open("def f():\\n    while True: pass", limits)
print(zygote.pid, session.pid, flush=True)
session.call("f")
"""


def cpu_s(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def eventually(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
