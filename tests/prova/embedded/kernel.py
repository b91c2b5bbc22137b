"""Kernels other than this one."""

import ctypes
import errno
import platform
import struct

_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LANDLOCK_CREATE_RULESET = 444  # the same number on every architecture
_UNSHARE = {"x86_64": 272, "aarch64": 97}[platform.machine()]
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2


def without_landlock() -> None:
    """For preexec_fn: from here on the kernel answers as one that was built without Landlock."""
    _refuse(_LANDLOCK_CREATE_RULESET, errno.ENOSYS)


def without_user_namespaces() -> None:
    """For preexec_fn: from here on no namespace can be made, as in many containers."""
    _refuse(_UNSHARE, errno.EPERM)


def _refuse(system_call: int, error: int) -> None:
    load_number = (0x20, 0, 0, 0)
    is_it = (0x15, 0, 1, system_call)
    instructions = (load_number, is_it, (0x06, 0, 0, _ERRNO | error), (0x06, 0, 0, _ALLOW))
    filters = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in instructions))
    program = struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(filters))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program
    ):
        raise OSError(ctypes.get_errno(), "the kernel took no filter")
