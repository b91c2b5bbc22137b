"""What an attacker's reading of the sandbox came up with, tried for real; what two sessions could do together is in
`test_isolation.py`, what a whole submission could do in `tests/grader/hostile/`."""

import sys
import time
from pathlib import Path

import pytest

from grader.sandbox import JudgeFunction, Limits, Profile, Session, SessionEnded, StudentError, Zygote

pytestmark = pytest.mark.sandbox
LIMITS = Limits(call_cpu_s=2, session_cpu_s=6, call_wall_s=1)
SOURCE = """
import array, ctypes, fcntl, gc, mmap, os, signal, socket, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)

def channel():
    return socket.socket(fileno=os.dup(3))

def pass_a_descriptor():
    channel().sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1]))])

def narrow_the_channel():
    channel().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)

def close_half_of_the_channel():
    channel().shutdown(socket.SHUT_RD)

def make_a_fifo():
    os.mkfifo("fifo")

def make_a_device():
    os.mknod("device", 0o600 | 0o020000, os.makedev(1, 1))

def link_to_the_outside():
    os.symlink("/etc", "link")

def keep_a_core():
    os.sched_setaffinity(0, {0})

def go_first():
    os.nice(-5)

def give_way():
    os.nice(5)

def write_bytes_one_by_one():
    fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_DIRECT)  # packets
    while True:
        os.write(1, b"a")

def stop_itself():
    os.kill(os.getpid(), signal.SIGSTOP)

def stop_itself_later():
    threading.Thread(target=lambda: (time.sleep(0.1), stop_itself()), daemon=True).start()

def ask_for_ever(question):
    large = bytes(1 << 20)
    while True:
        question([large] * 10)

def answer_in_advance():
    def repeat():
        while True:
            os.write(3, b"V" * 9)
    for _ in range(8):
        threading.Thread(target=repeat, daemon=True).start()
    time.sleep(0.05)

def drip():
    while True:
        os.write(3, b"V")
        time.sleep(0.05)

def replace_the_channel():
    os.dup2(os.pipe()[1], 3)

def raise_a_line_that_is_a_list():
    error = SyntaxError("x")
    error.filename, error.lineno = "solution.py", [1] * 10
    raise error

def raise_a_line_of_4000_bits():
    error = SyntaxError("x")
    error.filename, error.lineno = "solution.py", 10**1200
    raise error

def raise_a_nameless_class():
    class Meta(type):
        __name__ = property(lambda self: 1 / 0)
    class Error(Exception, metaclass=Meta):
        pass
    raise Error("x")

def raise_a_text_that_is_none():
    class Text(str):
        def __getitem__(self, index):
            return 7
    class Error(Exception):
        def __str__(self):
            return Text("x")
    raise Error

def hash_alike():
    return {k * (2**61 - 1): None for k in range(1, 10_000)}

def fill_buffers():
    sent, ends = 0, []
    try:
        while True:
            one, other = socket.socketpair()
            one.setblocking(False)
            ends.append((one, other))
            try:
                while True:
                    sent += os.write(one.fileno(), bytes(65536))
            except BlockingIOError:
                pass
    except OSError:
        return sent

def change_the_processor():
    set_cpuid, permit_tiles, arch_prctl = 0x1012, 0x1023, 158
    return [libc.syscall(arch_prctl, set_cpuid, 0), libc.syscall(arch_prctl, permit_tiles, 18)]

def find_in_memory(needles):
    gc.unfreeze()
    found = set()
    for container in gc.get_objects():
        if type(container) in (dict, list, tuple) and container is not needles:
            for part in container.values() if type(container) is dict else container:
                if type(part) is str:
                    found.update(needle for needle in needles if part.startswith(needle))
    return sorted(found)

def do_nothing():
    return 1
"""
REFUSED = (
    "pass_a_descriptor", "narrow_the_channel", "close_half_of_the_channel", "make_a_fifo", "make_a_device",
    "link_to_the_outside", "keep_a_core", "go_first", "give_way",
)  # fmt: skip
ENDED = {
    "write_bytes_one_by_one": {"output_limit", "wall_limit", "cpu_limit"},
    "stop_itself": {"wall_limit"},
    "drip": {"broken_channel"},
    "replace_the_channel": {"no_result"},
    "raise_a_line_that_is_a_list": {"broken_channel"},
    "raise_a_nameless_class": {"no_result"},
    "raise_a_text_that_is_none": {"no_result"},
}


