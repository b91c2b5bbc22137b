"""What a job could leave behind on this machine: processes and files."""

import os
import time
from pathlib import Path

from grader.sandbox import Zygote

_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/")
_LEFT_BY_JOBS = {"leftover-of-a-job", "x.pth", "sitecustomize.py"}
_ENDING_WAIT_S = 10.0


def own_uid() -> int:
    """Of this test process's jobs, so that other workers' jobs on this machine are not counted."""
    return 20_000 + os.getpid() % 20_000


def processes(zygote: Zygote) -> set[int]:
    """The zygote's descendants, and whatever else runs as the jobs' uid."""
    children: dict[int, list[int]] = {}
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(
                line.split(":\t", 1) for line in (folder / "status").read_text().splitlines() if ":\t" in line
            )
        except OSError:  # ended meanwhile
            continue
        children.setdefault(int(status["PPid"]), []).append(int(folder.name))
        if os.getuid() == 0 and status["Uid"].split()[0] == str(own_uid()):
            found.add(int(folder.name))
    todo = [zygote.pid]
    while todo:
        pid = todo.pop()
        found.add(pid)
        todo += children.get(pid, [])
    return found


def processes_left(zygote: Zygote, before: set[int]) -> set[int]:
    until = time.monotonic() + _ENDING_WAIT_S
    while (left := processes(zygote) - before) and time.monotonic() < until:
        time.sleep(0.005)
    return left


def files_left() -> list[str]:
    entries = [entry for folder in _SHARED_FOLDERS for entry in os.scandir(folder)]
    jobs_uid = own_uid() if os.getuid() == 0 else -1
    return [entry.path for entry in entries if entry.name in _LEFT_BY_JOBS or _owner(entry) == jobs_uid]


def _owner(entry: os.DirEntry[str]) -> int | None:
    try:
        return entry.stat(follow_symlinks=False).st_uid
    except OSError:  # removed meanwhile
        return None
