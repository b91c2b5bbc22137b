"""Calls that are sent together: answered as if they had come one by one, or the session ends."""

import time
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Limits, Session, SessionEnded, StudentError, Zygote
from grader.sandbox.session import encoded_call

pytestmark = pytest.mark.sandbox


def together(session: Session, calls: list[Any], cpu_s: float) -> list[Any]:
    answers = session.ask_together([encoded_call(*call) for call in calls], cpu_s=cpu_s)
    return [session.value_of(answer) for answer in answers]


ECHO = "def f(x): return x\ndef g(x): return 1 / x\n"


def test_each_call_gets_its_own_answer_in_order(zygote: Zygote) -> None:
    with zygote.open(ECHO, Limits()) as session:
        answers = together(session, [("f", [n], {}) for n in range(300)], cpu_s=1.0)

        assert answers == list(range(300))
        assert session.call("f", ["after"]) == "after"


def test_an_error_stands_where_its_call_is_and_the_others_go_on(zygote: Zygote) -> None:
    with zygote.open(ECHO, Limits()) as session:
        one, error, missing, two = together(
            session, [("g", [1], {}), ("g", [0], {}), ("h", [], {}), ("g", [], {"x": 2})], cpu_s=1.0
        )

    assert (one, two) == (1.0, 0.5)
    assert isinstance(error, StudentError)
    assert (error.kind, error.line) == ("ZeroDivisionError", 2)
    assert isinstance(missing, StudentError)
    assert missing.kind == "MissingFunction"


def test_an_answer_is_what_it_was_when_its_call_returned(zygote: Zygote) -> None:
    source = "import numpy as np\nkept = np.zeros(2)\ndef f(n):\n    kept[:] = n\n    return kept\n"
    with zygote.open(source, Limits()) as session:
        answers = together(session, [("f", [n], {}) for n in range(5)], cpu_s=1.0)

    assert [np.asarray(answer).tolist() for answer in answers] == [[n, n] for n in range(5)]


def test_more_than_fits_into_the_socket_at_once_gets_through(zygote: Zygote) -> None:
    large = np.arange(1 << 16, dtype=np.float32)
    with zygote.open(ECHO, Limits(reply_bytes=32 << 20)) as session:
        answers = together(session, [("f", [large + n], {}) for n in range(30)], cpu_s=2.0)

    assert all(np.array_equal(np.asarray(answer), large + n) for n, answer in enumerate(answers))


def test_computing_time_is_that_of_all_of_them(zygote: Zygote) -> None:
    source = "import time\ndef f(s):\n    end = time.process_time() + s\n    while time.process_time() < end: pass\n"
    with zygote.open(source, Limits()) as session:
        together(session, [("f", [0.02], {})] * 5, cpu_s=1.0)
        assert 0.1 <= session.cpu_used < 0.3

        with pytest.raises(SessionEnded) as caught:
            together(session, [("f", [0.05], {})] * 5, cpu_s=0.1)
    assert caught.value.verdict == "cpu_limit"


def test_all_replies_together_may_be_as_large_as_one(zygote: Zygote) -> None:
    with (
        zygote.open("def f(n): return bytes(n)\n", Limits(reply_bytes=1 << 20)) as session,
        pytest.raises(SessionEnded) as caught,
    ):
        together(session, [("f", [300_000], {})] * 4, cpu_s=1.0)

    assert caught.value.verdict == "output_limit"


def test_answers_forged_for_later_calls_are_worth_what_returning_them_is_and_end_the_session(
    zygote: Zygote,
) -> None:
    forging = (
        "import os, struct\n"
        "def f(n):\n"
        "    if n == 0:\n"
        "        for number in range(3, 6):\n"
        "            os.write(3, struct.pack('<cII', b'V', number, 1) + b'N')\n"
        "    return n\n"
    )
    with zygote.open(forging, Limits()) as session:
        assert together(session, [("f", [n], {}) for n in range(3)], cpu_s=1.0) == [None] * 3

        with pytest.raises(SessionEnded) as caught:
            session.call("f", [1])
    assert caught.value.verdict == "broken_channel"


def test_an_end_in_the_middle_is_told_at_once(zygote: Zygote) -> None:
    started_s = time.monotonic()
    with (
        zygote.open("import os\ndef f(n):\n    if n == 7: os._exit(0)\n", Limits()) as session,
        pytest.raises(SessionEnded) as caught,
    ):
        together(session, [("f", [n], {}) for n in range(20)], cpu_s=1.0)

    assert caught.value.verdict == "no_result"
    assert time.monotonic() - started_s < 5


def test_generators_start_anew_before_the_first_of_them(zygote: Zygote) -> None:
    with zygote.open("import random\ndef f(): return random.random()\n", Limits()) as session:
        drawn = []
        for _ in range(2):
            session.reseed(5)
            drawn.append(together(session, [("f", [], {})] * 3, cpu_s=1.0))

    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3
