"""Which of the two profiles this machine can give, found by trying, and what to do where one is missing.

There is no third profile and no switch that skips a layer: a machine that can do neither runs no student code.
"""

import ctypes
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import cgroups, launch, runtime
from grader.sandbox.errors import SandboxRefused
from grader.sandbox.harness import landlock, syscalls
from grader.sandbox.launch import Profile

_TRY_WAIT_S = 20.0
_SECCOMP_GET_ACTION_AVAIL, _KILL_PROCESS = 2, 0x80000000
_CAP_SETGID, _CAP_SETUID = 6, 7
_ROOT = Path("/")


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What the probe found. A profile is possible when nothing is missing for it."""

    kernel: str
    architecture: str
    cores: int
    landlock_abi: int  #: 0: none
    has_seccomp: bool
    bwrap_version: str  #: "": not installed
    worker_uid: int
    student_uid: int  #: outside of any namespace
    interpreter: str  #: that profile A runs; "" when it is not possible
    interpreter_b: str
    missing_a: tuple[str, ...]  #: one sentence each, with the remedy
    missing_b: tuple[str, ...]
    cgroup: str = ""  #: the delegated subtree that bounds sessions; "": none, and `no_cgroup` says why
    no_cgroup: str = ""

    def missing(self, profile: Profile) -> tuple[str, ...]:
        return self.missing_a if profile is Profile.A else self.missing_b

    @property
    def profile(self) -> Profile:
        """The strongest that is possible. SandboxRefused: none is."""
        for profile in Profile:
            if not self.missing(profile):
                return profile
        raise SandboxRefused(tuple(dict.fromkeys(self.missing_b + self.missing_a)))

    @property
    def reason(self) -> str:
        if self.profile is Profile.A:
            return "bubblewrap, namespaces, Landlock and the system call filter are all there."
        return "Profile A is not possible here: " + " ".join(self.missing_a)


def choose_profile(imports: tuple[str, ...] = ("numpy",)) -> Machine:
    """Probe this machine. SandboxRefused: it cannot run student code; the sentences say what is missing."""
    machine = inspect_machine(imports)
    _ = machine.profile  # raises when neither is possible
    return machine


def inspect_machine(imports: tuple[str, ...] = ("numpy",)) -> Machine:
    ids = launch.sandbox_ids() if os.getuid() == 0 else None
    both = _missing_for_both()
    readable = runtime.readable_by(ids, runtime.package_entries(imports))
    missing_a = both + _missing_for_namespaces()
    subtree = cgroups.find()
    return Machine(
        kernel=platform.release(),
        architecture=platform.machine(),
        cores=os.cpu_count() or 1,
        landlock_abi=landlock.abi(),
        has_seccomp=has_seccomp(),
        bwrap_version=_bwrap_version(),
        worker_uid=os.getuid(),
        student_uid=launch.sandbox_ids()[0],
        interpreter="" if missing_a else str(runtime.this_interpreter().executable),
        interpreter_b="" if readable.interpreter is None else str(readable.interpreter.executable),
        missing_a=missing_a,
        missing_b=both + readable.refused,
        cgroup=str(subtree.path) if isinstance(subtree, cgroups.Subtree) else "",
        no_cgroup=subtree.reason if isinstance(subtree, cgroups.NoSubtree) else "",
    )


def has_seccomp() -> bool:
    architecture = syscalls.this_machine()
    if architecture is None:
        return False
    action = ctypes.c_uint32(_KILL_PROCESS)
    libc = ctypes.CDLL(None, use_errno=True)
    available: int = libc.syscall(
        architecture.setup["seccomp"], _SECCOMP_GET_ACTION_AVAIL, 0, ctypes.byref(action)
    )
    return available == 0


def _missing_for_both() -> tuple[str, ...]:
    missing = []
    if syscalls.this_machine() is None:
        known = " and ".join(syscalls.ARCHITECTURES)
        missing.append(
            f"This processor is {platform.machine()}: only {known} are supported; run the worker on one."
        )
    elif not has_seccomp():
        missing.append(
            "The kernel has no seccomp filter: use a kernel built with CONFIG_SECCOMP_FILTER, "
            "or allow the seccomp call in the container's own profile."
        )
    if landlock.abi() < 1:
        missing.append(landlock_remedy(platform.release(), _lsm_list()))
    if os.getuid() == 0 and not _may_change_uid():
        missing.append(
            "The worker is root and may not become another user (CAP_SETUID or CAP_SETGID was dropped): "
            'start it as an ordinary user, in a container with `user: "1000:1000"`.'
        )
    return tuple(missing)


def _may_change_uid() -> bool:
    status = Path("/proc/self/status").read_text()
    effective = int(status.partition("CapEff:")[2].split()[0], 16)
    return all(effective >> capability & 1 for capability in (_CAP_SETGID, _CAP_SETUID))


def _lsm_list() -> str:
    try:
        return Path("/sys/kernel/security/lsm").read_text().strip()
    except OSError:
        return ""


def landlock_remedy(release: str, lsm: str) -> str:
    version = tuple(int(number) for number in re.findall(r"\d+", release)[:2])
    if version < (5, 13):
        return f"The kernel {release} has no Landlock: it needs Linux 5.13 or newer (Debian 12 and Ubuntu 22.04 have it)."
    start = f"{lsm},landlock" if lsm else "landlock,lockdown,yama,integrity,apparmor"
    return (
        f"Landlock is switched off in this kernel: add `lsm={start}` to the kernel's command line and restart the "
        "machine; in a container, allow the landlock_* calls in its seccomp profile."
    )


def _bwrap_version() -> str:
    if shutil.which("bwrap") is None:
        return ""
    try:
        answer = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, timeout=_TRY_WAIT_S)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip().removeprefix("bubblewrap ")


def _missing_for_namespaces() -> tuple[str, ...]:
    """Starts the interpreter in the very namespaces and mounts that a zygote would get."""
    if shutil.which("bwrap") is None:
        return ("bubblewrap is not installed: `apt install bubblewrap`.",)
    command = launch.trial(runtime.this_interpreter())
    try:
        answer = subprocess.run(
            command.arguments,
            env=command.environment,
            capture_output=True,
            text=True,
            timeout=_TRY_WAIT_S,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError) as error:
        return (f"bubblewrap does not run: {error}; reinstall it with `apt install --reinstall bubblewrap`.",)
    if answer.returncode == 0:
        return ()
    return (namespace_remedy(answer.stderr.strip(), os.getuid() == 0),)


def namespace_remedy(error: str, as_root: bool, root: Path = _ROOT) -> str:
    """Why bubblewrap could not make its namespaces, and what to do. `root`: where /proc is looked for."""
    said = f'bubblewrap says "{error.splitlines()[-1][:200] if error else "nothing"}"'
    sysctl = root / "proc/sys"
    if _number(sysctl / "kernel/apparmor_restrict_unprivileged_userns") == 1:
        return _apparmor_remedy(said, as_root)
    if not as_root and _number(sysctl / "kernel/unprivileged_userns_clone") == 0:
        return f"User namespaces are switched off ({said}): `sysctl -w kernel.unprivileged_userns_clone=1`."
    if not as_root and _number(sysctl / "user/max_user_namespaces") == 0:
        return f"User namespaces are switched off ({said}): `sysctl -w user.max_user_namespaces=15000`."
    if "python" in error.lower() and "namespace" not in error.lower():
        return (
            f"The interpreter does not start inside bubblewrap ({said}): "
            "make the virtual environment with the system's own Python."
        )
    return (
        f"Namespaces cannot be made here ({said}): in a container, give it a seccomp profile that allows "
        "unshare, clone and mount and an unmasked /proc (never --privileged); or run the worker on the machine itself."
    )


def _apparmor_remedy(said: str, as_root: bool) -> str:
    """Ubuntu's own profile for bubblewrap lets it make a user namespace but takes the capabilities away inside,
    which sessions need for namespaces of their own."""
    return (
        f"AppArmor restricts user namespaces and bubblewrap ({said}): as root, run `aa-disable bwrap-userns-restrict` "
        "if that profile is loaded, write the three lines `abi <abi/4.0>,` `include <tunables/global>` and "
        "`profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }` to /etc/apparmor.d/prova-bwrap, and load them "
        "with `apparmor_parser -r /etc/apparmor.d/prova-bwrap`"
        + ("." if as_root else "; or start the grading worker as root.")
    )


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
