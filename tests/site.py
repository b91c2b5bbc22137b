"""A whole site as an operator starts it: `manage.py up` as a real process, in a data folder of its own, on a free port."""

import fcntl
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from prova.embedded.processes import command_line, parents
from prova.embedded.status import Status, read_status

ROOT = Path(__file__).resolve().parent.parent
#: Set by the test run for itself; a site of its own must not use them.
INHERITED = ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PROVA_VAR")

#: Names the folder where a test run keeps the data of a site that started once: the others begin as copies of it.
TEMPLATE = "PROVA_SITE_TEMPLATE"

T = TypeVar("T")


class Site:
    """``with Site(environment={"GRADING_LEASE_S": "5"}) as site: site.url``. Entering waits until it is ready.

    `first`: as on a new machine, with nothing there yet."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        start_timeout_s: float = 90,
        *,
        first: bool = False,
    ) -> None:
        self._environment = dict(environment or {})
        self._start_timeout_s = start_timeout_s
        self._first = first

    def __enter__(self) -> "Site":
        self._folder = Path(tempfile.mkdtemp(prefix="prova-site-"))
        self.data = self._folder / "var"
        self.output = self._folder / "output"
        try:
            if not self._first and (template := os.environ.get(TEMPLATE)):
                _copy(_made(Path(template)), self.data)
            self._start()
        except BaseException:
            self._clean()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clean()

    @property
    def url(self) -> str:
        return self.status().url

    def status(self) -> Status:
        status = read_status(self.data / "run" / "status.json")
        if status is None:
            raise AssertionError(f"The site does not run:\n{self.output.read_text()}")
        return status

    def pid(self, name: str) -> int:
        """Of ``postgres``, ``valkey``, ``web``, ``grading-worker``, ``web-worker`` or ``sweeper``. Waits while it is down."""
        return self.wait_for(lambda: self.status().pids.get(name), f"{name} to run")

    def kill(self, name: str) -> int:
        """SIGKILL. Returns the process id that was killed, once the supervisor has noticed."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        self.wait_for(lambda: self.status().pids.get(name) != pid, f"the death of {name} to be noticed")
        return pid

    @contextmanager
    def nothing_comes_back(self) -> Iterator[None]:
        """Meanwhile the supervisor is stopped: what is killed stays dead, and what ends is not started again."""
        supervisor = self.status().supervisor
        os.kill(supervisor, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(supervisor, signal.SIGCONT)

    def kill_with_children(self, name: str) -> None:
        """SIGKILL to it and to what it forked. Also while the supervisor is stopped, who can notice nothing then."""
        pid = self.status().pids[name]
        for victim in [pid, *(child for child, parent in parents().items() if parent == pid)]:
            os.kill(victim, signal.SIGKILL)

    def is_healthy(self) -> bool:
        """Every part of it says so."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, http.client.HTTPException):
            return False

    def recover(self) -> None:
        """Waits until all that runs on a site runs, and answers. For the test that comes after a kill."""
        names = {"postgres", "valkey", "web", "grading-worker", "web-worker", "sweeper"}
        self.wait_for(
            lambda: names <= set(self.status().pids) and self.is_healthy(), "the site to be whole again"
        )

    def log(self, name: str) -> str:
        return (self.data / "log" / f"{name}.log").read_text(errors="replace")

    def environment(self) -> dict[str, str]:
        """For a process of the test that must reach the same database and broker."""
        status = self.status()
        key = (self.data / "secret_key").read_text().strip()
        return {"DATABASE_URL": status.database_url, "BROKER_URL": status.broker_url, "SECRET_KEY": key}

    def manage(self, *arguments: str) -> str:
        """A management command against this site; its output. AssertionError: it failed, and says why."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self._clean_environment() | self.environment() | {"PROVA_VAR": str(self.data)},
            capture_output=True,
            text=True,
        )
        assert not done.returncode, done.stderr
        return done.stdout

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Sends the signal to the process the operator started; its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """For the process the operator started to end by itself; its exit code."""
        return self._process.wait(60)

    def gone(self, pids: set[int], timeout_s: float = 30) -> None:
        """AssertionError: some of these processes still live."""
        deadline = time.monotonic() + timeout_s
        while left := pids & set(parents()):
            if time.monotonic() > deadline:
                raise AssertionError("\n".join(f"{pid}: {command_line(pid)}" for pid in left))
            time.sleep(0.05)

    def wait_for(self, look: Callable[[], T | None], what: str, timeout_s: float = 60) -> T:
        deadline = time.monotonic() + timeout_s
        while not (found := look()):
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError(f"Waited in vain for {what}:\n{self.output.read_text()}")
            time.sleep(0.05)
        return found

    def _start(self) -> None:
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", "0", "--data-dir", str(self.data)],
                cwd=ROOT,
                env=self._clean_environment() | self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.wait_for(self._ready, "the site to be ready", self._start_timeout_s)

    def _ready(self) -> bool:
        status = read_status(self.data / "run" / "status.json")
        return status is not None and status.ready

    def _clean(self) -> None:
        try:
            if hasattr(self, "_process"):
                self.stop()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _clean_environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in INHERITED}


def _made(template: Path) -> Path:
    """The data folder of a site that started and stopped; made by whoever of the test run needs it first."""
    template.mkdir(parents=True, exist_ok=True)
    with (template / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (template / "var").exists():
            with Site(start_timeout_s=300, first=True) as site:
                site.stop()
                for of_the_run in ("run", "log", "lock"):
                    subprocess.run(["rm", "-rf", str(site.data / of_the_run)], check=True)
                _copy(site.data, template / "var")
    return template / "var"


def _copy(source: Path, target: Path) -> None:
    # the database may belong to another user than the rest, which shutil.copytree would not keep
    part = target.with_name(f"{target.name}.part")
    subprocess.run(["cp", "-a", str(source), str(part)], check=True)
    part.rename(target)
