"""What is to be marked on a picture, and where."""

from __future__ import annotations

from typing import Any

from questionbank.formats.fields import Fields
from questionbank.formats.option_fields import named_texts
from questionbank.formats.type_format import Neutral, TypeFormat
from questionbank.items.hotspot import Hotspot
from questionbank.items.hotspot_areas import LEAST_CORNERS, NUMBERS, SHAPES
from questionbank.items.hotspot_parsing import MOST_POINTS
from questionbank.pictures import HotspotDefinition, RegionDefinition
from questionbank.rendering.placeholders import PLACEHOLDER


def _read(fields: Fields) -> dict[str, Any]:
    inner = fields.sub("hotspot")
    inner.only({"picture", "points", "regions"})
    picture = inner.word("picture")
    declared = fields.values.get("images")
    if picture and (not isinstance(declared, dict) or picture not in declared):
        inner.problem(f"“{picture}” is not among “images”; declare it", "picture")
    regions = tuple(_region(each) for each in inner.members("regions"))
    ids = [region.id for region in regions]
    if len(set(ids)) < len(ids):
        inner.problem("two regions have one id; every region needs an id of its own", "regions")
    right = sum(region.correct for region in regions)
    if not right:
        inner.problem("no region is marked correct; mark every right one", "regions")
    points = inner.whole("points", max(right, 1), 1, MOST_POINTS)
    rule = fields.choice("scoring", Hotspot.rules, default=Hotspot.rules[0])
    if points > right and rule == "every_decision":
        inner.problem(f"{points} points for {right} right regions: spare ones are free guesses", "points")
    return {"hotspot": HotspotDefinition(picture, regions, points), "scoring": rule}


def _region(fields: Fields) -> RegionDefinition:
    shapes = [shape for shape in SHAPES if shape in fields.values]
    fields.only({"id", "correct", *SHAPES})
    name, correct = fields.word("id"), fields.flag("correct")
    if len(shapes) != 1:
        fields.problem(f"write one of {', '.join(SHAPES)}")
        return RegionDefinition(name, "rectangle", (0, 0, 0, 0), correct)
    shape = shapes[0]
    return RegionDefinition(name, shape, _numbers(fields, shape), correct)


def _numbers(fields: Fields, shape: str) -> tuple[float | str, ...]:
    written = fields.values[shape]
    written = written if isinstance(written, list) else [written]
    if shape == "polygon":
        if not all(isinstance(corner, list) and len(corner) == 2 for corner in written):
            fields.problem("a polygon is a list of corners: [[x, y], …]", shape)
            return (0, 0) * LEAST_CORNERS
        written = [number for corner in written for number in corner]
        wanted = max(2 * LEAST_CORNERS, len(written))
    else:
        wanted = NUMBERS[shape]
    if len(written) != wanted or not all(_is_number(each) for each in written):
        fields.problem(f"a {shape} has {wanted} numbers, or [[names]] of what the generator draws", shape)
        return (0,) * wanted
    return tuple(written)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return PLACEHOLDER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _texts(fields: Fields, neutral: Neutral) -> dict[str, Any]:
    return named_texts(fields, "regions", (region.id for region in neutral["hotspot"].regions))


HOTSPOT = TypeFormat(frozenset({"hotspot", "scoring"}), _read, _texts)
