"""How much of the field the bank covers: topic x level x type x language, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from questionbank.completeness import LanguageState, state_of
from questionbank.definition import LEVELS, QuestionDefinition
from questionbank.items import ITEM_TYPES

WIDTH = 110
#: Heads of the columns; a type without one gets the first letters of its name.
_SHORT = {
    "single_choice": "one",
    "multiple_choice": "many",
    "true_false": "t/f",
    "numeric": "num",
    "matching": "mtch",
    "ordering": "ordr",
    "short_answer": "word",
    "gaps": "gaps",
    "code_reading": "read",
    "hotspot": "spot",
    "free_text": "text",
    "code": "code",
}
_NONE = "·"


@dataclass(frozen=True)
class Covered:
    question: QuestionDefinition
    variants: int


def coverage(covered: Iterable[Covered], languages: Sequence[str]) -> list[str]:
    """Lines of the table and of its legend. `languages` have a column each, and so has every other one in use."""
    entries = sorted(covered, key=lambda each: each.question.topic)
    spoken = list(
        dict.fromkeys([*languages, *sorted({tongue for each in entries for tongue in each.question.texts})])
    )
    rows = [("topic", "level", *map(_head, ITEM_TYPES), "all", "par", "var", *spoken)]
    for topic in dict.fromkeys(each.question.topic for each in entries):
        members = [each for each in entries if each.question.topic == topic]
        for level in LEVELS:
            at_level = [each for each in members if each.question.level == level]
            rows.append((topic if level == LEVELS[0] else "", level, *_cells(at_level, spoken)))
    rows += [
        ("whole bank" if level == LEVELS[0] else "", level, *_cells(_of_level(entries, level), spoken))
        for level in LEVELS
    ]
    rows.append(("", "all", *_cells(entries, spoken)))
    return [*_table(rows), *_legend(spoken)]


def _of_level(entries: Iterable[Covered], level: str) -> list[Covered]:
    return [each for each in entries if each.question.level == level]


def _cells(entries: Sequence[Covered], languages: Sequence[str]) -> Iterator[str]:
    for item_type in ITEM_TYPES:
        yield _count(each.question.type == item_type for each in entries)
    yield _count(True for _ in entries)
    yield _count(each.question.is_generated for each in entries)
    drawn = sum(each.variants for each in entries if each.question.is_generated)
    yield str(drawn or _NONE)
    for language in languages:
        yield _count(state_of(each.question, language) is LanguageState.OK for each in entries)


def _count(of: Iterable[bool]) -> str:
    return str(sum(of) or _NONE)


def _head(item_type: str) -> str:
    return _SHORT.get(item_type, item_type[:4])


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        left = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        right = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        lines.append(" ".join([*left, *right]).rstrip())
    return lines


def _legend(languages: Sequence[str]) -> Iterator[str]:
    words = [f"{_head(name)} {name.replace('_', ' ')}" for name in ITEM_TYPES]
    words += ["par with parameters", "var their variants"]
    if languages:
        words.append(f"{', '.join(languages)} whole and up to date in that language")
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > WIDTH:
            yield line
            line = ""
        line += ("; " if line else "") + word
    yield line
