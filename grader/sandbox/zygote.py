"""The trusted side of one warm interpreter: starts it, keeps a prepared child at hand, restarts it when it ages or fails."""

import logging
from collections.abc import Mapping, Sequence
from types import TracebackType

from grader.sandbox import canary, cgroups, runtime
from grader.sandbox.errors import SystemFailure
from grader.sandbox.launch import Profile
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session
from grader.sandbox.session_group import SessionGroups, take_over
from grader.sandbox.warm_interpreter import WarmInterpreter

logger = logging.getLogger(__name__)

SESSIONS_BEFORE_RESTART = 500
AGE_BEFORE_RESTART_S = 3600.0
SESSIONS_THAT_AGE = 50  #: one that was hardly used is as good as new, and starting torch again takes seconds


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
        age_before_restart_s: float = AGE_BEFORE_RESTART_S,
        interpreter: runtime.Interpreter | None = None,
        subtree: cgroups.Subtree | cgroups.NoSubtree | None = None,
    ) -> None:
        """`subtree`: of cgroups, to bound each session with; None: whichever was delegated to this process."""
        self.profile = Profile(profile)
        self.imports = tuple(imports)
        self._interpreter = interpreter
        self._spare_count = spares
        self._sessions_before_restart = sessions_before_restart
        self._age_before_restart_s = age_before_restart_s
        groups = take_over(subtree or cgroups.find())
        #: why sessions have no cgroup of their own; "": they have
        self.no_groups = groups.reason if isinstance(groups, cgroups.NoSubtree) else ""
        self._groups = groups if isinstance(groups, SessionGroups) else None
        logger.info("cgroup v2: %s", self.no_groups or "every session has a group of its own.")
        self._running: WarmInterpreter | None = None
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
        running = self._running = WarmInterpreter(self.profile, self.imports, self._interpreter, self._groups)
        try:
            running.canary_attempts = canary.check(running.prepare)
            self._running.refill(self._spare_count)
        except BaseException:
            self.close()
            raise

    def _restart(self) -> None:
        self.close()
        self._start()

    def _is_old(self, running: WarmInterpreter) -> bool:
        """Fragmented, perhaps; never while a session of its own is open."""
        is_used_up = running.opened >= self._sessions_before_restart
        is_aged = running.age_s() >= self._age_before_restart_s and running.opened >= SESSIONS_THAT_AGE
        return (is_used_up or is_aged) and not running.has_open_sessions()

    def _zygote(self) -> WarmInterpreter:
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
        if self._is_old(running) or not running.is_alive():
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
