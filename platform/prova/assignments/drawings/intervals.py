"""Results in one number, one line each: the value and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.assignments.drawings.axis import Axis, Tick

WIDTH = 400
LEFT, RIGHT, TOP = 56, 388, 20
ROW_HEIGHT, BELOW = 22, 44


@dataclass(frozen=True, kw_only=True)
class Interval:
    value: float
    low: float
    high: float
    label: str  #: at the left end of its line
    is_mine: bool = False


@dataclass(frozen=True, kw_only=True)
class DrawnInterval:
    y: int
    text_y: int
    x: str
    low_x: str
    high_x: str
    has_band: bool
    label: str
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A known method: a line across all rows."""

    x: str
    label: str


@dataclass(frozen=True, kw_only=True)
class IntervalsDrawing:
    rows: tuple[DrawnInterval, ...]
    marks: tuple[Mark, ...]
    x_ticks: tuple[Tick, ...]
    height: int
    bottom: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    middle_x: int = (LEFT + RIGHT) // 2

    @property
    def has_mine(self) -> bool:
        return any(row.is_mine for row in self.rows)


def draw_intervals(
    intervals: Sequence[Interval], marks: Sequence[tuple[float, str]], language: str
) -> IntervalsDrawing:
    """At least one interval. `marks`: (value, label) of known methods."""
    ends = [end for each in intervals for end in (each.low, each.high)]
    across = Axis.over((*ends, *(value for value, _label in marks)), LEFT, RIGHT, margin=0.06)
    bottom = TOP + ROW_HEIGHT * len(intervals)
    return IntervalsDrawing(
        rows=tuple(_drawn(each, number, across) for number, each in enumerate(intervals)),
        marks=tuple(Mark(x=f"{across.at(value):.1f}", label=label) for value, label in marks),
        x_ticks=across.ticks(language),
        bottom=bottom,
        height=bottom + BELOW,
    )


def _drawn(interval: Interval, number: int, across: Axis) -> DrawnInterval:
    y = TOP + ROW_HEIGHT * number + ROW_HEIGHT // 2
    return DrawnInterval(
        y=y,
        text_y=y + 4,
        x=f"{across.at(interval.value):.1f}",
        low_x=f"{across.at(interval.low):.1f}",
        high_x=f"{across.at(interval.high):.1f}",
        has_band=interval.low < interval.high,
        label=interval.label,
        is_mine=interval.is_mine,
    )
