"""One session's own cgroup: a bound on everything it does that the kernel keeps, and a way to end all of it.

It comes after the limits of the process (RLIMIT_AS and so on), which fail with an error that code can handle, and
covers what these do not see: files in its tmpfs, pages of pipes and sockets, threads.
"""

import contextlib
import itertools
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.cgroups import NEEDED, WORKERS, NoSubtree, Subtree

TASKS = 256  #: threads of one session
_SLACK_BYTES = 32 << 20  # the kernel's own memory for a process
_NAME = "prova-session"
_ENDING_S, _LOOK_AGAIN_S = 1.0, 0.01
_MOVES = 10  # of all our processes, while they may still be starting others
_numbers = itertools.count()


@dataclass(frozen=True)
class Used:
    cpu_s: float
    peak_bytes: int  #: 0: the kernel does not count it (before 5.19)
    was_killed_for_memory: bool


class SessionGroup:
    """OSError: it cannot be made. `processes`: a descriptor; a process that writes 0 there joins the group."""

    def __init__(self, path: Path, groups: "SessionGroups") -> None:
        self.path = path
        self._groups = groups
        path.mkdir()
        try:
            for file, text in (("memory.swap.max", "0"), ("memory.oom.group", "1"), ("pids.max", str(TASKS))):
                _write_if_there(path / file, text)
            self.processes = os.open(path / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC)
        except OSError:
            _remove(path)
            raise

    def limit_memory(self, byte_count: int) -> None:
        (self.path / "memory.max").write_text(str(byte_count + _SLACK_BYTES))

    def used(self) -> Used:
        """Zeros once it is gone."""
        return Used(
            cpu_s=_counts(self.path / "cpu.stat").get("usage_usec", 0) / 1e6,
            peak_bytes=_number(self.path / "memory.peak"),
            was_killed_for_memory=_counts(self.path / "memory.events").get("oom_kill", 0) > 0,
        )

    def close_processes(self) -> None:
        """Nobody joins any more."""
        if self.processes >= 0:
            os.close(self.processes)
            self.processes = -1

    def close(self) -> None:
        """Kill what is in it. The group itself stays until its last process has ended."""
        self.close_processes()
        _kill(self.path)
        if not self.is_removed():
            self._groups.remove_later(self)

    def is_removed(self) -> bool:
        return _remove(self.path)


class SessionGroups:
    """Those of one zygote, in a subtree that was taken over."""

    def __init__(self, subtree: Subtree) -> None:
        self._subtree = subtree
        self._ending: list[SessionGroup] = []

    def new(self) -> SessionGroup:
        """OSError: the subtree is not ours any more."""
        self._sweep()
        while True:
            try:
                return SessionGroup(self._subtree.path / f"{_NAME}-{os.getpid()}-{next(_numbers)}", self)
            except FileExistsError:  # of an earlier process with this number
                continue

    def remove_later(self, group: SessionGroup) -> None:
        self._ending.append(group)

    def close(self) -> None:
        """Whatever is left then is removed by the next worker."""
        _repeat_until_empty(self._sweep)

    def _sweep(self) -> list[SessionGroup]:
        self._ending = [group for group in self._ending if not group.is_removed()]
        return self._ending


def take_over(found: Subtree | NoSubtree) -> SessionGroups | NoSubtree:
    """Make room for sessions' groups in a subtree: our own processes move into a group beside them."""
    if isinstance(found, NoSubtree):
        return found
    try:
        _make_room(found.path)
    except OSError as error:
        return NoSubtree(
            f"The group {found.path} was delegated and cannot be divided ({error}): let nothing but the worker run in its unit."
        )
    _remove_abandoned(found.path)
    return SessionGroups(found)


def _make_room(path: Path) -> None:
    workers = path / WORKERS
    workers.mkdir(exist_ok=True)
    for _ in range(_MOVES):
        processes = (path / "cgroup.procs").read_text().split()
        for process in processes:
            with contextlib.suppress(ProcessLookupError):  # ended meanwhile
                (workers / "cgroup.procs").write_text(process)
        if not processes:
            break
    (path / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in NEEDED))


def _remove_abandoned(path: Path) -> None:
    """Groups of a worker that was killed, and what may still run in them."""
    owners = {group: group.name.split("-")[-2] for group in path.glob(f"{_NAME}-*-*")}
    abandoned = [group for group, owner in owners.items() if not os.path.exists(f"/proc/{owner}")]
    for group in abandoned:
        _kill(group)
    _repeat_until_empty(lambda: [group for group in abandoned if not _remove(group)])


def _repeat_until_empty(left: Callable[[], Sequence[object]]) -> None:
    until_s = time.monotonic() + _ENDING_S
    while left() and time.monotonic() < until_s:
        time.sleep(_LOOK_AGAIN_S)


def _kill(path: Path) -> None:
    with contextlib.suppress(OSError):  # gone; kernels before 5.14 have no such file
        _write_if_there(path / "cgroup.kill", "1")


def _remove(path: Path) -> bool:
    try:
        path.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _write_if_there(file: Path, text: str) -> None:
    """Some files depend on how the kernel was built (swap) and how old it is (kill)."""
    if file.exists():
        file.write_text(text)


def _number(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0


def _counts(file: Path) -> dict[str, int]:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return {}
    return {name: int(value) for name, _, value in (line.partition(" ") for line in lines)}
