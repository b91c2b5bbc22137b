"""The trusted side of one warm interpreter: starts it, keeps a prepared child at hand, restarts it when it ages or fails."""

import collections
import json
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

from grader.sandbox import canary, launch, runtime
from grader.sandbox.errors import SystemFailure
from grader.sandbox.launch import Profile
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session

_START_WAIT_S = 120.0  # importing torch on a busy machine
SESSIONS_BEFORE_RESTART = 500


class Zygote:
    """Used by one thread. SystemFailure: it does not start, or a session could not be opened in two tries.

    SandboxRefused: this machine cannot give the profile, or the canary found that something works which must not.
    """

    def __init__(
        self,
        profile: Profile | str = Profile.A,
        imports: Sequence[str] = ("numpy",),
        *,
        spares: int = 1,
        sessions_before_restart: int = SESSIONS_BEFORE_RESTART,
        interpreter: runtime.Interpreter | None = None,
    ) -> None:
        self.profile = Profile(profile)
        self.imports = tuple(imports)
        self._interpreter = interpreter
        self._spare_count = spares
        self._sessions_before_restart = sessions_before_restart
        self._running: _Running | None = None
        self._start()

    @property
    def versions(self) -> dict[str, str]:
        """Of the interpreter and the imports inside."""
        return self._zygote().versions

    @property
    def canary_attempts(self) -> int:
        """Forbidden things that were tried in vain when it started."""
        return self._zygote().canary_attempts

    @property
    def start_s(self) -> float:
        return self._zygote().start_s

    @property
    def pid(self) -> int:
        return self._zygote().process.pid

    def open(
        self,
        source: str,
        limits: Limits | None = None,
        seed: int = 0,
        support: str | None = None,
        modules: Mapping[str, str] | None = None,
    ) -> Session:
        """A fresh session that has loaded `source`. StudentError, SessionEnded: it does not load."""
        try:
            return self._open(source, limits or Limits(), seed, support, modules)
        except SystemFailure:
            self._restart()
        try:
            return self._open(source, limits or Limits(), seed, support, modules)
        except SystemFailure:
            self._restart()
            raise

    def close(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        running = self._running = _Running(self.profile, self.imports, self._interpreter)
        try:
            running.canary_attempts = canary.check(lambda: Session(running))
            self._running.refill(self._spare_count)
        except BaseException:
            self.close()
            raise

    def _restart(self) -> None:
        self.close()
        self._start()

    def _zygote(self) -> "_Running":
        if self._running is None:
            self._start()
        assert self._running is not None
        return self._running

    def _open(
        self,
        source: str,
        limits: Limits,
        seed: int,
        support: str | None,
        modules: Mapping[str, str] | None,
    ) -> Session:
        running = self._zygote()
        is_old = running.opened >= self._sessions_before_restart and not running.has_open_sessions()
        if is_old or not running.is_alive():
            self._restart()
            running = self._zygote()
        session = running.take()
        try:
            session.open(source, limits, seed, support, modules)
        except BaseException:
            session.close()
            raise
        finally:
            if running.is_alive():
                running.refill(self._spare_count)  # prepared while the student's code runs
        return session


class _Running:
    """One process of the zygote, from its start to its end."""

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
