"""What Linux offers for leaving no process behind: parent-death signals, subreapers, and the tree in /proc."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Descendants whose parent dies become our children instead of init's, so they can be found and ended."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent(death_signal: int) -> Callable[[], None]:
    """For Popen's preexec_fn. The signal follows the death of the *thread* that forks: start children from the main one."""
    parent = os.getpid()

    def prepare_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare_child


def die_with(parent: int, death_signal: int) -> None:
    """The same for a process made by os.fork()."""
    _libc.prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def parents() -> dict[int, int]:
    """Every living process and its parent; zombies are left out."""
    tree = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The command's name may hold spaces and brackets; the fields after the last bracket are plain.
                state, parent = (entry / "stat").read_bytes().rpartition(b")")[2].split()[:2]
            except OSError:
                continue
            if state not in (b"Z", b"X"):
                tree[int(entry.name)] = int(parent)
    return tree


def descendants(ancestor: int) -> set[int]:
    tree = parents()
    found: set[int] = set()
    generation = {ancestor}
    while generation:
        generation = {pid for pid, parent in tree.items() if parent in generation} - found
        found |= generation
    return found


def end_descendants(grace_s: float) -> set[int]:
    """SIGTERM, then SIGKILL, to everything below this process. Returns those that would not go: none, unless stuck in the kernel."""
    me = os.getpid()
    deadline = time.monotonic() + grace_s
    for pid in descendants(me):
        send(pid, signal.SIGTERM)
    while (left := descendants(me)) and time.monotonic() < deadline + 5:
        if time.monotonic() >= deadline:
            for pid in left:
                send(pid, signal.SIGKILL)
        reap()
        time.sleep(0.05)
    reap()
    return left


def reap() -> None:
    """Collects every dead child. Only for a process that keeps no Popen objects."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def reap_except(known: set[int]) -> None:
    """Collects dead children that were handed to us; those in ``known`` are left to their Popen objects."""
    for line in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = line.read_bytes().rpartition(b")")[2].split()[:2]
        except OSError:
            continue
        pid = int(line.parent.name)
        if state == b"Z" and int(parent) == os.getpid() and pid not in known:
            os.waitpid(pid, os.WNOHANG)


def send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
