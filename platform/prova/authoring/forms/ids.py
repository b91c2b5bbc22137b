"""Rows of the form: which there are of a kind, and by which ids. A kind may lie in a row: gaps.2.choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: A question with more rows than this is a mistake of a program.
MOST_ROWS = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: What a new row is called where the kind's own name without its “s” does not do.
_STEMS = {"rubric": "criterion", "draw": "value", "compute": "result", "values": "value", "units": "unit"}
#: Ids that formulas use are names of Python.
_IDENTIFIERS = {"draw", "compute", "values"}
#: Kept by name: the database has no order of names.
WITHOUT_ORDER = _IDENTIFIERS | {"images", "units"}
KIND = re.compile(
    r"options|choices|slips|hints|answers|gaps|regions|images|rubric|units|draw|compute|values"
    r"|gaps\.\d{1,3}\.choices|rubric\.\d{1,3}\.levels"
)


def places_of(fields: Mapping[str, str], kind: str) -> list[int]:
    row = re.compile(rf"{re.escape(kind)}\.(\d{{1,3}})\.id")
    return sorted(int(match[1]) for match in map(row.fullmatch, fields) if match)[:MOST_ROWS]


def ids_in(fields: Mapping[str, str], kind: str) -> dict[int, str]:
    """Row of the form -> id. An empty id gets a new one and a second one of a name a number, so that no two rows
    share a text."""
    rows: dict[int, str] = {}
    places = places_of(fields, kind)
    taken = {fields[f"{kind}.{place}.id"].strip() for place in places}
    for place in places:
        wanted = fields[f"{kind}.{place}.id"].strip()
        if not wanted or wanted in rows.values():
            wanted = _numbered(wanted or stem_of(kind), kind, taken, 2 if wanted else 1)
            taken.add(wanted)
        rows[place] = wanted
    return rows


def stem_of(kind: str) -> str:
    last = kind.rsplit(".", 1)[-1]
    return _STEMS.get(last, last.removesuffix("s"))


def new_id(kind: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    if kind == "options" and (free := [letter for letter in _LETTERS if letter not in taken]):
        return free[0]
    return _numbered(stem_of(kind), kind, taken, 1)


def _numbered(stem: str, kind: str, taken: set[str], first: int) -> str:
    join = "_" if kind in _IDENTIFIERS else "-"
    return next(name for name in (f"{stem}{join}{count}" for count in range(first, 400)) if name not in taken)


def ids_of(fields: Mapping[str, str], kind: str) -> list[str]:
    """Of rows that are numbered without gaps, as `to_fields` writes them."""
    ids: list[str] = []
    while (name := fields.get(f"{kind}.{len(ids)}.id")) is not None:
        ids.append(name)
    return ids
