"""Which field a remark or a note belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from prova.authoring.editor.model import Editor, FormField, Group
from prova.authoring.judging import Remark
from questionbank.formats.fields import is_missing, missing


def fields_in(editor: Editor) -> list[FormField]:
    """All on the page, in its order."""
    passages = [*editor.opening, *editor.closing, *editor.more_texts]
    cells = [cell for passage in passages for cell in passage.cells]
    rows = [each for group in editor.groups for each in _fields_of(group)]
    return [*editor.about, *rows, *cells, *editor.scoring, *editor.numbers, *editor.more]


def names_in(editor: Editor) -> list[str]:
    return [each.name for each in fields_in(editor)]


def _fields_of(group: Group) -> Iterator[FormField]:
    for row in group.rows:
        yield from row.head
        yield from (cell for passage in row.passages for cell in passage.cells)
        for inner in row.groups:
            yield from _fields_of(inner)


def home_of(place: str, names: list[str]) -> str:
    """The field at which a remark about this place is shown; empty: above the form."""
    known = set(names)
    while place:
        if place in known:
            return place
        if f"{place}.stem" in known:
            return f"{place}.stem"
        inside = next((name for name in names if name.startswith(f"{place}.")), None)
        if inside is not None and place != "texts":
            return inside
        if "." not in place:
            return "more" if place not in ("texts", "options") else ""
        if place.startswith("texts.") and place.count(".") == 2:
            return place.rsplit(".", 1)[0] + ".more"
        place = place.rsplit(".", 1)[0]
    return ""


def in_words_of_the_page(remark: Remark, home: str, labels: Mapping[str, str]) -> Remark:
    """What is missing is called as the field where it is shown; in the file it is the name of a key, or a language."""
    label = labels.get(home, "")
    is_at_home = bool(remark.field) and home.startswith(remark.field)
    if not label or not is_at_home or not is_missing(remark.message):
        return remark
    return replace(remark, message=missing(label))


def id_of(name: str) -> str:
    return f"f-{name.replace('.', '-')}" if name else ""
