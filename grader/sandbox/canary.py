"""Before anybody's code runs in a sandbox, a job of ours tries the forbidden things in it."""

import importlib.resources
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from grader.sandbox import launch
from grader.sandbox.errors import SandboxRefused, SessionEnded, StudentError
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session

_LIMITS = Limits(call_cpu_s=5.0, session_cpu_s=20.0, call_wall_s=30.0)
_NOBODY_READS = ("/proc/1/environ", "/proc/self/environ", "/etc/shadow", "/etc/passwd")
_LIMITED = ("Max cpu time", "Max address space", "Max file size", "Max core file size", "Max locked memory")
_NOBODY_WRITES = ("/", "/usr/lib", "/dev", "/dev/shm", "/var/tmp", "/etc")


def check(new_session: Callable[[], Session]) -> int:
    """How many things were tried in vain. SandboxRefused: something works that must not.

    `new_session` makes one that is prepared and not yet open.
    """
    tried = 0
    with new_session() as session:
        try:
            session.open(_source(), _LIMITS, seed=0, support=None)
            tried, found = _what_works(session)
            found += [*_status(session.pid), *_limits(session.pid)]
        except (StudentError, SessionEnded) as error:
            found = [f"it could not be checked: {error}"]
    if found:
        raise SandboxRefused(
            tuple(
                f"The sandbox leaks ({leak}): do not grade on this machine before the kernel, "
                "the container's settings or Prova itself is corrected."
                for leak in found
            )
        )
    return tried


def _source() -> str:
    return (importlib.resources.files("grader.sandbox.harness") / "canary.py").read_text(encoding="utf-8")


def _what_works(session: Session) -> tuple[int, list[str]]:
    files, folders = _files(), [*_NOBODY_WRITES, *_package_folders()]
    tried, worked = session.call("what_works", [files, folders, os.getpid()])
    found = [f"a job can {attempt}: {result}" for attempt, result in worked.items()]
    descriptors = session.call("open_descriptors")
    if descriptors != [0, 1, 2, 3]:
        found.append(f"a job inherits descriptors {descriptors}")
    inherited = os.environ.items() & session.call("environment").items()
    # An operator may have exported just what the sandbox sets itself.
    foreign = sorted(name for name, _ in inherited - launch.environment(**launch.IN_NAMESPACES).items())
    if foreign:
        found.append(f"a job sees the worker's variables {', '.join(foreign)}")
    if not np.array_equal(session.call("honest_work", [np.arange(3)]), [0, 2, 4]):
        found.append("honest work gives a wrong result")
    return tried, found


def _files() -> list[str]:
    """Of the system, of this installation and of this process; those that exist."""
    here = Path(__file__).resolve()
    own = (
        here,
        here.parents[2] / "platform/prova/settings.py",
        Path(sys.prefix) / "pyvenv.cfg",
        Path.home() / ".bashrc",
    )
    candidates = [*_NOBODY_READS, f"/proc/{os.getpid()}/environ", f"/proc/{os.getpid()}/mem", *map(str, own)]
    return [path for path in candidates if os.path.exists(path)]


def _package_folders() -> list[str]:
    return [str(Path(np.__file__).parents[1]), "/runtime/site"]


def _status(pid: int) -> list[str]:
    """What the kernel says about the process, read from outside."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    status = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    found = []
    if "0" in status["Uid"] or "0" in status["Gid"]:
        found.append("a job runs as root")
    if status["NoNewPrivs"] != ["1"]:
        found.append("a job can gain privileges")
    if status["Seccomp"] != ["2"]:
        found.append("a job has no system call filter")
    if any(int(status[name][0], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")):
        found.append("a job has capabilities")
    return found


def _limits(pid: int) -> list[str]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    unlimited = [name for name in _LIMITED for line in lines if line.startswith(name) and "unlimited" in line]
    return [f"a job has no limit of its {name[4:]}" for name in unlimited]
