"""Which cgroup v2 subtree has been handed to this process, and what is in the way where none has.

A subtree is used only where somebody delegated it: systemd marks it (`Delegate=`), a container's own is the root of its
cgroup namespace. Elsewhere the tree belongs to another manager, however writable it may be.

Source: the kernel's Documentation/admin-guide/cgroup-v2.rst; systemd's CGROUP_DELEGATION.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("memory", "pids")  #: controllers
#: Our own processes: a group that gives its controllers to others below has no process in itself.
WORKERS = "prova-workers"
_MARKS = ("user.delegate", "trusted.delegate")
_UNIT = "add `Delegate=memory pids` to the [Service] section of the worker's systemd unit"
_BOOT = "start the kernel with systemd.unified_cgroup_hierarchy=1"


@dataclass(frozen=True)
class Subtree:
    path: Path  #: sessions' groups are made below


@dataclass(frozen=True)
class NoSubtree:
    reason: str  #: one sentence, with the remedy


def find(
    proc: Path = Path("/proc/self"), is_delegated: Callable[[Path], bool] | None = None
) -> Subtree | NoSubtree:
    """Looks and changes nothing."""
    try:
        path = own_group((proc / "cgroup").read_text(), (proc / "mountinfo").read_text())
        if path is None:
            return NoSubtree(f"There is no cgroup v2 here: {_BOOT}.")
        own = path.parent if path.name == WORKERS else path
        return _examined(own, is_delegated or is_marked)
    except OSError as error:
        return NoSubtree(f"The cgroup tree cannot be read ({error}): mount cgroup v2 on /sys/fs/cgroup.")


def own_group(cgroup: str, mountinfo: str) -> Path | None:
    """The folder of this process's group, from the text of /proc/self/cgroup and of /proc/self/mountinfo.

    None: there is no version 2, or its mount shows another part of the tree.
    """
    own = next((line[3:] for line in cgroup.split("\n") if line.startswith("0::/")), None)
    if own is None or own.startswith("/.."):
        return None
    for line in mountinfo.split("\n"):
        mount, _, kind = line.partition(" - ")
        if kind.split(" ")[0] != "cgroup2":
            continue
        root, point = (_unescaped(field) for field in mount.split(" ")[3:5])
        if os.path.commonpath((root, own)) == root:
            return Path(point) / os.path.relpath(own, root)
    return None


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)


def _examined(path: Path, is_delegated: Callable[[Path], bool]) -> Subtree | NoSubtree:
    there = (path / "cgroup.controllers").read_text().split()
    missing = [name for name in NEEDED if name not in there]
    if missing:
        return NoSubtree(
            f"The cgroup {path} is not given the controllers {' and '.join(missing)}: {_UNIT}; "
            f"where version 1 holds them, {_BOOT}."
        )
    if not is_delegated(path):
        return NoSubtree(f"The cgroup {path} was not delegated to this process: {_UNIT}.")
    files = (path, path / "cgroup.procs", path / "cgroup.subtree_control")
    if not all(os.access(file, os.W_OK) for file in files):
        return NoSubtree(
            f"The cgroup {path} cannot be written: in a container, mount its own cgroup tree writable "
            "(`security_opt: [writable-cgroups=true]` of Docker 28, `--security-opt unmask=/sys/fs/cgroup` of Podman) "
            "and let the worker's user own it."
        )
    return Subtree(path)


def is_marked(path: Path) -> bool:
    """As delegated: by systemd, or as the root of a namespace (the machine's own root has no type)."""
    if os.path.ismount(path) and (path / "cgroup.type").exists():
        return True
    for mark in _MARKS:
        try:
            if os.getxattr(path, mark) == b"1":
                return True
        except OSError:
            continue
    return False
