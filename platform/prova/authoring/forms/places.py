"""Which field of the form shows a place of the mapping, as the reader and the rules name places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prova.authoring.forms.content import mapping, members
from questionbank.items.hotspot_areas import SHAPES

_INNER = {"gaps": "choices", "rubric": "levels"}


def field_of(place: Sequence[str | int], content: Mapping[str, Any]) -> str:
    """The form's field; the nearest one above it where it has none."""
    parts = [str(part) for part in place]
    if not parts:
        return ""
    if parts[0] in ("objective", "convention") and len(parts) > 1:
        return f"texts.{parts[1]}.{parts[0]}"
    if parts[0] == "texts" and len(parts) > 2:
        return ".".join([*parts[:2], *_in_text(parts[2:], content)])
    return ".".join(_neutral(parts, content))


def _neutral(parts: list[str], content: Mapping[str, Any]) -> list[str]:
    first, rest = parts[0], parts[1:]
    if first == "key" and rest[:1] == ["tolerance"]:
        return rest
    if first == "slips" and rest:
        return ["slips", _number(content, "slips", rest[0]), "value"]
    if first == "choices" and rest:
        return ["choices", rest[0], "id"]
    if first == "images" and rest:
        return ["images", _number(content, "images", rest[0]), *rest[1:]]
    if first == "hotspot" and rest[:1] == ["regions"]:
        inner = ["at" if part in SHAPES else part for part in rest[1:3]]
        return ["regions", *inner]
    if first == "units" and rest[:1] == ["factors"] and len(rest) > 1:
        names = list(mapping(mapping(content.get("units")).get("factors")))
        return ["units", _index(names, rest[1]), "factor"]
    if first == "parameters" and len(rest) > 1:
        return _declared(rest, mapping(content.get("parameters")))
    return parts


def _declared(rest: list[str], declared: Mapping[str, Any]) -> list[str]:
    names = {kind: list(mapping(declared.get(kind))) for kind in ("draw", "compute", "slips", "options")}
    kind, name = rest[:2]
    if kind == "draw":
        return ["draw", _index(names["draw"], name), "from"]
    if kind == "compute":
        return ["compute", _index(names["compute"], name), "formula"]
    if kind in ("slips", "options"):
        before = 0 if kind == "slips" else len(names["slips"])
        found = _index(names[kind], name)
        return ["values", str(int(found) + before) if found.isdigit() else found, "formula"]
    return ["parameters", *rest]


def _in_text(parts: list[str], content: Mapping[str, Any]) -> list[str]:
    """Texts of rows are named by the row's id in the mapping, by its number in the form."""
    kind, rest = parts[0], parts[1:]
    if not rest:
        return parts
    if content.get("type") == "short_answer" and kind in ("answers", "slips"):
        row = next((each for each in ("answers", "slips") if rest[0] in _ids(content, each)), kind)
        return [row, _number(content, row, rest[0]), "wordings" if kind == "answers" else "told"]
    number = _number(content, kind, rest[0])
    if kind in _INNER and len(rest) > 2 and rest[1] == _INNER[kind]:
        holder = next((each for each in members(content.get(kind)) if each.get("id") == rest[0]), {})
        return [kind, number, rest[1], _index(_names(holder.get(rest[1])), rest[2])]
    if kind in ("options", "images", "gaps", "rubric"):
        return [kind, number, *rest[1:]]
    return [kind, number]


def _number(content: Mapping[str, Any], kind: str, name: str) -> str:
    return _index(_ids(content, kind), name)


def _ids(content: Mapping[str, Any], kind: str) -> list[str]:
    if kind == "regions":
        return _names(mapping(content.get("hotspot")).get("regions"))
    return _names(content.get(kind))


def _names(rows: Any) -> list[str]:
    if isinstance(rows, Mapping):
        return [str(name) for name in rows]
    rows = rows if isinstance(rows, list) else []
    return [str(each.get("id")) if isinstance(each, Mapping) else str(each) for each in rows]


def _index(names: list[str], name: str) -> str:
    """The number of the row; the name itself where it is a number already, or none of them."""
    return str(names.index(name)) if name in names else name
