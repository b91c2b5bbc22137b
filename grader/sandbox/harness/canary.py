"""A job that tries what no job may do. Runs inside, as a student's file would; what works is reported, and then
nothing else may run there. Not one of the harness's own modules: it crosses as the source of a session."""

import contextlib
import ctypes
import fcntl
import os
import resource
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

_PTRACE_SEIZE, _CLONE_NEWUSER = 0x4206, 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)


def what_works(files: list[str], folders: list[str], judge_pid: int) -> tuple[int, dict[str, str]]:
    """How much was tried; attempt -> what came of it. `files` must not open, `folders` must not take a new file."""
    tried = attempts(files, folders, judge_pid)
    worked = {}
    for name, attempt in tried.items():
        try:
            worked[name] = repr(attempt())[:100]
        except OSError:
            continue
    if not worked:  # last, because success would be the end of this process
        with contextlib.suppress(OSError):
            os.execv("/usr/bin/true", ["true"])
    return len(tried) + 1, worked


def attempts(files: list[str], folders: list[str], judge_pid: int) -> dict[str, Callable[[], Any]]:
    """Each must raise OSError. Where it does not, it does as little harm as possible."""
    return {
        "open a network socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "open a unix socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "start a process": _fork,
        "start a program": lambda: os.posix_spawn("/usr/bin/true", ["true"], {}),
        "trace its parent": lambda: _call(_libc.ptrace, _PTRACE_SEIZE, os.getppid(), 0, 0),
        "signal its parent": lambda: os.kill(os.getppid(), 0),
        "signal the judge": lambda: os.kill(judge_pid, 0),
        "make a namespace": lambda: _call(_libc.unshare, _CLONE_NEWUSER),
        "mount a file system": lambda: _call(_libc.mount, b"none", b"/tmp", b"tmpfs", 0, None),
        "allow itself more memory": _more_memory,
        "become root": lambda: os.setuid(0),
        "make memory outside its limit": lambda: os.memfd_create("x"),
        "lock a file": _lock_a_file,
        **{f"read {path}": partial(_read, path) for path in files},
        **{f"write in {path}": partial(_write_in, path) for path in folders},
    }


def open_descriptors() -> list[int]:
    found = []
    for descriptor in range(256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        found.append(descriptor)
    return found


def environment() -> dict[str, str]:
    return dict(os.environ)


def honest_work(numbers: Any) -> Any:
    return numbers * 2


def _call(function: Any, *arguments: Any) -> int:
    result: int = function(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def _fork() -> int:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return pid


def _lock_a_file() -> None:
    with open("/dev/null", "w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(1)


def _more_memory() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft + 1, soft + 1))
    except ValueError as error:  # what this module makes of EPERM
        raise PermissionError(str(error)) from None


def _write_in(folder: str) -> str:
    path = f"{folder}/canary-was-here"
    with open(path, "w"):
        pass
    os.unlink(path)
    return path
