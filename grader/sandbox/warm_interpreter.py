"""A process that has imported everything and forks a child per session, as the trusted side sees it."""

import collections
import json
import socket
import subprocess
import time

from grader.sandbox import launch, runtime
from grader.sandbox.errors import SystemFailure
from grader.sandbox.launch import Profile
from grader.sandbox.session import Session

_START_WAIT_S = 120.0  # importing torch on a busy machine


class WarmInterpreter:
    """One process of a zygote, from its start to its end, and the children prepared from it."""

    def __init__(
        self, profile: Profile, imports: tuple[str, ...], interpreter: runtime.Interpreter | None
    ) -> None:
        self.opened = 0
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
            self.versions = self._wait_until_ready()
        except BaseException:
            self.close()
            raise
        self.start_s = time.perf_counter() - started

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def has_open_sessions(self) -> bool:
        self._sessions = [session for session in self._sessions if session.ended is None]
        return bool(self._sessions)

    def request_child(self, descriptors: list[int]) -> None:
        socket.send_fds(self._control, [b"prepare"], descriptors)

    def take(self) -> Session:
        self.opened += 1
        session = self._spares.popleft() if self._spares else Session(self)
        self.has_open_sessions()
        self._sessions.append(session)
        return session

    def refill(self, count: int) -> None:
        while len(self._spares) < count:
            self._spares.append(Session(self))

    def close(self) -> None:
        for session in self._spares:
            session.close()
        self._control.close()
        self.process.kill()
        self.process.wait()

    def _wait_until_ready(self) -> dict[str, str]:
        self._control.settimeout(_START_WAIT_S)
        try:
            message = self._control.recv(65536)
        except OSError as error:
            raise SystemFailure(f"the sandbox did not start: {error}") from None
        self._control.settimeout(None)
        if not message:
            raise SystemFailure("the sandbox did not start; `python -m grader doctor` says more")
        ready = json.loads(message)
        if ready["threads"] != 1:
            raise SystemFailure(f"the zygote has {ready['threads']} threads: forking it would not be safe")
        versions: dict[str, str] = ready["versions"]
        return versions


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
