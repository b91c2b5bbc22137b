"""From a measured value to a share of the points: piecewise linear, monotone, given as data."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.metric import Metric

Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Curve:
    """Corners (value, share), by ascending value; straight between them, level beyond the outer ones.

    Shares go from 0 to 1 or from 1 to 0 and never turn back: better is never worth less.
    ValueError: the author's turn.
    """

    knots: Knots

    def __post_init__(self) -> None:
        values, shares = [value for value, _ in self.knots], [share for _, share in self.knots]
        if len(self.knots) < 2:
            raise ValueError("a curve needs at least two corners (value, share)")
        if not all(math.isfinite(number) for number in (*values, *shares)):
            raise ValueError("the numbers of a curve are finite")
        if any(a >= b for a, b in pairwise(values)):
            raise ValueError("the values of a curve ascend, each larger than the one before")
        if shares not in (sorted(shares), sorted(shares, reverse=True)):
            raise ValueError("the shares of a curve only rise or only fall")
        if {shares[0], shares[-1]} != {0.0, 1.0}:
            raise ValueError("the shares of a curve go from 0 to 1 or from 1 to 0")

    @classmethod
    def parse(cls, corners: object) -> "Curve":
        """From plain data, as an author wrote it: [[2, 0], [8, 1]]. ValueError: not a curve."""
        if not isinstance(corners, Sequence) or isinstance(corners, str):
            raise ValueError("a curve is a list of corners (value, share)")
        return cls(tuple(_corner(corner) for corner in corners))

    @property
    def rises(self) -> bool:
        """More is better."""
        return self.knots[-1][1] == 1.0

    @property
    def full_from(self) -> float:
        """The least good value that earns all points."""
        full = [value for value, share in self.knots if share == 1.0]
        return full[0] if self.rises else full[-1]

    def share(self, value: float) -> float:
        """0 ... 1; of what is not a number: 0."""
        if math.isnan(value):
            return 0.0
        right = bisect_right([corner for corner, _ in self.knots], value)
        if right in (0, len(self.knots)):
            return self.knots[0 if right == 0 else -1][1]
        (x0, y0), (x1, y1) = self.knots[right - 1 : right + 1]
        part = (value - x0) / (x1 - x0)
        return min(max(y0 + part * (y1 - y0), min(y0, y1)), max(y0, y1))  # rounding stays between the corners

    def share_of(self, metric: Metric) -> float:
        """At the better end of its band: what is not known for sure never costs the learner points."""
        return max(self.share(metric.low), self.share(metric.high))

    def decides(self, metric: Metric) -> bool:
        """The whole band is worth the same."""
        return self.share(metric.low) == self.share(metric.high)


def _corner(corner: object) -> tuple[float, float]:
    match corner:
        case (int() | float() as value, int() | float() as share) if not isinstance(value, bool):
            return float(value), float(share)
    raise ValueError(f"{corner!r} is not a corner (value, share)")
