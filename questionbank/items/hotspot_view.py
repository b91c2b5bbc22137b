"""From points and regions to what pages show of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import ascii_uppercase
from typing import TYPE_CHECKING

from questionbank.definition import QuestionText
from questionbank.drawings import Frame, svg
from questionbank.drawings.scale import Scale
from questionbank.images.words import word
from questionbank.items.hotspot_areas import Area
from questionbank.items.hotspot_pages import (
    HotspotFeedback,
    PointFeedback,
    PresentedHotspot,
    PresentedPoint,
    RegionFeedback,
)
from questionbank.items.hotspot_parsing import Point
from questionbank.items.number_parsing import typed

if TYPE_CHECKING:
    from questionbank.items.hotspot import Hotspot


def presented(item: Hotspot, points: Sequence[Point], text: QuestionText, language: str) -> PresentedHotspot:
    image, pictures = item.spots.picture, item.pictures(language)
    frame = item.frame_in(language)
    written = text.images.get(image)
    is_drawn = any(each.id == image and each.drawing is not None for each in item.question.images)
    return PresentedHotspot(
        picture_html=pictures.phrase(image, ""),
        numbers_html=pictures.numbers(image),
        view_box=f"0 0 {frame.width:g} {frame.height:g}",
        frame=json.dumps({"x": _axis(frame.across), "y": _axis(frame.up)}),
        x_name=_axis_name(written.x if written else "", "x", frame.across, language)
        if is_drawn
        else word("left", language),
        y_name=_axis_name(written.y if written else "", "y", frame.up, language)
        if is_drawn
        else word("top", language),
        points=tuple(_presented_points(frame, points, item.spots.points, language)),
    )


def _axis_name(written: str, bare: str, scale: Scale, language: str) -> str:
    """What a learner writes: a quantity, or the number of a bar, row or column."""
    name = escape(written or bare)
    return f"{name} ({word('counted', language)})" if scale.is_numbered else name


def _axis(scale: Scale) -> dict[str, float | int | bool]:
    return {**vars(scale), "decimals": scale.decimals}


def _presented_points(
    frame: Frame, points: Sequence[Point], most: int, language: str
) -> Iterator[PresentedPoint]:
    by_number = {point.number: point for point in points}
    for number in range(1, most + 1):
        point = by_number.get(number)
        if point is None:
            yield PresentedPoint(number)
        else:
            left, top = frame.place(point.x, point.y)
            x_text, y_text = _typed(frame, point, language)
            yield PresentedPoint(number, x_text, y_text, f"{left:.1f}", f"{top:.1f}")


def point_in(frame: Frame, area: Area, number: int) -> Point:
    """A place in the region that needs no more decimals than the picture shows."""
    left, top = area.inner
    x, y = _rounded(frame.across, frame.across.value(left)), _rounded(frame.up, frame.up.value(top))
    return Point(number, x, y)


def _rounded(scale: Scale, value: float) -> float:
    value = float(f"{value:.3g}") if scale.is_log else round(value, scale.decimals)
    return min(max(value, scale.low), scale.high)


def typed_places(frame: Frame, points: Iterable[Point], language: str) -> list[tuple[int, str, str]]:
    return [(point.number, *_typed(frame, point, language)) for point in points]


def _typed(frame: Frame, point: Point, language: str) -> tuple[str, str]:
    """As numbers that can be typed; reading them gives the same places."""
    return _number(point.x, language), _number(point.y, language)


def _number(value: float, language: str) -> str:
    """All the digits it has, up to nine decimals."""
    decimals = next((places for places in range(9) if round(value, places) == value), 9)
    return typed(value, language, decimals)


def places_html(frame: Frame, points: Sequence[Point], language: str) -> str:
    return "; ".join(escape(_place(frame, point, language)) for point in points)


def _place(frame: Frame, point: Point, language: str) -> str:
    x, y = _typed(frame, point, language)
    return f"({x}; {y})"


def told(item: Hotspot, points: Sequence[Point], text: QuestionText, language: str) -> HotspotFeedback:
    hits = item.hits(points)
    right = [area for area in item.areas if area.correct]
    letters = dict(zip((area.region for area in right), ascii_uppercase, strict=False))
    counted = _counted(hits)
    frame = item.frame_in(language)
    return HotspotFeedback(
        picture_html=item.pictures(language).phrase(item.spots.picture, ""),
        marks_html=_marks(frame, item, points, counted, letters),
        points=tuple(
            PointFeedback(
                number=point.number,
                place=_place(frame, point, language),
                verdict="right" if counts else "wrong",
                message_html=item.message(hit.region, text, language) if hit else "",
            )
            for point, hit, counts in zip(points, hits, counted, strict=True)
        ),
        regions=tuple(
            RegionFeedback(
                letter=letters[area.region],
                place=_place(item.frame, point_in(item.frame, area, 1), language),
                explanation_html=item.message(area.region, text, language),
                is_found=area in hits,
            )
            for area in right
        ),
    )


def _counted(hits: Sequence[Area | None]) -> list[bool]:
    """Whether each point lies in a right region that no point before it took."""
    return [
        hit is not None and hit.correct and hit not in hits[:position] for position, hit in enumerate(hits)
    ]


def _marks(
    frame: Frame,
    item: Hotspot,
    points: Sequence[Point],
    counted: Sequence[bool],
    letters: dict[str, str],
) -> str:
    """Regions are outlines with a letter, points are numbered discs: a tick or a cross beside each says how it is."""
    parts = []
    for area in item.areas_in(frame):
        if area.correct:
            parts.append(_outline(area))
            parts.append(svg.text(letters[area.region], *_beside_the_points(area), "hotspot__letter"))
    for point, counts in zip(points, counted, strict=True):
        x, y = frame.place(point.x, point.y)
        parts.append(svg.element("circle", cx=x, cy=y, r=9, class_="hotspot__disc"))
        parts.append(svg.text(str(point.number), x, y + 4, "hotspot__number"))
        kind = "right" if counts else "wrong"
        parts.append(svg.text("✓" if counts else "✗", x + 15, y + 5, f"hotspot__sign hotspot__sign--{kind}"))
    return _over(frame, parts)


def _over(frame: Frame, parts: Iterable[str]) -> str:
    return svg.element(
        "svg",
        "".join(parts),
        class_="hotspot__marks",
        viewBox=f"0 0 {frame.width:g} {frame.height:g}",
        aria_hidden="true",
    )


def regions_html(item: Hotspot, language: str) -> str:
    """For authors: the picture with every region and its id on it, known mistakes with dashed outlines.

    Raises DrawingProblem.
    """
    frame, parts = item.frame_in(language), []
    for area in item.areas_in(frame):
        kind = "hotspot__region" if area.correct else "hotspot__region hotspot__region--mistake"
        parts.append(_outline(area, kind))
        parts.append(svg.text(area.region, *area.inner, "hotspot__name"))
    return item.pictures(language).phrase(item.spots.picture, "") + _over(frame, parts)


def _beside_the_points(area: Area) -> tuple[float, float]:
    """Where a letter hides the fewest points: high up in a tall region, else in its middle."""
    x, y = area.inner
    highest = min((corner[1] for corner in area.corners), default=y - area.radius)
    above = x, highest + 13
    return above if y - above[1] > 12 and area.holds(above) else (x, y)


def _outline(area: Area, kind: str = "hotspot__region") -> str:
    if area.corners:
        return svg.path(area.corners, kind, closed=True)
    x, y = area.middle
    return svg.element("circle", cx=x, cy=y, r=area.radius, class_=kind)
