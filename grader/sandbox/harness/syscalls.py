"""System call numbers, per architecture, of what a warm numpy, torch or numba process needs, and of what is judged by argument.

Not utimensat: a device's time of change outlives the session, in every profile, and the next one could read it.
Not fadvise64: one session would drop a page of a library that both can read, another would notice the fault.

Sources: the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (aarch64).
"""

import platform
from typing import NamedTuple


class Architecture(NamedTuple):
    audit: int  #: AUDIT_ARCH_*: calls made through another entry (32-bit) carry another value
    allowed: dict[str, int]
    judged: dict[str, int]  #: allowed for some arguments only, or refused with an error of its own
    setup: dict[str, int]  #: needed by the harness before the filter is there


_X86_64 = Architecture(
    audit=0xC000003E,
    allowed={
        "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
        "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "access": 21, "pipe": 22,
        "select": 23, "sched_yield": 24, "mremap": 25, "dup": 32, "dup2": 33, "pause": 34,
        "nanosleep": 35, "getitimer": 36, "alarm": 37, "setitimer": 38, "getpid": 39, "exit": 60, "uname": 63,
        "fsync": 74, "ftruncate": 77, "getdents": 78, "getcwd": 79, "chdir": 80, "rename": 82, "mkdir": 83,
        "rmdir": 84, "unlink": 87, "readlink": 89, "umask": 95, "gettimeofday": 96, "getrlimit": 97,
        "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
        "getppid": 110, "getpgrp": 111, "sigaltstack": 131, "statfs": 137, "fstatfs": 138,
        "munlock": 150, "gettid": 186, "getdents64": 217, "restart_syscall": 219,
        "exit_group": 231, "epoll_wait": 232,
        "epoll_ctl": 233, "openat": 257, "mkdirat": 258, "newfstatat": 262, "unlinkat": 263, "renameat": 264,
        "readlinkat": 267, "faccessat": 269, "pselect6": 270, "ppoll": 271, "set_robust_list": 273,
        "epoll_pwait": 281, "eventfd2": 290, "epoll_create1": 291, "dup3": 292, "pipe2": 293,
        "getcpu": 309, "getrandom": 318, "membarrier": 324, "statx": 332, "rseq": 334, "faccessat2": 439,
    },
    judged={
        "clone": 56, "clone3": 435, "fcntl": 72, "ioctl": 16, "prctl": 157, "kill": 62, "tgkill": 234,
        "socket": 41, "socketpair": 53, "futex": 202, "prlimit64": 302, "sched_getaffinity": 204,
        "sched_getparam": 143, "sched_getscheduler": 145, "clock_gettime": 228, "clock_getres": 229,
        "clock_nanosleep": 230, "madvise": 28, "arch_prctl": 158,
    },
    setup={"seccomp": 317, "capset": 126},
)  # fmt: skip

_AARCH64 = Architecture(
    audit=0xC00000B7,
    allowed={
        "getcwd": 17, "eventfd2": 19, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "dup": 23, "dup3": 24,
        "mkdirat": 34, "unlinkat": 35, "renameat": 38, "statfs": 43, "fstatfs": 44, "ftruncate": 46, "faccessat": 48,
        "chdir": 49, "openat": 56, "close": 57, "pipe2": 59, "getdents64": 61, "lseek": 62, "read": 63, "write": 64,
        "readv": 65, "writev": 66, "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78,
        "newfstatat": 79, "fstat": 80, "fsync": 82, "exit": 93, "exit_group": 94,
        "set_robust_list": 99, "nanosleep": 101, "getitimer": 102, "setitimer": 103, "sched_yield": 124,
        "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139,
        "times": 153, "uname": 160,
        "getrlimit": 163, "getrusage": 165, "umask": 166, "getcpu": 168, "gettimeofday": 169, "getpid": 172,
        "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179,
        "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "munlock": 229,
        "renameat2": 276, "getrandom": 278, "membarrier": 283, "statx": 291, "rseq": 293,
        "faccessat2": 439,
    },
    judged={
        "clone": 220, "clone3": 435, "fcntl": 25, "ioctl": 29, "prctl": 167, "kill": 129, "tgkill": 131,
        "socket": 198, "socketpair": 199, "futex": 98, "prlimit64": 261, "sched_getaffinity": 123,
        "sched_getparam": 121, "sched_getscheduler": 120, "clock_gettime": 113, "clock_getres": 114,
        "clock_nanosleep": 115, "getpgid": 155, "madvise": 233,
    },
    setup={"seccomp": 277, "capset": 91},
)  # fmt: skip

ARCHITECTURES = {"x86_64": _X86_64, "aarch64": _AARCH64}


def this_machine() -> Architecture | None:
    return ARCHITECTURES.get(platform.machine())
