"""How many marks change by how much, as numbers for a template: whole units of an SVG's viewBox."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from prova.teaching.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Bar, Frame, Tick, nice_ticks

STEP = 10  #: percentage points
_EACH_SIDE = 100 // STEP


@dataclass(frozen=True, kw_only=True)
class ShiftBar(Bar):
    from_points: int  #: percentage points; equal to `to_points` for what stays as it is
    to_points: int

    @property
    def tone(self) -> str:
        if self.from_points == self.to_points:
            return "same"
        return "up" if self.to_points > 0 else "down"


@dataclass(frozen=True, kw_only=True)
class ShiftChart(Frame):
    bars: tuple[ShiftBar, ...]
    x_ticks: tuple[Tick, ...]  #: percentage points
    y_ticks: tuple[Tick, ...]  #: submissions

    @property
    def filled(self) -> tuple[ShiftBar, ...]:
        return tuple(bar for bar in self.bars if bar.count)


def bin_shifts(shifts: Sequence[float]) -> tuple[int, ...]:
    """Shifts of shares, -1 to 1: ten bins for what falls, one for what stays, ten for what rises."""
    counts = [0] * (2 * _EACH_SIDE + 1)
    for value in shifts:
        # 7/10 - 6/10 is a rounding error away from a tenth.
        steps = max(1, min(_EACH_SIDE, math.ceil(abs(value) * _EACH_SIDE - 1e-9))) if value else 0
        counts[_EACH_SIDE + (steps if value > 0 else -steps)] += 1
    return tuple(counts)


def shift_chart(shifts: Sequence[float]) -> ShiftChart:
    counts = bin_shifts(shifts)
    ticks = nice_ticks(max(counts, default=0))
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x_at(index: int) -> int:
        return LEFT + round(plot_width * index / len(counts))

    def height_of(count: int) -> int:
        return round(plot_height * count / ticks[-1])

    bars = tuple(
        ShiftBar(
            x=x_at(index) + 1,
            width=x_at(index + 1) - x_at(index) - 2,
            y=TOP + plot_height - height_of(count),
            height=height_of(count),
            count=count,
            from_points=STEP * (index - _EACH_SIDE - (index > _EACH_SIDE)),
            to_points=STEP * (index - _EACH_SIDE + (index < _EACH_SIDE)),
        )
        for index, count in enumerate(counts)
    )
    return ShiftChart(
        bars=bars,
        x_ticks=tuple(
            Tick(at=bars[_EACH_SIDE + steps].middle, value=STEP * steps) for steps in (-10, -5, 0, 5, 10)
        ),
        y_ticks=tuple(
            Tick(at=TOP + plot_height - round(plot_height * value / ticks[-1]), value=value)
            for value in ticks
        ),
    )
