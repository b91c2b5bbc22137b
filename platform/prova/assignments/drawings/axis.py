"""From numbers to places in a drawing, in units of its view box."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from grader.messages import number

#: what floating-point numbers have room for around an axis, and between two of its ticks
_FARTHEST, _SMALLEST, _SMALLEST_SHARE = 1e300, 1e-290, 1e-12


@dataclass(frozen=True)
class Tick:
    at: int
    label: str  #: in the page's number format


@dataclass(frozen=True)
class Axis:
    """`low` is drawn at `start`, `high` at `end`; end may be the smaller one, as heights in an SVG grow downwards."""

    low: float
    high: float
    start: int
    end: int

    @classmethod
    def over(cls, values: Iterable[float], start: int, end: int, margin: float = 0.0) -> "Axis":
        """Room for all values, and `margin` of their width on both sides; never of no width."""
        found = [min(max(value, -_FARTHEST), _FARTHEST) for value in values]
        low, high = min(found), max(found)
        size = max(abs(low), abs(high))
        if high - low <= size * _SMALLEST_SHARE or high - low < _SMALLEST:  # ticks could not be told apart
            room = size * 0.1 if size > _SMALLEST else 1.0
        else:
            room = (high - low) * margin
        return cls(low - room, high + room, start, end)

    def at(self, value: float) -> float:
        """What lies beyond an end is drawn at it."""
        value = min(max(value, self.low), self.high)
        place = self.start + (self.end - self.start) * ((value - self.low) / (self.high - self.low))
        return round(place, 1)

    def ticks(self, language: str, most: int = 6, *, whole: bool = False) -> tuple[Tick, ...]:
        """whole: of counts, which have no halves."""
        step = _nice_step((self.high - self.low) / most)
        step = max(step, 1.0) if whole else step
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple(
            Tick(round(self.at(i * step)), number(i * step, language)) for i in range(first, last + 1)
        )


def _nice_step(width: float) -> float:
    """The next of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width * (1 - 1e-9))


def line_through(points: Iterable[tuple[float, float]]) -> str:
    """The `d` of an SVG path, with a point as the decimal sign in every language."""
    return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
