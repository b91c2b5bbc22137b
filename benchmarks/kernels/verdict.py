"""From seconds to a line of the table. Nothing here measures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from benchmarks.kernels.goals import Goal
from benchmarks.kernels.timing import Seconds


@dataclass(frozen=True)
class Ratios:
    best_peer: str
    of_medians: float
    of_minima: float

    @property
    def surest(self) -> float:
        return min(self.of_medians, self.of_minima)


@dataclass(frozen=True)
class Row:
    name: str
    size: str
    tier: str
    best_peer: str | None
    ratio: float | None  #: of medians, to the best peer that counts
    limit_fraction: float | None
    gate: float | None
    moonshot: float | None
    verdict: str
    ratio_of_minima: float | None
    ours_us: float
    shown: dict[str, float]  #: ratios of medians to the peers that do not count
    note: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def ratios(ours: Seconds, peers: Mapping[str, Seconds]) -> Ratios:
    """To the peer with the least median, and to the least time of any of them."""
    best = min(peers, key=lambda name: peers[name].median)
    fastest_s = min(seconds.least for seconds in peers.values())
    return Ratios(best, peers[best].median / ours.median, fastest_s / ours.least)


def verdict(goal: Goal | None, found: Ratios | None, condition: bool = True) -> str:
    """`skipped` where the tier has no goal or no peer that counts is installed."""
    if goal is None or found is None:
        return "skipped"
    return "pass" if condition and found.surest >= goal.gate else "fail"


def limit_fraction(ours: Seconds, limits: Mapping[str, Seconds]) -> float | None:
    """1 where the kernel is as fast as the fastest loop that does nothing but the unavoidable."""
    if not limits:
        return None
    return min(seconds.least for seconds in limits.values()) / ours.least
