"""Which field a remark or a note belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from prova.authoring.editor.model import Editor, Group


def names_in(editor: Editor) -> list[str]:
    """Of all fields on the page, in its order."""
    passages = [*editor.opening, *editor.closing, *editor.more_texts]
    cells = [cell.name for passage in passages for cell in passage.cells]
    rows = [name for group in editor.groups for name in _names_of(group)]
    fields = [*editor.scoring, *editor.numbers, *editor.more]
    return [*(each.name for each in editor.about), *rows, *cells, *(each.name for each in fields)]


def _names_of(group: Group) -> Iterator[str]:
    for row in group.rows:
        yield from (each.name for each in row.head)
        yield from (cell.name for passage in row.passages for cell in passage.cells)
        for inner in row.groups:
            yield from _names_of(inner)


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


def id_of(name: str) -> str:
    return f"f-{name.replace('.', '-')}" if name else ""
