"""What pages show of a picture to be marked: before the answer, and once the key may be seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PresentedPoint:
    #: From 1; names the two form fields: `x1`, `y1`.
    number: int
    x_text: str = ""
    y_text: str = ""
    #: In units of the view box; empty while the point is not set.
    left: str = ""
    top: str = ""


@dataclass(frozen=True)
class PresentedHotspot:
    """Nothing in here knows where the right regions are."""

    #: The picture alone, with its alternative text.
    picture_html: str
    #: Its numbers as a table, on request; empty where there are none, or they would give the answer away.
    numbers_html: str
    view_box: str
    #: JSON: both axes, so that a script can turn a place into numbers.
    frame: str
    #: What the two numbers of a point are.
    x_name: str
    y_name: str
    points: tuple[PresentedPoint, ...]

    @property
    def is_single(self) -> bool:
        return len(self.points) == 1

    @property
    def marked(self) -> int:
        """Points that are set."""
        return sum(bool(point.left) for point in self.points)


@dataclass(frozen=True)
class PointFeedback:
    number: int
    #: “x, y” as a reader writes them.
    place: str
    #: right | wrong: it lies in a right region that no point before it took, or it does not.
    verdict: str
    #: Why the region is right, or which mistake marks this place; empty where no region is.
    message_html: str


@dataclass(frozen=True)
class RegionFeedback:
    letter: str
    place: str
    explanation_html: str
    is_found: bool


@dataclass(frozen=True)
class HotspotFeedback:
    picture_html: str
    #: An svg element over the picture: right regions with their letters, given points with their numbers.
    marks_html: str
    points: tuple[PointFeedback, ...]
    #: The right ones.
    regions: tuple[RegionFeedback, ...]