@pytest.mark.parametrize("function", REFUSED)
def test_what_no_computation_needs_is_refused_and_the_session_goes_on(zygote: Zygote, function: str) -> None:
    with zygote.open(SOURCE, LIMITS) as session:
        with pytest.raises(StudentError) as caught:
            session.call(function)
        assert caught.value.kind == "PermissionError"
        assert session.call("do_nothing") == 1


@pytest.mark.parametrize("function", ENDED)
def test_what_ends_a_session_ends_it_soon_and_is_charged_to_it(zygote: Zygote, function: str) -> None:
    served_by, judge_s = zygote.pid, time.process_time()
    with zygote.open(SOURCE, LIMITS) as session, pytest.raises(SessionEnded) as caught:
        session.call(function)

    assert caught.value.verdict in ENDED[function]
    assert time.process_time() - judge_s < 1
    with zygote.open(SOURCE, LIMITS) as session:
        assert session.call("do_nothing") == 1
    assert zygote.pid == served_by


def test_a_process_that_stopped_itself_between_calls_is_not_waited_for(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session:
        session.call("stop_itself_later")
        time.sleep(0.3)
        with pytest.raises(SessionEnded) as caught:
            session.call("do_nothing")

    assert caught.value.verdict == "wall_limit"


def test_answers_in_advance_end_the_session(zygote: Zygote) -> None:
    def call_twice(session: Session) -> None:
        session.call("answer_in_advance")
        session.call("do_nothing")

    with zygote.open(SOURCE, LIMITS) as session, pytest.raises(SessionEnded) as caught:
        call_twice(session)

    assert caught.value.verdict == "broken_channel"


def test_large_questions_without_end_cost_the_judge_little(zygote: Zygote) -> None:
    judge_s = time.process_time()
    with zygote.open(SOURCE, LIMITS) as session, pytest.raises(SessionEnded):
        session.call("ask_for_ever", [JudgeFunction(0)], judge_functions=[lambda values: 0])

    assert time.process_time() - judge_s < 2


def test_a_line_beyond_the_file_is_no_line(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session, pytest.raises(StudentError) as caught:
        session.call("raise_a_line_of_4000_bits")

    assert (caught.value.kind, caught.value.line) == ("SyntaxError", None)


def test_keys_that_hash_alike_do_not_leave(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session, pytest.raises(StudentError, match="64 bits"):
        session.call("hash_alike")


def test_memory_of_the_kernel_is_bounded_by_the_number_of_descriptors(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session:
        assert session.call("fill_buffers") < 32 << 20


def test_the_processor_is_not_changed_for_whoever_runs_next(zygote: Zygote) -> None:
    with zygote.open(SOURCE, LIMITS) as session:
        assert all(result == -1 for result in session.call("change_the_processor"))


@pytest.mark.parametrize("profile", [Profile.A], indirect=True)
def test_nothing_of_this_machine_is_left_in_the_memory_that_is_inherited(zygote: Zygote) -> None:
    """Profile B cannot bind packages elsewhere: their folder's name is known inside, and cut out of texts for people."""
    with zygote.open(SOURCE, LIMITS) as session:
        assert session.call("find_in_memory", [["/runtime/site"]]) == ["/runtime/site"]
        assert session.call("find_in_memory", [[sys.prefix, str(Path(__file__).parents[3])]]) == []
