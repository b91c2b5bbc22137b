"""The pictures of a question: files, uploaded ones, and plots drawn from numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from prova.authoring.forms.content import Content
from prova.authoring.forms.ids import ids_in
from prova.authoring.forms.parts.part import Fields, Part, Texts, filled, lines, said, wordings
from prova.authoring.forms.values import number, shown

#: Kind of drawing -> its fields, each `numbers`, `words`, `one` or `flag`. `table`: whether its numbers are shown.
DRAWINGS: dict[str, dict[str, str]] = {
    "histogram": {"edges": "numbers", "counts": "numbers", "marks": "numbers"},
    "bars": {"values": "numbers", "names": "words", "marks": "numbers", "log": "flag"},
    "curve": {"x": "numbers", "y": "numbers", "dots_only": "flag", "log_x": "flag", "log_y": "flag"},
    "staircase": {"edges": "numbers", "levels": "numbers", "identity": "flag"},
    "matrix": {"values": "numbers", "columns": "one"},
}
STORED = ("asset", "file")
KINDS = (*DRAWINGS, *STORED)
_AT_PICTURE = ("alt", "x", "y")
_BETWEEN = re.compile(r"[\s,;]+")
_DRAWN = re.compile(r"\[\[[^\[\]]+\]\]")


def _write(neutral: Content, texts: Texts) -> Fields:
    fields: Fields = {}
    for place, (name, image) in enumerate(neutral.get("images", {}).items()):
        start = f"images.{place}"
        kind = next((each for each in STORED if each in image), image.get("kind", ""))
        fields[f"{start}.id"], fields[f"{start}.kind"] = name, kind
        if kind in STORED:
            fields[f"{start}.name"] = image[kind]
        for each, codec in DRAWINGS.get(kind, {}).items():
            fields[f"{start}.{each}"] = _shown(image.get(each), codec)
        if image.get("table") is False:
            fields[f"{start}.no_table"] = "on"
        for language, text in texts.items():
            told = text.get("images", {}).get(name, {})
            at = f"texts.{language}.{start}"
            fields |= {f"{at}.{each}": shown(told.get(each)) for each in _AT_PICTURE}
            fields[f"{at}.labels"] = lines(told.get("labels", []))
    return fields


def _shown(value: Any, codec: str) -> str:
    if codec == "flag":
        return "on" if value is True else ""
    if isinstance(value, list):
        return ", ".join(shown(each) for each in value)
    return shown(value)


def _read(fields: Mapping[str, str], languages: Sequence[str]) -> tuple[Content, Texts]:
    rows = ids_in(fields, "images")
    neutral = filled({"images": {each: _image(fields, f"images.{place}") for place, each in rows.items()}})
    texts = {}
    for language in languages:
        told = {each: _text(fields, f"texts.{language}.images.{place}") for place, each in rows.items()}
        texts[language] = filled({"images": filled(told)})
    return neutral, texts


def _image(fields: Mapping[str, str], start: str) -> Content:
    kind = fields.get(f"{start}.kind", "") or "bars"
    if kind in STORED:
        return {kind: fields.get(f"{start}.name", "").strip()}
    read = {name: _value(fields.get(f"{start}.{name}", ""), codec) for name, codec in _codecs(kind)}
    table = {"table": False} if fields.get(f"{start}.no_table") else {}
    return {"kind": kind} | filled(read) | table


def _codecs(kind: str) -> list[tuple[str, str]]:
    return list(DRAWINGS.get(kind, {}).items())


def _value(typed: str, codec: str) -> Any:
    typed = typed.strip()
    if codec == "flag":
        return True if typed else None
    if codec == "one" or _DRAWN.fullmatch(typed):
        return number(typed)
    if codec == "words":
        return [each.strip() for each in typed.split(",") if each.strip()]
    return [number(each) for each in _BETWEEN.split(typed) if each]


def _text(fields: Mapping[str, str], start: str) -> Content:
    told: Content = {each: said(fields, f"{start}.{each}") for each in _AT_PICTURE}
    return filled(told | {"labels": wordings(fields.get(f"{start}.labels", ""))})


IMAGES = Part(("images",), ("images",), _write, _read)
