"""What changed between two states of a question: neutral values whole, texts word by word. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prova.authoring.forms.content import languages_of

_TOKEN = re.compile(r"\[\[[^\]]*\]\]|\w+|\s+|[^\w\s]")
#: Longer texts are shown whole, before and after.
MOST_TOKENS = 6000


@dataclass(frozen=True)
class Piece:
    #: same | gone | new
    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    #: Keys from the question down, with row ids: ("options", "steps", "text").
    place: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        return " › ".join(self.place)


@dataclass(frozen=True)
class Differences:
    neutral: tuple[Difference, ...]
    #: language -> its differences; only languages with any.
    texts: dict[str, tuple[Difference, ...]]

    def __bool__(self) -> bool:
        return bool(self.neutral or self.texts)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    old, new = dict(_flat(before)), dict(_flat(after))
    changed = [place for place in dict.fromkeys([*old, *new]) if old.get(place) != new.get(place)]
    found = [Difference(place, tuple(pieces(old.get(place, ""), new.get(place, "")))) for place in changed]
    languages = dict.fromkeys([*languages_of(after), *languages_of(before)])
    texts = {language: tuple(_of_language(found, language)) for language in languages}
    return Differences(
        tuple(each for each in found if _language(each.place) is None),
        {language: members for language, members in texts.items() if members},
    )


def _language(place: tuple[str, ...]) -> str | None:
    if place[0] in ("texts", "objective", "convention") and len(place) > 1:
        return place[1]
    return None


def _of_language(found: list[Difference], language: str) -> Iterator[Difference]:
    for each in found:
        if _language(each.place) == language:
            rest = each.place[2:] if each.place[0] == "texts" else each.place[:1]
            if rest == ("revision",):  # counted by the site, and shown as the state of the translation
                continue
            yield Difference(rest or each.place[:1], each.pieces)


def _flat(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _flat(each, (*place, str(name)))
    elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        yield (*place, "order"), ", ".join(str(each.get("id", "?")) for each in value)
        for number, each in enumerate(value):
            name = str(each.get("id", number))
            yield from _flat({key: inner for key, inner in each.items() if key != "id"}, (*place, name))
    else:
        yield place, _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_TOKENS or not old or not new:
        yield from (Piece(kind, text) for kind, text in (("gone", before), ("new", after)) if text)
        return
    for operation, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("gone", "".join(old[i:j]))
        if k < m:
            yield Piece("new", "".join(new[k:m]))
