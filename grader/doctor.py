"""`python -m grader doctor`: can student code run on this machine, in which profile, and if not, what is missing."""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence

from grader.sandbox.errors import SandboxRefused, SystemFailure
from grader.sandbox.launch import Profile
from grader.sandbox.profiles import Machine, inspect_machine
from grader.sandbox.zygote import Zygote

_WHAT = {Profile.A: "bubblewrap and namespaces", Profile.B: "Landlock and system call filter, no namespaces"}


def main(arguments: Sequence[str] | None = None, write: Callable[[str], None] = print) -> int:
    """0: student code can run here; 1: it cannot, and what was written says why."""
    parser = argparse.ArgumentParser(prog="python -m grader doctor", description=__doc__)
    parser.add_argument("--profile", type=Profile, choices=list(Profile), help="look at this profile only")
    asked: Profile | None = parser.parse_args(arguments).profile
    try:
        _examine(asked, write)
    except SandboxRefused as refused:
        write("Student code CANNOT run here:")
        for sentence in refused.missing:
            write(f"  - {sentence}")
        return 1
    except SystemFailure as failure:
        write(f"Student code CANNOT run here: {failure}")
        return 1
    write("Student code can run here.")
    return 0


def _examine(asked: Profile | None, write: Callable[[str], None]) -> None:
    """SandboxRefused, SystemFailure: student code cannot run in the profile."""
    machine = inspect_machine()
    for line in [*describe(machine), "", *verdicts(machine), ""]:
        write(line)
    profile = asked or machine.profile
    missing = machine.missing(profile)
    if missing:
        raise SandboxRefused(missing)
    write(
        f"Profile {profile} is asked for."
        if asked
        else f"This machine gets profile {profile}. {machine.reason}"
    )
    write(_try_canary(profile))


def describe(machine: Machine) -> Iterator[str]:
    facts = {
        "kernel": f"{machine.kernel}, {machine.architecture}, {machine.cores} cores",
        "Landlock": f"ABI {machine.landlock_abi}" if machine.landlock_abi else "no",
        "system call filter": "yes" if machine.has_seccomp else "no",
        "bubblewrap": machine.bwrap_version or "not installed",
        "namespaces": "no" if machine.missing_a else "yes",
        "uid": f"worker {machine.worker_uid}, student code {machine.student_uid}",
        "interpreter": f"A {machine.interpreter or '-'}, B {machine.interpreter_b or '-'}",
    }
    for name, value in facts.items():
        yield f"{name:20}{value}"


def verdicts(machine: Machine) -> Iterator[str]:
    for profile in Profile:
        missing = machine.missing(profile)
        yield f"Profile {profile} ({_WHAT[profile]}): {'not possible' if missing else 'possible'}"
        for sentence in missing:
            yield f"  - {sentence}"
    if machine.cgroup:
        yield f"cgroup v2: each session gets a group of its own below {machine.cgroup}."
    else:
        yield "cgroup v2: not used; the limits of its process bound a session, in both profiles."
        yield f"  - {machine.no_cgroup}"


def _try_canary(profile: Profile) -> str:
    started = time.perf_counter()
    with Zygote(profile, ("numpy",), spares=0) as zygote:
        took_s = time.perf_counter() - started
        return f"A canary tried {zygote.canary_attempts} forbidden things; none worked ({took_s:.1f} s with the start)."
