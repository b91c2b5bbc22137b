"""Two submissions that help each other, one sending and one listening, at the same time: nothing gets across.

The same text runs first in two ordinary processes, where every channel works: a probe that cannot succeed shows nothing.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import Limits, Profile, Session, Zygote

SOURCE = Path(__file__).with_name("channels.py").read_text()
LIMITS = Limits(call_cpu_s=5, session_cpu_s=60)
CHANNELS = (
    "File", "WholeFileLock", "RangeLock", "AbstractSocket", "Loopback", "SharedMemory", "MessageQueue", "Semaphore",
    "PosixQueue", "Keyring", "Futex", "Signal", "Watch", "PageCache", "PageOut", "FileTimes",
)  # fmt: skip
#: Depends on the machine's disk, or on what a container's filter allows.
NOT_EVERYWHERE = {"PosixQueue", "Keyring", "PageCache", "PageOut", "FileTimes"}
_SERVE = """
import json, sys
for line in sys.stdin:
    name, arguments = json.loads(line)
    print(json.dumps(globals()[name](*arguments)), flush=True)
"""


class Ordinary:
    """A process that answers calls as a session does, and is in no sandbox."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SOURCE + _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid

    def call(self, function: str, args: Any = ()) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([function, list(args)]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def ordinary() -> Iterator[tuple[Ordinary, Ordinary]]:
    pair = Ordinary(), Ordinary()
    yield pair
    for process in pair:
        process.close()


def gets_across(channel: str, sender: Any, receiver: Any) -> tuple[bool, bool]:
    """What is heard when nothing was sent, and when something was."""
    heard = []
    for is_sent in (False, True):
        receiver.call("arm", [channel])
        if is_sent:
            for number in {receiver.pid, receiver.call("own_number")}:
                sender.call("send", [channel, number])
        heard.append(receiver.call("got", [channel]))
    return heard[0], heard[1]


def test_the_list_of_channels_is_the_probes() -> None:
    probes: dict[str, Any] = {}
    exec(compile(SOURCE, "channels.py", "exec"), probes)  # noqa: S102  (our own text, as it runs inside)

    assert tuple(probes["CHANNELS"]) == CHANNELS


@pytest.mark.parametrize("channel", CHANNELS)
def test_between_ordinary_processes_every_channel_works(
    channel: str, ordinary: tuple[Ordinary, Ordinary], tmp_path: Path
) -> None:
    silent, sent = gets_across(channel, *ordinary)
    if channel in NOT_EVERYWHERE and not sent:
        pytest.skip(f"NOT SHOWN HERE: {channel} does not work between ordinary processes of this machine")

    assert (silent, sent) == (False, True)


def test_an_ordinary_process_is_seen(ordinary: tuple[Ordinary, Ordinary]) -> None:
    seen = ordinary[0].call("seen_of", [ordinary[1].pid])

    assert {"kill", "scheduler", "affinity", "limits", "cpu clock", "status", "folder"} <= set(seen)


@pytest.fixture(scope="module", params=["one zygote", "two zygotes"])
def pair(
    request: pytest.FixtureRequest, profile: Profile, zygote: Zygote
) -> Iterator[tuple[Session, Session]]:
    if request.param == "one zygote":
        with zygote.open(SOURCE, LIMITS) as sender, zygote.open(SOURCE, LIMITS) as receiver:
            yield sender, receiver
        return
    with (
        Zygote(profile, spares=0) as other,
        zygote.open(SOURCE, LIMITS) as sender,
        other.open(SOURCE, LIMITS) as receiver,
    ):
        yield sender, receiver


@pytest.mark.sandbox
@pytest.mark.parametrize("channel", CHANNELS)
def test_between_sessions_nothing_gets_across(channel: str, pair: tuple[Session, Session]) -> None:
    assert gets_across(channel, *pair) == (False, False)


@pytest.mark.sandbox
def test_a_session_is_not_seen_by_another(profile: Profile, pair: tuple[Session, Session]) -> None:
    sender, receiver = pair

    seen = {
        way
        for number in (receiver.pid, receiver.call("own_number"))
        for way in sender.call("seen_of", [number])
    }

    # Landlock does not hide what stat() tells, and profile B has no namespaces: that a process is there can be noticed.
    assert seen == (set() if profile is Profile.A else {"folder"})


@pytest.mark.sandbox
def test_within_a_session_threads_still_wait_for_each_other(zygote: Zygote) -> None:
    """libc waits for the end of a thread with a futex of the kind that is refused, and asks again when it is."""
    source = """
import ctypes, threading, time
libc = ctypes.CDLL(None)

def join():
    thread = ctypes.c_ulong()
    started = time.monotonic()
    assert libc.pthread_create(ctypes.byref(thread), None, libc.usleep, ctypes.c_void_p(50_000)) == 0
    return libc.pthread_join(thread, None), time.monotonic() - started

def hand_over():
    ready, done = threading.Event(), threading.Barrier(3)
    for _ in range(2):
        threading.Thread(target=lambda: (ready.wait(), done.wait()), daemon=True).start()
    ready.set()
    done.wait(5)
    return done.broken
"""
    with zygote.open(source, LIMITS) as session:
        result, took_s = session.call("join")
        assert (result, took_s >= 0.05) == (0, True)
        assert session.call("hand_over") is False
