"""What the buttons of the editor do to a question: rows and languages come, go and change places. Pure."""

from __future__ import annotations

from typing import Any

from prova.authoring.forms.content import LANGUAGE, Content, languages_of, mapping, source_language
from prova.authoring.forms.ids import KIND, ids_of, new_id
from prova.authoring.forms.reading import from_fields
from prova.authoring.forms.writing import to_fields


def changed(content: Content, verb: str, arguments: list[str]) -> Content:
    """The content after one button; as it was where the button makes no sense."""
    if verb == "add" and arguments[:1] and KIND.fullmatch(arguments[0]):
        return add_row(content, arguments[0])
    if verb in ("remove", "up", "down") and len(arguments) == 2 and arguments[1].isdigit():
        kind, place = arguments[0], int(arguments[1])
        if KIND.fullmatch(kind):
            return _reordered(content, kind, _order(content, kind, verb, place))
    if verb == "language" and arguments:
        return add_language(content, arguments[0])
    if verb == "forget" and arguments:
        return remove_language(content, arguments[0])
    return content


def add_row(content: Content, kind: str) -> Content:
    fields = to_fields(content)
    ids = ids_of(fields, kind)
    fields[f"{kind}.{len(ids)}.id"] = new_id(kind, ids)
    return from_fields(fields)


def _order(content: Content, kind: str, verb: str, place: int) -> list[int]:
    order = list(range(len(ids_of(to_fields(content), kind))))
    if place >= len(order):
        return order
    if verb == "remove":
        return [each for each in order if each != place]
    other = place - 1 if verb == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def _reordered(content: Content, kind: str, order: list[int]) -> Content:
    """Rows are moved as fields, so that whatever belongs to a row goes with it."""
    fields = to_fields(content)
    kept = {name: text for name, text in fields.items() if _row_of(name, kind) is None and name != "correct"}
    for new, old in enumerate(order):
        for name, text in fields.items():
            if _row_of(name, kind) == old:
                kept[_with_row(name, kind, new)] = text
    if "correct" in fields:
        key = int(fields["correct"])
        if kind != "options":
            kept["correct"] = fields["correct"]
        elif key in order:
            kept["correct"] = str(order.index(key))
    return from_fields(kept)


def _row_of(name: str, kind: str) -> int | None:
    """options.2.id and texts.en.options.2.text belong to row 2 of options."""
    parts, at = _parts(name, kind)
    if len(parts) > at and parts[:at] == kind.split(".") and parts[at].isdigit():
        return int(parts[at])
    return None


def _with_row(name: str, kind: str, row: int) -> str:
    parts, at = _parts(name, kind)
    start = name.split(".")[:2] if name.startswith("texts.") else []
    return ".".join([*start, *parts[:at], str(row), *parts[at + 1 :]])


def _parts(name: str, kind: str) -> tuple[list[str], int]:
    """The name without its language, and where in it the number of a row stands."""
    parts = name.split(".")
    return parts[2:] if parts[0] == "texts" else parts, kind.count(".") + 1


def add_language(content: Content, language: str) -> Content:
    language = language.strip().lower().replace("_", "-")
    if not LANGUAGE.fullmatch(language) or language in languages_of(content):
        return content
    return content | {"texts": mapping(content.get("texts")) | {language: {}}}


def remove_language(content: Content, language: str) -> Content:
    if language == source_language(content):
        return content
    left = dict(content)
    for name in ("texts", "objective", "convention"):
        texts: dict[str, Any] = mapping(content.get(name))
        texts.pop(language, None)
        left[name] = texts
    return left
