"""A process that has imported everything and forks a child per session, as the trusted side sees it."""

import collections
import json
import socket
import subprocess
import time
from typing import Any

from grader.sandbox import launch, runtime
from grader.sandbox.errors import SystemFailure
from grader.sandbox.launch import Profile
from grader.sandbox.session import Session
from grader.sandbox.session_group import SessionGroups

_START_WAIT_S = 120.0  # importing torch on a busy machine


class WarmInterpreter:
    """One process of a zygote, from its start to its end, and the children prepared from it."""

    def __init__(
        self,
        profile: Profile,
        imports: tuple[str, ...],
        interpreter: runtime.Interpreter | None,
        groups: SessionGroups | None = None,
    ) -> None:
        """`groups`: where each session gets a cgroup of its own."""
        self.opened = 0
        self._groups = groups
        self.canary_attempts = 0
        self._spares: collections.deque[Session] = collections.deque()
        self._sessions: list[Session] = []
        started = time.perf_counter()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                command = launch.command(profile, imports, theirs.fileno(), interpreter)
                self.hidden_paths = command.hidden_paths
                self.process = _spawn(command, theirs.fileno())
            except BaseException:
                self._control.close()
                raise
        try:
            ready = self._wait_until_ready()
            self.versions: dict[str, str] = ready["versions"]
            self.private_bytes: int = ready["private_bytes"]
        except BaseException:
            self.close()
            raise
        self.start_s = time.perf_counter() - started
        self._ready_s = time.monotonic()

    def age_s(self) -> float:
        return time.monotonic() - self._ready_s

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def has_open_sessions(self) -> bool:
        self._sessions = [session for session in self._sessions if session.ended is None]
        return bool(self._sessions)

    def request_child(self, descriptors: list[int]) -> None:
        socket.send_fds(self._control, [b"prepare"], descriptors)

    def prepare(self) -> Session:
        """SystemFailure: no process can be had."""
        if self._groups is None:
            return Session(self)
        try:
            group = self._groups.new()
        except OSError as error:
            raise SystemFailure(f"a session's cgroup cannot be made: {error}") from None
        return Session(self, group)

    def take(self) -> Session:
        self.opened += 1
        session = self._spares.popleft() if self._spares else self.prepare()
        self.has_open_sessions()
        self._sessions.append(session)
        return session

    def refill(self, count: int) -> None:
        while len(self._spares) < count:
            self._spares.append(self.prepare())

    def close(self) -> None:
        for session in self._spares:
            session.close()
        self._control.close()
        self.process.kill()
        self.process.wait()
        if self._groups is not None:
            self._groups.close()

    def _wait_until_ready(self) -> dict[str, Any]:
        self._control.settimeout(_START_WAIT_S)
        try:
            message = self._control.recv(65536)
        except OSError as error:
            raise SystemFailure(f"the sandbox did not start: {error}") from None
        self._control.settimeout(None)
        if not message:
            raise SystemFailure("the sandbox did not start; `python -m grader doctor` says more")
        ready: dict[str, Any] = json.loads(message)
        if ready["threads"] != 1:
            raise SystemFailure(f"the zygote has {ready['threads']} threads: forking it would not be safe")
        return ready


def _spawn(command: launch.Command, control: int) -> subprocess.Popen[bytes]:
    uid, gid = command.run_as or (None, None)
    try:
        process = subprocess.Popen(
            command.arguments,
            env=command.environment,
            pass_fds=[control],
            stdin=subprocess.PIPE,
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )
    except OSError as error:
        raise SystemFailure(f"the sandbox cannot be started: {error}") from None
    assert process.stdin is not None
    try:
        with process.stdin as pipe:
            pipe.write(command.bundle)
    except BrokenPipeError:  # it is gone; waiting for its answer will tell
        pass
    return process
