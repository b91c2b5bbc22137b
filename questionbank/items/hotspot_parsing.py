"""Points as form fields: two numbers each, named `x1`, `y1`, `x2` and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from questionbank.drawings import Frame
from questionbank.items.number_parsing import NumberProblem, parse_number, typed
from questionbank.items.outcome import ParseProblem

_NAMED = re.compile(r"([xy])([1-9]\d?)=(.*)", re.S)
MOST_POINTS = 12


@dataclass(frozen=True)
class Point:
    number: int
    x: float
    y: float


def typed_points(raw: Sequence[str]) -> dict[int, tuple[str, str]]:
    """By number; what is no such field is left out."""
    found: dict[int, tuple[str, str]] = {}
    for text in raw:
        named = _NAMED.fullmatch(text)
        if named and named[3].strip():
            x, y = found.get(int(named[2]), ("", ""))
            value = named[3].strip()
            found[int(named[2])] = (value, y) if named[1] == "x" else (x, value)
    return dict(sorted(found.items()))


def parse_points(raw: Sequence[str], most: int, frame: Frame, language: str) -> list[Point] | ParseProblem:
    if any(text.strip() and not _NAMED.fullmatch(text) for text in raw):
        return ParseProblem("hotspot.unknown_field")
    points = []
    for number, (x_text, y_text) in typed_points(raw).items():
        if number > most:
            return ParseProblem("hotspot.unknown_field")
        point = _point(number, x_text, y_text, frame, language)
        if isinstance(point, ParseProblem):
            return point
        points.append(point)
    return points


def _point(number: int, x_text: str, y_text: str, frame: Frame, language: str) -> Point | ParseProblem:
    if not (x_text and y_text):
        return ParseProblem("hotspot.half_point", {"number": str(number)})
    values = []
    for text, scale in ((x_text, frame.across), (y_text, frame.up)):
        parsed = parse_number(text, language, "")
        if isinstance(parsed, NumberProblem):
            return ParseProblem(parsed.message, {"found": parsed.found, "unit": ""})
        value = parsed.value if parsed else 0.0
        if not scale.holds(value):
            ends = typed(scale.low, language, scale.decimals), typed(scale.high, language, scale.decimals)
            return ParseProblem("hotspot.outside", {"found": text, "low": ends[0], "high": ends[1]})
        values.append(value)
    return Point(number, values[0], values[1])
