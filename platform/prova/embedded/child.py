"""A long-running process of ours: how to start it, and the one that runs now."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prova.embedded.processes import die_with_parent


@dataclass(frozen=True)
class Service:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    """Working folder."""
    log: Path
    stop_signal: int = signal.SIGTERM
    hard_stop_signal: int = signal.SIGKILL
    """Sent when stop_signal was not enough within stop_grace_s."""
    stop_grace_s: float = 5.0
    user: str | None = None
    """Another user to run as; only root can ask for it."""
    inherits: tuple[int, ...] = ()
    """Open files of ours that it gets, under the same numbers."""


@dataclass
class Child:
    """A service in a session of its own (Ctrl-C on the terminal does not reach it), ended when its parent dies."""

    service: Service
    _process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        service = self.service
        as_user: dict[str, object] = {}
        if service.user:
            as_user = {"user": service.user, "group": _group_of(service.user), "extra_groups": []}
        with service.log.open("ab") as log:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                service.command,
                cwd=service.folder,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=service.inherits,
                preexec_fn=die_with_parent(service.stop_signal),
                **as_user,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ended(self) -> int | None:
        """The exit code (minus the signal's number), or None while it runs. Collects the dead process."""
        return self._process.poll()

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self, timeout_s: float) -> bool:
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        self.send(self.service.stop_signal)
        self.finish()

    def finish(self) -> None:
        """After the stop signal was sent: waits, and insists."""
        if not self.wait(self.service.stop_grace_s):
            self.send(self.service.hard_stop_signal)
            if not self.wait(5):
                self.send(signal.SIGKILL)
                self.wait(5)


def how_it_ended(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def last_lines(log: Path, count: int = 15) -> str:
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, os.fstat(stream.fileno()).st_size - 20_000))
            text = stream.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(f"  {line}" for line in text.splitlines()[-count:])


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
