"""Who uses the processors: seconds of each part of the site and of the students, as the kernel counts them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prova.embedded.processes import parents

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sample:
    at: float  #: seconds, of time.monotonic()
    parts: Mapping[str, float]  #: seconds of processor time since each part began
    machine: float  #: of everything that runs here, since the machine began


def sample(at: float, roots: Mapping[str, int]) -> Sample:
    """`roots`: by part, the process that it and its children descend from. The one that asks is `students`."""
    tree = parents()
    parts = {name: sum(_spent(pid) for pid in _below(pid, tree)) for name, pid in roots.items()}
    own = os.times()
    return Sample(at, {**parts, "students": own.user + own.system}, _machine())


@dataclass(frozen=True)
class Use:
    """Shares of all processors during some time, 0 to 1."""

    parts: Mapping[str, float]
    others: float  #: programs that are no part of the exam
    seconds: Mapping[str, float]  #: of processor time

    def __str__(self) -> str:
        shares = {**self.parts, "others": self.others}
        named = ", ".join(
            f"{name} {share:.0%}"
            for name, share in sorted(shares.items(), key=lambda each: -each[1])
            if share >= 0.01
        )
        return f"processors {sum(shares.values()):.0%} busy: {named}"


def use(before: Sample, after: Sample) -> Use:
    """Pure. What a part spent before it was killed is missing from its second sample; then it counts from its restart."""
    spent = {
        name: seconds - before.parts.get(name, 0.0) if seconds >= before.parts.get(name, 0.0) else seconds
        for name, seconds in after.parts.items()
    }
    available = max(1e-9, (after.at - before.at) * (os.cpu_count() or 1))
    others = max(0.0, after.machine - before.machine - sum(spent.values()))
    return Use({name: seconds / available for name, seconds in spent.items()}, others / available, spent)


def _below(root: int, tree: Mapping[int, int]) -> set[int]:
    found, generation = {root}, {root}
    while generation:
        generation = {pid for pid, parent in tree.items() if parent in generation} - found
        found |= generation
    return found


def _spent(pid: int) -> float:
    """Its own and that of the children it has collected."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS


def _machine() -> float:
    user, nice, system, _idle, _waiting, irq, softirq, *_ = (
        Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    )
    return sum(int(ticks) for ticks in (user, nice, system, irq, softirq)) / _TICKS
