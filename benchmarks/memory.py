"""Memory of trees of processes, as the proportional share of every page (PSS): what is shared counts once in all."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

_WORKER = """
import sys
from grader.sandbox import Zygote
from grader.worker import GradingWorker

worker = GradingWorker(profile=sys.argv[1])
worker.prepare()
zygotes = [Zygote(sys.argv[1], imports.split(",")) for imports in sys.argv[2:]]
print("ready", flush=True)
sys.stdin.read()
"""


def share_bytes(roots: Sequence[int]) -> int:
    """Of these processes and all that descend from them. PermissionError: other people's need root."""
    return sum(_share_bytes(pid) for pid in with_descendants(roots))


def with_descendants(roots: Sequence[int]) -> set[int]:
    children = defaultdict(list)
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        children[int(fields[1])].append(int(file.parent.name))
    found: set[int] = set()
    pending = list(roots)
    while pending:
        pid = pending.pop()
        found.add(pid)
        pending += children[pid]
    return found


def _share_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def of_an_extra_worker(profile: str, sandboxes: Sequence[str]) -> tuple[int, int]:
    """Bytes of one grading worker alone, and those that a second one beside it adds.

    `sandboxes`: imports of each, as "numpy,torch".
    """
    command = [sys.executable, "-c", _WORKER, profile, *sandboxes]
    workers: list[subprocess.Popen[str]] = []
    shares = []
    try:
        for _ in range(2):
            workers.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            _wait_until_ready(workers[-1])
            shares.append(share_bytes([worker.pid for worker in workers]))
    finally:
        for worker in workers:
            worker.communicate()
    return shares[0], shares[1] - shares[0]


def _wait_until_ready(worker: subprocess.Popen[str]) -> None:
    assert worker.stdout is not None
    if worker.stdout.readline() != "ready\n":
        raise RuntimeError("the worker did not start; what it wrote stands above")
