"""The points of a picture as form fields of a card."""

from collections.abc import Sequence
from dataclasses import replace

from questionbank.items import Presentation
from questionbank.items.hotspot_pages import PresentedPoint
from questionbank.items.hotspot_parsing import typed_points


def point_fields(shown: Presentation) -> list[str]:
    """Ends of the form fields' names: x1, y1, x2 and so on."""
    points = shown.hotspot.points if shown.hotspot else ()
    return [f"{axis}{point.number}" for point in points for axis in "xy"]


def typed_points_of(shown: Presentation, raw: Sequence[str]) -> list[PresentedPoint]:
    """With the numbers as they were typed, also where they could not be read."""
    typed = typed_points(raw)
    points = shown.hotspot.points if shown.hotspot else ()
    written = [(point, typed.get(point.number, ("", ""))) for point in points]
    return [replace(point, x_text=x, y_text=y) for point, (x, y) in written]
