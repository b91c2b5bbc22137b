"""What a process gives up for good, with unprivileged kernel features only."""

import ctypes
import os
import resource
import struct
from typing import NamedTuple

from . import syscalls

libc = ctypes.CDLL(None, use_errno=True)
CAP_SETPCAP, CAP_SYS_ADMIN = 8, 21
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = (
    1,
    4,
    8,
    24,
    38,
)
_CAPABILITIES_V3 = 0x20080522
_LAST_CAPABILITY = 63


class Base(NamedTuple):
    """What there was when the zygote started; limits of students' processes come on top of it."""

    address_space_bytes: int  #: of the zygote, which every child starts with
    tasks_of_uid: int


def tasks_of_this_uid() -> int:
    """Threads that run under this uid, as far as they can be seen: on a desktop, also the user's own programs."""
    tasks = 0
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == os.getuid():
                tasks += len(os.listdir(f"/proc/{name}/task"))
        except OSError:  # ended meanwhile
            continue
    return tasks


def check(result: int, what: str) -> None:
    if result:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def no_new_privileges() -> None:
    check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def die_with_parent(signal_number: int) -> None:
    check(libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0), "pdeathsig")


def set_dumpable(dumpable: bool) -> None:
    """Undumpable: nobody of the same uid may read or trace this process; /proc/self belongs to root meanwhile."""
    check(libc.prctl(_PR_SET_DUMPABLE, int(dumpable), 0, 0, 0), "dumpable")


def become(uid: int, gid: int, keep: tuple[int, ...]) -> None:
    """From root to an ordinary uid, with nothing but the capabilities in `keep`."""
    check(libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0), "keepcaps")
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    set_capabilities(keep)


def set_capabilities(keep: tuple[int, ...]) -> None:
    architecture = syscalls.this_machine()
    assert architecture is not None
    bits = sum(1 << capability for capability in keep)
    low, high = bits & 0xFFFFFFFF, bits >> 32
    data = struct.pack("<IIIIII", low, low, 0, high, high, 0)  # effective, permitted, inheritable; twice
    header = struct.pack("<II", _CAPABILITIES_V3, 0)
    check(libc.syscall(architecture.setup["capset"], header, data), "capset")


def drop_all_capabilities() -> None:
    for capability in range(_LAST_CAPABILITY + 1):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)  # refused for numbers the kernel does not know
    set_capabilities(())


def set_rlimits(cpu_s: int, address_space_bytes: int, tasks: int, file_bytes: int, files: int = 64) -> None:
    """`tasks`: of the whole uid, whoever started them; only a process with this limit is refused another one."""
    most_tasks = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    if most_tasks != resource.RLIM_INFINITY:
        tasks = min(tasks, most_tasks)
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu_s, cpu_s + 1),
        (resource.RLIMIT_AS, address_space_bytes, address_space_bytes),
        (resource.RLIMIT_NPROC, tasks, tasks),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, file_bytes, file_bytes),
        (resource.RLIMIT_NOFILE, files, files),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
