"""What is to be marked on a picture, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, said
from prova.authoring.forms.values import number, shown
from questionbank.items.hotspot_areas import SHAPES

_BETWEEN = re.compile(r"[\s,;]+")


def _write(neutral: Content, texts: Texts) -> Fields:
    spots = dict(neutral.get("hotspot", {}))
    fields: Fields = {f"hotspot.{name}": shown(spots.get(name)) for name in ("picture", "points")}
    for place, region in enumerate(spots.get("regions", [])):
        start = f"regions.{place}"
        shape = next(name for name in SHAPES if name in region)
        fields |= {f"{start}.id": region["id"], f"{start}.shape": shape, f"{start}.at": _at(region[shape])}
        if region.get("correct") is True:
            fields[f"{start}.correct"] = "on"
        for language, text in texts.items():
            fields[f"texts.{language}.{start}"] = shown(text.get("regions", {}).get(region["id"]))
    return fields


def _at(written: Any) -> str:
    if not isinstance(written, list):
        return shown(written)
    corners = any(isinstance(each, list) for each in written)
    if corners:
        return "; ".join(", ".join(shown(number) for number in corner) for corner in written)
    return ", ".join(shown(each) for each in written)


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    rows = ids_in(fields, "regions")
    spots = filled(
        {
            "picture": said(fields, "hotspot.picture").strip(),
            "points": number(fields.get("hotspot.points", "")),
            "regions": [_region(fields, f"regions.{place}", each) for place, each in rows.items()],
        }
    )
    texts = {
        language: filled(
            {
                "regions": filled(
                    {each: said(fields, f"texts.{language}.regions.{at}") for at, each in rows.items()}
                )
            }
        )
        for language in languages
    }
    return filled({"hotspot": spots}), texts


def _region(fields: Mapping[str, str], start: str, name: str) -> Content:
    shape = fields.get(f"{start}.shape", "")
    shape = shape if shape in SHAPES else SHAPES[0]
    numbers = [number(each) for each in _BETWEEN.split(fields.get(f"{start}.at", "").strip()) if each]
    at: Any = numbers
    if shape == "polygon":
        at = [numbers[place : place + 2] for place in range(0, len(numbers), 2)]
    elif shape == "bar" and len(numbers) == 1:
        at = numbers[0]
    correct = {"correct": True} if fields.get(f"{start}.correct") else {}
    return {"id": name, shape: at} | correct


REGIONS = Part(("hotspot",), ("regions",), _write, _read)
