"""Places on a leaderboard of numbers that are not all sure. Pure.

One's place is one more than how many are certainly better: whose whole band lies on the better side of one's own. So who
cannot be told apart from the first shares the first place, exact numbers rank as usual (1, 2, 2, 4), and whoever is
certainly better than somebody stands above them. A chain of overlaps is not one large tie: who overlaps with the second
only may be third.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Whose = TypeVar("Whose")


@dataclass(frozen=True, kw_only=True)
class Entry(Generic[Whose]):
    whose: Whose
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Place(Generic[Whose]):
    entry: Entry[Whose]
    rank: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is missing to the next better place."""

    amount: float  #: by which the number has to improve, at least: then that place is shared
    to_rank: int


def places(entries: Iterable[Entry[Whose]], *, rises: bool) -> list[Place[Whose]]:
    """Best first; what has the same place by its value, and then in the given order. `rises`: more is better."""
    found = list(entries)
    worse_ends = sorted(_worse_end(entry, rises) for entry in found)
    ranked = [
        Place(entry, 1 + len(found) - _count_up_to(worse_ends, _better_end(entry, rises))) for entry in found
    ]
    return sorted(ranked, key=lambda place: (place.rank, -_goodness(place.entry.value, rises)))


def next_step(ranked: Iterable[Place[Whose]], mine: Place[Whose], *, rises: bool) -> Step | None:
    """`ranked` as `places` gives them. None: nobody is certainly better."""
    better_end = _better_end(mine.entry, rises)
    above = [place for place in ranked if _worse_end(place.entry, rises) > better_end]
    if not above:
        return None
    nearest = min(above, key=lambda place: _worse_end(place.entry, rises))
    amount = _worse_end(nearest.entry, rises) - better_end
    still_above = sum(_worse_end(place.entry, rises) > better_end + amount for place in above)
    return Step(amount=amount, to_rank=1 + still_above)


def frontier(
    points: Iterable[tuple[float, float]], *, rises: bool, against_rises: bool
) -> list[tuple[float, float]]:
    """Those that nothing beats in one number without being worse in the other; by the first number, best first."""
    kept: list[tuple[float, float]] = []
    best = float("-inf")
    in_order = sorted(
        set(points), key=lambda point: (-_goodness(point[0], rises), -_goodness(point[1], against_rises))
    )
    for first, second in in_order:
        if (good := _goodness(second, against_rises)) > best:
            kept.append((first, second))
            best = good
    return kept


def _goodness(value: float, rises: bool) -> float:
    return value if rises else -value


def _worse_end(entry: Entry[Whose], rises: bool) -> float:
    return entry.low if rises else -entry.high


def _better_end(entry: Entry[Whose], rises: bool) -> float:
    return entry.high if rises else -entry.low


def _count_up_to(ascending: list[float], value: float) -> int:
    """How many are not larger. Nobody's worse end lies above their own better end, so nobody counts themselves."""
    return bisect_right(ascending, value)
