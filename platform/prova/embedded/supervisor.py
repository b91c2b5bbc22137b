"""Keeps children running until it is told to stop. One thread: a parent-death signal follows the thread that forked."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from prova.embedded import processes
from prova.embedded.backoff import Backoff
from prova.embedded.child import Child, Service, how_it_ended, last_lines
from prova.embedded.journal import Journal
from prova.embedded.refusal import Refusal

#: A service that dies this often before the site is ready will not get better by itself.
DEATHS_AT_START = 3
#: Seconds between two looks for orphans when nothing happens.
ROUND_S = 5.0


class StopAsked(Exception):
    """SIGINT, SIGTERM or SIGHUP arrived."""


@dataclass
class _Post:
    """A service's place: it is either running or waiting for its next start."""

    service: Service
    before_start: Callable[[], None]
    child: Child | None = None
    started: float = 0.0
    due: float = 0.0
    backoff: Backoff = field(default_factory=Backoff)
    restarts: int = 0


class Supervisor:
    def __init__(self, journal: Journal, on_change: Callable[["Supervisor"], None]) -> None:
        self._journal, self._on_change = journal, on_change
        self._posts: list[_Post] = []
        self._tasks: dict[int, subprocess.Popen[bytes]] = {}
        self._stop_asked = False
        self._looked = 0.0
        processes.adopt_orphans()
        self._wake, wake_end = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(wake_end, False)
        signal.set_wakeup_fd(wake_end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_stop)

    @property
    def pids(self) -> dict[str, int]:
        return {post.service.name: post.child.pid for post in self._posts if post.child}

    @property
    def restarts(self) -> dict[str, int]:
        return {post.service.name: post.restarts for post in self._posts}

    def start(self, service: Service, before_start: Callable[[], None] = lambda: None) -> None:
        """``before_start`` runs before the first start and before every later one."""
        post = _Post(service, before_start)
        self._posts.append(post)
        self._launch(post)

    def begin(
        self, command: tuple[str, ...], environment: Mapping[str, str], folder: Path, log: Path
    ) -> "Task":
        """Starts something that ends by itself."""
        with log.open("ab") as output:
            start = output.tell()
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),
            )
        self._tasks[process.pid] = process
        return Task(process, log, start)

    def wait_until(self, ready: Callable[[], bool], what: str, timeout_s: float) -> None:
        """Raises StopAsked, or Refusal when a child keeps dying or the time is over."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            self._round(0.03)
            for post in self._posts:
                if post.backoff.deaths >= DEATHS_AT_START:
                    raise self._did_not_start(post)
            if time.monotonic() > deadline:
                raise Refusal(
                    f"{what} was not ready after {timeout_s:.0f} s: see {self._journal.log.parent}."
                )

    def watch(self) -> None:
        """Until StopAsked."""
        while True:
            waiting = [post.due - time.monotonic() for post in self._posts if post.child is None]
            self._round(max(0.0, min([ROUND_S, *waiting])))

    def stop(self) -> None:
        """Last started, first stopped; what needs the servers ends before them. Leaves no descendant."""
        for task in self._tasks.values():
            task.kill()
        running = [post.child for post in reversed(self._posts) if post.child]
        workers = [child for child in running if child.service.name not in ("postgres", "valkey")]
        for child in workers:
            child.send(child.service.stop_signal)
        for child in workers:
            child.finish()
        for child in running:
            if child not in workers:
                child.stop()
        processes.end_descendants(grace_s=0.0)

    def _ask_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked = True

    def _round(self, timeout_s: float) -> None:
        if not self._stop_asked:
            select.select([self._wake], [], [], timeout_s)
        try:
            woken = bool(os.read(self._wake, 4096))
        except BlockingIOError:
            woken = False
        if self._stop_asked:
            raise StopAsked
        for post in self._posts:
            self._look_after(post)
        if woken or time.monotonic() > self._looked + ROUND_S:
            self._end_orphans()
            self._looked = time.monotonic()

    def _look_after(self, post: _Post) -> None:
        if post.child is None:
            if time.monotonic() >= post.due:
                post.restarts += 1
                self._launch(post)
                self._journal.say(
                    f"{post.service.name} started again (process {post.child.pid if post.child else '?'})"
                )
        elif (code := post.child.ended()) is not None:
            now = time.monotonic()
            post.backoff = post.backoff.after(now - post.started)
            post.child, post.due = None, now + post.backoff.delay_s
            self._journal.say(
                f"{post.service.name} {how_it_ended(code)}; starting it again in {post.backoff.delay_s:g} s "
                f"(log: {post.service.log})"
            )
            self._on_change(self)

    def _launch(self, post: _Post) -> None:
        post.before_start()
        post.child, post.started = Child(post.service), time.monotonic()
        self._on_change(self)

    def _end_orphans(self) -> None:
        """What a dead child left behind was handed to us by the kernel. It ends before the child starts again."""
        self._tasks = {pid: task for pid, task in self._tasks.items() if task.poll() is None}
        known = {post.child.pid for post in self._posts if post.child} | set(self._tasks)
        me = os.getpid()
        for pid, parent in processes.parents().items():
            if parent == me and pid not in known:
                processes.send(pid, signal.SIGKILL)
        processes.reap_except(known)

    def _did_not_start(self, post: _Post) -> Refusal:
        return Refusal(
            f"{post.service.name} does not start; the end of {post.service.log} says:\n{last_lines(post.service.log)}"
        )


@dataclass(frozen=True)
class Task:
    process: subprocess.Popen[bytes]
    log: Path
    start: int
    """Where its output begins in the log."""

    def ended(self) -> bool:
        return self.process.poll() is not None

    def output(self) -> str:
        return self.log.read_bytes()[self.start :].decode(errors="replace")
