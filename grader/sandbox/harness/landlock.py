"""Landlock by system call: which files a student's process can reach, no TCP, no signals out.

A rule covers what is mounted below its path later on, but not a mount on that very path.
"""

import ctypes
import os
import struct

# The same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG, _TRUNCATE = 1 << 7, 1 << 8, 1 << 14
READ = _EXECUTE | _READ_FILE | _READ_DIR  # execute: mapping a library
LIST = _READ_DIR
WRITE = _WRITE_FILE | _READ_FILE | _READ_DIR | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _TRUNCATE
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """0: this kernel has no Landlock, or it is switched off."""
    version: int = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    return max(version, 0)


def make_ruleset(rights: list[tuple[str, int]]) -> int:
    """Open the paths once; the descriptor returned is enforced by every later child. Absent paths are left out."""
    version = abi()
    handled = _handled(version)
    no_tcp, scoped = (
        (3 if version >= 4 else 0),
        (3 if version >= 6 else 0),
    )  # scoped: signals, abstract sockets
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    attributes = struct.pack("<QQQ", handled, no_tcp, scoped)
    rules: int = _libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    for path, access in rights:
        _add_rule(rules, path, access & handled)
    return rules


def enforce(rules: int) -> None:
    """Needs no_new_privs."""
    if _libc.syscall(_RESTRICT_SELF, rules, 0):
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")


def _handled(version: int) -> int:
    handled = (1 << 13) - 1
    for since, bit in ((2, 13), (3, 14), (5, 15)):  # refer, truncate, ioctl on devices
        if version >= since:
            handled |= 1 << bit
    return handled


def _add_rule(rules: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            access &= _FOR_FILES
        if _libc.syscall(_ADD_RULE, rules, 1, struct.pack("<Qi", access, descriptor), 0):
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(descriptor)
