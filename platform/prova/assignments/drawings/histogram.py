"""A histogram of weights, in which a learner's mask tells kept ones from dropped ones."""

from dataclasses import dataclass

from grader.messages import number
from grader.picture import WeightHistogram
from prova.assignments.drawings.axis import Axis, Tick

WIDTH, HEIGHT = 400, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 392, 12, 196


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Row:
    low: str
    high: str
    kept: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class HistogramDrawing:
    kept: tuple[Bar, ...]  #: standing on the axis
    dropped: tuple[Bar, ...]  #: standing on them
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    cuts: tuple[str, ...]  #: where the smallest kept magnitude lies, on both sides of zero
    smallest_kept: str
    rows: tuple[Row, ...]
    left_out: int = 0
    template: str = "assignments/pictures/_weight_histogram.html"
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    middle_x: int = (LEFT + RIGHT) // 2
    middle_y: int = (TOP + BOTTOM) // 2


def draw_histogram(picture: WeightHistogram, language: str) -> HistogramDrawing:
    across = Axis.over(picture.edges, LEFT, RIGHT)
    totals = [kept + dropped for kept, dropped in zip(picture.kept, picture.dropped, strict=True)]
    up = Axis(0.0, float(max(*totals, 1)), BOTTOM, TOP)
    kept, dropped = [], []
    for index, (of_kept, of_dropped) in enumerate(zip(picture.kept, picture.dropped, strict=True)):
        x = across.at(picture.edges[index])
        width = max(across.at(picture.edges[index + 1]) - x - 1, 0.5)
        kept_height, dropped_height = _height(up, of_kept), _height(up, of_dropped)
        if of_kept:
            kept.append(_bar(x, BOTTOM - kept_height, width, kept_height))
        if of_dropped:
            dropped.append(_bar(x, BOTTOM - kept_height - dropped_height, width, dropped_height))
    smallest = picture.smallest_kept
    return HistogramDrawing(
        kept=tuple(kept),
        dropped=tuple(dropped),
        x_ticks=across.ticks(language),
        y_ticks=up.ticks(language, most=5, whole=True),
        cuts=tuple(str(across.at(value)) for value in {smallest, -smallest}) if smallest else (),
        smallest_kept=number(smallest, language) if smallest is not None else "",
        rows=_rows(picture, language),
    )


def _height(up: Axis, count: int) -> float:
    """What is there is seen, be it one weight among thousands."""
    return max(BOTTOM - up.at(count), 1.5) if count else 0.0


def _bar(x: float, y: float, width: float, height: float) -> Bar:
    return Bar(f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}")


def _rows(picture: WeightHistogram, language: str) -> tuple[Row, ...]:
    return tuple(
        Row(low=number(low, language), high=number(high, language), kept=kept, dropped=dropped)
        for low, high, kept, dropped in zip(
            picture.edges[:-1], picture.edges[1:], picture.kept, picture.dropped, strict=True
        )
        if kept or dropped
    )
