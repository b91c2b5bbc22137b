"""Results in two numbers, and the frontier that none of them passes."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.assignments.drawings.axis import Axis, Tick, line_through

WIDTH, HEIGHT = 400, 270
LEFT, RIGHT, TOP, BOTTOM = 50, 388, 14, 224


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One result; `label` is drawn beside it."""

    x: float
    low: float
    high: float
    y: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class DrawnSpot:
    x: str
    y: str
    label_x: str
    label_y: str
    low_x: str
    high_x: str
    has_band: bool
    label: str
    diamond: str  #: path around it


@dataclass(frozen=True, kw_only=True)
class FrontierDrawing:
    others: tuple[DrawnSpot, ...]
    mine: tuple[DrawnSpot, ...]
    baselines: tuple[DrawnSpot, ...]
    frontier: str  #: path
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    middle_x: int = (LEFT + RIGHT) // 2
    middle_y: int = (TOP + BOTTOM) // 2


def draw_frontier(
    others: Sequence[Spot],
    mine: Sequence[Spot],
    baselines: Sequence[Spot],
    frontier: Sequence[tuple[float, float]],
    *,
    rises: bool,
    against_rises: bool,
    language: str,
) -> FrontierDrawing:
    """`frontier`: as `ranking.frontier` gives it, of at least one result."""
    spots = [*others, *mine, *baselines]
    across = Axis.over((end for spot in spots for end in (spot.low, spot.high)), LEFT, RIGHT, margin=0.08)
    up = Axis.over((spot.y for spot in spots), BOTTOM, TOP, margin=0.12)
    return FrontierDrawing(
        others=tuple(_drawn(spot, across, up) for spot in others),
        mine=tuple(_drawn(spot, across, up) for spot in mine),
        baselines=tuple(_drawn(spot, across, up) for spot in baselines),
        frontier=_staircase(frontier, across, up, rises, against_rises),
        x_ticks=across.ticks(language),
        y_ticks=up.ticks(language, most=5),
    )


def _staircase(
    frontier: Sequence[tuple[float, float]], across: Axis, up: Axis, rises: bool, against_rises: bool
) -> str:
    """Around everything that some point of the frontier is at least as good as."""
    worst_x = across.low if rises else across.high
    worst_y = up.low if against_rises else up.high
    corners = [(frontier[0][0], worst_y)]
    for x, y in frontier:
        corners += [(x, corners[-1][1]), (x, y)]
    corners.append((worst_x, frontier[-1][1]))
    return line_through((across.at(x), up.at(y)) for x, y in corners)


def _drawn(spot: Spot, across: Axis, up: Axis) -> DrawnSpot:
    x, y, size = across.at(spot.x), up.at(spot.y), 6
    around = ((x - size, y), (x, y - size), (x + size, y), (x, y + size), (x - size, y))
    return DrawnSpot(
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        label_x=f"{x + 9:.1f}",
        label_y=f"{y - 7:.1f}",
        low_x=f"{across.at(spot.low):.1f}",
        high_x=f"{across.at(spot.high):.1f}",
        has_band=spot.low < spot.high,
        label=spot.label,
        diamond=line_through(around),
    )
