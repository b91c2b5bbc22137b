"""Regions of a picture in units of its view box, whatever coordinates the author wrote them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from questionbank.drawings import DrawingProblem, Frame
from questionbank.drawings.numbers import drawn_value
from questionbank.pictures import RegionDefinition
from questionbank.variant import Variant

Place = tuple[float, float]
#: How many numbers each shape is written with; polygons have at least three corners.
NUMBERS = {"rectangle": 4, "circle": 3, "band": 2, "bar": 1}
SHAPES = (*NUMBERS, "polygon")
LEAST_CORNERS = 3


@dataclass(frozen=True)
class Area:
    region: str
    correct: bool
    #: Empty for a circle.
    corners: tuple[Place, ...] = ()
    middle: Place = (0.0, 0.0)
    radius: float = 0.0

    def holds(self, place: Place) -> bool:
        """The edge belongs to it."""
        x, y = place
        if not self.corners:
            return (x - self.middle[0]) ** 2 + (y - self.middle[1]) ** 2 <= (self.radius + 1e-6) ** 2
        return _is_inside(self.corners, x, y) or _is_on_edge(self.corners, x, y)

    @property
    def inner(self) -> Place:
        """A place well inside."""
        if not self.corners:
            return self.middle
        xs, ys = zip(*self.corners, strict=True)
        middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        return middle if self.holds(middle) else _inside_some_triangle(self)

    @property
    def least_side(self) -> float:
        if not self.corners:
            return 2 * self.radius
        xs, ys = zip(*self.corners, strict=True)
        return min(max(xs) - min(xs), max(ys) - min(ys))


def areas(regions: Iterable[RegionDefinition], frame: Frame, variant: Variant) -> tuple[Area, ...]:
    """Raises DrawingProblem where a region has no numbers, or lies outside the picture."""
    return tuple(_area(region, frame, variant) for region in regions)


def _area(region: RegionDefinition, frame: Frame, variant: Variant) -> Area:
    numbers = [_number(region, drawn_value(each, variant)) for each in region.at]
    if region.shape == "circle":
        x, y, radius = numbers
        middle = frame.place(x, y)
        across = abs(frame.across.at(x + radius) - middle[0])
        _refuse_outside(region, frame, [(x, y)])
        return Area(region.id, region.correct, middle=middle, radius=across)
    written = _corners(region.shape, numbers, frame)
    _refuse_outside(region, frame, written)
    return Area(region.id, region.correct, tuple(frame.place(x, y) for x, y in written))


def _corners(shape: str, numbers: list[float], frame: Frame) -> list[Place]:
    if shape == "polygon":
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    if shape == "band":
        x1, y1, x2, y2 = numbers[0], frame.up.low, numbers[1], frame.up.high
    elif shape == "bar":
        x1, y1, x2, y2 = frame.across.low, numbers[0] - 0.5, frame.across.high, numbers[0] + 0.5
    else:
        x1, y1, x2, y2 = numbers
    return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]


def _number(region: RegionDefinition, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DrawingProblem(f"region {region.id} lies at {value!r}", "write numbers")
    return float(value)


def _refuse_outside(region: RegionDefinition, frame: Frame, written: list[Place]) -> None:
    # a region may reach beyond an edge of the picture, but not lie there
    if not any(frame.across.low <= x <= frame.across.high for x, _ in written) and not _spans(
        [x for x, _ in written], frame.across.low
    ):
        raise DrawingProblem(f"region {region.id} lies beside the picture", "look at the axis")
    if not any(frame.up.low <= y <= frame.up.high for _, y in written) and not _spans(
        [y for _, y in written], frame.up.low
    ):
        raise DrawingProblem(f"region {region.id} lies above or below the picture", "look at the axis")


def _spans(values: list[float], end: float) -> bool:
    return min(values) <= end <= max(values)


def _is_inside(corners: tuple[Place, ...], x: float, y: float) -> bool:
    """Whether a ray to the right crosses the edges an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise((*corners, corners[0])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _is_on_edge(corners: tuple[Place, ...], x: float, y: float) -> bool:
    for (x1, y1), (x2, y2) in pairwise((*corners, corners[0])):
        across, along = x2 - x1, y2 - y1
        length = across**2 + along**2
        share = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * across + (y - y1) * along) / length))
        if (x1 + share * across - x) ** 2 + (y1 + share * along - y) ** 2 <= 1e-6:
            return True
    return False


def _inside_some_triangle(area: Area) -> Place:
    """The middle of three neighbouring corners that lies inside: every polygon has such an ear."""
    corners = area.corners
    for a, b, c in zip(corners, corners[1:] + corners[:1], corners[2:] + corners[:2], strict=True):
        middle = (a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3
        if area.holds(middle):
            return middle
    return corners[0]
