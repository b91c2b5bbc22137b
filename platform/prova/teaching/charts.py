"""Charts as numbers for a template: whole units of an SVG's viewBox, since a template prints 12.5 as 12,5 in Portuguese."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.teaching.figures import bin_counts

WIDTH, HEIGHT = 440, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 22, 46  #: around the plot: room for the axes' labels


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The room of a chart and of the plot in it."""

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def middle_x(self) -> int:
        return (self.left + self.right) // 2

    @property
    def middle_y(self) -> int:
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    count: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def label_y(self) -> int:
        return self.y - 5


@dataclass(frozen=True, kw_only=True)
class ScoreBar(Bar):
    from_percent: int
    to_percent: int


@dataclass(frozen=True, kw_only=True)
class Tick:
    at: int  #: along its axis
    value: int


@dataclass(frozen=True, kw_only=True)
class Histogram(Frame):
    """How many learners scored how many percent."""

    bars: tuple[ScoreBar, ...]
    x_ticks: tuple[Tick, ...]  #: percent
    y_ticks: tuple[Tick, ...]  #: learners
    median_x: int | None


def histogram(shares: Sequence[float], *, median: float | None = None, bins: int = 10) -> Histogram:
    counts = bin_counts(shares, bins)
    ticks = nice_ticks(max(counts, default=0))
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    top_value = ticks[-1]

    def x_at(share: float) -> int:
        return LEFT + round(plot_width * share)

    def y_at(count: int) -> int:
        return TOP + plot_height - round(plot_height * count / top_value)

    bars = tuple(
        ScoreBar(
            x=x_at(index / bins) + 1,
            width=x_at((index + 1) / bins) - x_at(index / bins) - 2,
            y=y_at(count),
            height=TOP + plot_height - y_at(count),
            count=count,
            from_percent=round(100 * index / bins),
            to_percent=round(100 * (index + 1) / bins),
        )
        for index, count in enumerate(counts)
    )
    return Histogram(
        bars=bars,
        x_ticks=tuple(Tick(at=x_at(percent / 100), value=percent) for percent in range(0, 101, 20)),
        y_ticks=tuple(Tick(at=y_at(value), value=value) for value in ticks),
        median_x=None if median is None else x_at(median),
    )


def nice_ticks(highest: int, *, at_most: int = 5) -> tuple[int, ...]:
    """Whole numbers from 0 in equal steps of 1, 2 or 5 times a power of ten; the last is at least `highest` and 1."""
    step, power = 1, 1
    while step * (at_most - 1) < highest:
        step = {1: 2, 2: 5, 5: 10}[step // power] * power
        if step == 10 * power:
            power = step
    steps = max(1, -(-highest // step))
    return tuple(step * index for index in range(steps + 1))
