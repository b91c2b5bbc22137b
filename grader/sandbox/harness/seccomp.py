"""The system call filter: an allowlist as classic BPF, written by hand so that no library is needed.

What is not listed fails with EPERM; another architecture's entry kills. A job cannot make processes (threads are
allowed), sockets, memory outside RLIMIT_AS (memfd, shm), or change its own limits.
"""

import ctypes
import errno
import os
import struct

from . import syscalls

_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000
_CLONE_THREAD = 0x10000
_AF_UNIX = 1
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ. No locks (a channel between
# sessions), no F_SETOWN or F_SETSIG (with O_ASYNC the kernel would signal any process of our uid).
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5451, 0x5421)  # TCGETS, TIOCGWINSZ, FIONREAD, FIOCLEX, FIONBIO
_FUTEX_PRIVATE = 128
_CLOCKS = 16  # the system's own; above are those of other processes, by their number
# Of memory to be used so or so, to be given back, merged into huge pages, guarded or left out of a fork. Not PAGEOUT or
# COLD, which reach the page cache that sessions share, nor MERGEABLE, by which equal pages can be told.
_MADVISE = (0, 1, 2, 3, 4, 8, 10, 11, 14, 15, 16, 17, 18, 19, 102, 103)
_PRCTL = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
# To set and read the base of FS, which threads live by, and to ask what is permitted. Not SET_CPUID, which takes an
# instruction away, nor REQ_XCOMP_PERM: a processor with tiles would compute other numbers than one without.
_ARCH_PRCTL = (0x1002, 0x1003, 0x1011, 0x1021, 0x1022)


def build_filter(architecture: syscalls.Architecture, pid: int) -> bytes:
    """`pid`: the only process that signals may be sent to."""
    parts = [
        _load(_ARCHITECTURE),
        _jump(_JUMP_EQUAL, 1, 0, architecture.audit),
        _end(_KILL_PROCESS),
        _load(_NUMBER),
    ]
    parts += [_jump(_JUMP_GREATER_EQUAL, 0, 1, _X32), _end(_KILL_PROCESS)]
    bodies = _judged(pid)
    for name, number in architecture.judged.items():
        parts += _rule(number, bodies[name])
    for number in architecture.allowed.values():  # last: of these the kernel remembers the answer
        parts += _rule(number, [_end(_ALLOW)])
    return b"".join([*parts, _refuse(errno.EPERM)])


def install(pid: int) -> None:
    """Filter every thread of the calling process, for good. Needs no_new_privs."""
    architecture = syscalls.this_machine()
    if architecture is None:
        raise OSError(errno.ENOSYS, "no system call table for this architecture")
    program = build_filter(architecture, pid)
    buffer = ctypes.create_string_buffer(program, len(program))
    filter_program = _FilterProgram(len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    set_mode_filter, all_threads = 1, 1
    if libc.syscall(
        architecture.setup["seccomp"], set_mode_filter, all_threads, ctypes.byref(filter_program)
    ):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


class _FilterProgram(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _judged(pid: int) -> dict[str, list[bytes]]:
    only_self = _one_of(0, (pid,), errno.EPERM)
    about_itself = _one_of(0, (0, pid), errno.EPERM)
    own_clock = [
        _load(_ARGUMENTS), _jump(_JUMP_GREATER_EQUAL, 0, 1, _CLOCKS), _refuse(errno.EINVAL), _end(_ALLOW),
    ]  # fmt: skip
    new_limit_low, new_limit_high = _ARGUMENTS + 8 * 2, _ARGUMENTS + 8 * 2 + 4
    return {
        "clone": [
            _load(_ARGUMENTS), _jump(_JUMP_BITS, 0, 1, _CLONE_THREAD), _end(_ALLOW), _refuse(errno.EPERM),
        ],
        "clone3": [_refuse(errno.ENOSYS)],  # its flags cannot be read; libc then falls back to clone
        "fcntl": _one_of(1, _FCNTL, errno.EPERM),
        "ioctl": _one_of(1, _IOCTL, errno.ENOTTY),
        "prctl": _one_of(0, _PRCTL, errno.EPERM),
        "madvise": _one_of(2, _MADVISE, errno.EINVAL),
        "arch_prctl": _one_of(0, _ARCH_PRCTL, errno.EPERM),
        "kill": only_self,
        "tgkill": only_self,
        "socket": [_refuse(errno.EACCES)],
        "socketpair": _one_of(0, (_AF_UNIX,), errno.EACCES),
        "prlimit64": [
            _load(new_limit_low), _jump(_JUMP_EQUAL, 1, 0, 0), _refuse(errno.EPERM),
            _load(new_limit_high), _jump(_JUMP_EQUAL, 1, 0, 0), _refuse(errno.EPERM), *about_itself,
        ],
        **dict.fromkeys(("sched_getaffinity", "sched_getparam", "sched_getscheduler", "getpgid"), about_itself),
        **dict.fromkeys(("clock_gettime", "clock_getres", "clock_nanosleep"), own_clock),
        # Known by file and offset otherwise: two sessions could wait and wake on a page of a library. What libc waits
        # for in that way, the end of a thread, it asks for again.
        "futex": [
            _load(_ARGUMENTS + 8), _jump(_JUMP_BITS, 0, 1, _FUTEX_PRIVATE), _end(_ALLOW), _refuse(errno.EAGAIN),
        ],
    }  # fmt: skip


def _instruction(code: int, if_true: int, if_false: int, operand: int) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, operand & 0xFFFFFFFF)


def _load(offset: int) -> bytes:
    return _instruction(_LOAD, 0, 0, offset)


def _jump(code: int, if_true: int, if_false: int, operand: int) -> bytes:
    return _instruction(code, if_true, if_false, operand)


def _end(action: int) -> bytes:
    return _instruction(_RETURN, 0, 0, action)


def _refuse(error_number: int) -> bytes:
    return _end(_ERRNO | error_number)


def _rule(number: int, body: list[bytes]) -> list[bytes]:
    """`body` ends in returns; it is skipped when the call is another one."""
    return [_jump(_JUMP_EQUAL, 0, len(body), number), *body]


def _one_of(argument: int, values: tuple[int, ...], error_number: int) -> list[bytes]:
    body = [_load(_ARGUMENTS + 8 * argument)]
    for value in values:
        body += [_jump(_JUMP_EQUAL, 0, 1, value), _end(_ALLOW)]
    return [*body, _refuse(error_number)]
