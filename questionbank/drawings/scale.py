"""From numbers to places in a drawing and back, in units of its view box."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from questionbank.rendering.numbers import format_number


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Scale:
    """`low` lies at `start`, `high` at `end`; end may be the smaller one, as heights in an SVG grow downwards."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False
    #: Counts and numbered things: a learner's coordinate is rounded to a whole number.
    is_whole: bool = False

    @classmethod
    def over(
        cls, values: Iterable[float], start: float, end: float, *, margin: float = 0.0, is_log: bool = False
    ) -> Scale:
        """Room for all values and `margin` of their width on both sides; never of no width."""
        values = list(values)
        if is_log:
            low = 10.0 ** math.floor(math.log10(min(values)))
            high = 10.0 ** math.ceil(math.log10(max(values)))
            return cls(low, high if high > low else low * 10, start, end, is_log=True)
        low, high = min(values), max(values)
        room = (high - low) * margin if high > low else abs(low) * 0.1 or 1.0
        return cls(low - room, high + room, start, end)

    def at(self, value: float) -> float:
        """What lies beyond an end is drawn at it."""
        value = min(max(value, self.low), self.high)
        return self.start + (self.end - self.start) * self._share(value)

    def value(self, at: float) -> float:
        share = (at - self.start) / (self.end - self.start)
        if self.is_log:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def is_numbered(self) -> bool:
        """Of bars, rows and columns: each takes the place from half a number below it to half a number above."""
        return self.is_whole and self.low == 0.5

    @property
    def decimals(self) -> int:
        """So many tell neighbouring places of the drawing apart."""
        if self.is_whole or self.is_log:
            return 0
        step = (self.high - self.low) / abs(self.end - self.start)
        return min(max(0, math.ceil(-math.log10(step))), 9)

    def ticks(self, language: str, most: int = 6) -> tuple[Tick, ...]:
        if self.is_log:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            every = math.ceil(len(powers) / (most + 1))
            values = [10.0**power for power in powers[::every]]
        else:
            step = _nice_step((self.high - self.low) / most)
            step = max(step, 1.0) if self.is_whole else step
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            values = [round(i * step, 12) for i in range(first, last + 1)]
        return tuple(Tick(self.at(value), format_number(value, language)) for value in values)

    def _share(self, value: float) -> float:
        if self.is_log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def _nice_step(width: float) -> float:
    """The next of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width * (1 - 1e-9))
