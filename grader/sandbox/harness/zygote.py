"""One warm interpreter that forks a child per session. Never runs student code, never starts a thread.

    zygote --fork--> [profile A: new pid, mount and ipc namespaces --fork-->] init --fork--> student

A prepared student has done all that is the same for everybody and waits for its limits, so that opening is fast.
"""

import gc
import json
import os
import signal
import site
import socket
import sys
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

from . import init, landlock, lockdown, warm

_NEW_NAMESPACES = (
    0x00020000 | 0x20000000 | 0x08000000
)  # mount, pid, ipc (bubblewrap already took the network away)
_FINISHED_PIPE = 0


def main(config: dict[str, Any]) -> None:
    control = socket.socket(fileno=config["control"])
    lockdown.set_dumpable(False)
    if config["become"] is not None:
        uid, gid = config["become"]
        lockdown.become(uid, gid, keep=(lockdown.CAP_SYS_ADMIN, lockdown.CAP_SETPCAP))
        lockdown.set_dumpable(False)  # changing the uid sets it anew
    os.dup2(os.open("/dev/null", os.O_RDONLY), _FINISHED_PIPE)
    site.setquit()  # exit() and quit(), which -S leaves out
    hide_packages(config["not_installed"])
    warm.show_one_core()
    warm.warm_up(config["imports"])
    rules = landlock.make_ruleset([(path, access) for path, access in config["rights"]])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    ready = {
        "threads": len(os.listdir("/proc/self/task")),
        "versions": warm.versions(config["imports"]),
        "private_bytes": _private_bytes(),
    }
    control.send(json.dumps(ready).encode())
    base = lockdown.Base(_address_space_bytes(), lockdown.tasks_of_this_uid())
    serve(control, config["profile"], rules, base)


class InstalledHere(PathFinder):
    """Passes over packages that lie there unreadable: libraries try optional imports, and expect to hear that they
    are not installed rather than that a file is refused."""

    others: frozenset[str] = frozenset()

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if path is None and fullname in cls.others:
            return None
        return super().find_spec(fullname, path, target)


def hide_packages(names: list[str]) -> None:
    InstalledHere.others = frozenset(names)
    sys.meta_path[sys.meta_path.index(PathFinder)] = InstalledHere


def serve(control: socket.socket, profile: str, rules: int, base: lockdown.Base) -> None:
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 8)
        if not message:
            return  # the judge is gone
        if os.fork() == 0:
            control.close()
            try:
                _prepare(init.SessionEnds(*descriptors), profile, rules, base)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _prepare(ends: init.SessionEnds, profile: str, rules: int, base: lockdown.Base) -> None:
    if profile == "A":
        lockdown.check(lockdown.libc.unshare(_NEW_NAMESPACES), "unshare")
        if os.fork():
            return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    init.run(ends, profile, rules, base)


def _address_space_bytes() -> int:
    return _pages()[0] * os.sysconf("SC_PAGE_SIZE")


def _private_bytes() -> int:
    _, resident, shared, *_ = _pages()
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _pages() -> list[int]:
    with open("/proc/self/statm") as file:
        return [int(field) for field in file.read().split()]
