"""Whether a stored answer means the same to a newer version of its question, and what it is worth there. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from questionbank.items import Item, ItemOutcome, Marking
from questionbank.items.rows import RowItem


class Obstacle(StrEnum):
    """Why an answer is left as it was scored."""

    TYPE = "type"  #: the question is of another type now
    VARIANT = "variant"  #: the newer version has no variant of this number
    ANSWER = "answer"  #: it names options, rows or gaps that are gone
    MARKS = "marks"  #: its marks are of a rubric, or of checks, that are gone
    ADJUSTED = "adjusted"  #: somebody set the score by hand


def carried(
    old: Item, new: Item, response: Mapping[str, Any] | None, marks: Mapping[str, Any]
) -> ItemOutcome | Obstacle:
    """The outcome by the newer version, of the same response and, where a person or the sandbox said some, marks."""
    if old.type != new.type:
        return Obstacle.TYPE
    value = dict(response) if response is not None else None
    if not old.is_blank(value) and not _is_known(old, new, value or {}):
        return Obstacle.ANSWER
    try:
        if new.needs_marking is Marking.NONE or not marks:
            return new.score(value)
        return new.score_marked(value, marks)
    except (ValueError, KeyError, TypeError):
        return Obstacle.ANSWER if new.needs_marking is Marking.NONE else Obstacle.MARKS


def _is_known(old: Item, new: Item, value: Mapping[str, Any]) -> bool:
    """The ids that the response names exist in both versions; typed answers name none."""
    options = {option.id for option in new.question.options}
    if not set(value.get("chosen", ())) <= options:
        return False
    rows = value.get("rows")
    if rows is not None:
        choices = set(new.choices) if isinstance(new, RowItem) else set()
        return set(rows) <= options and set(rows.values()) <= choices
    gaps = value.get("gaps")
    if gaps is not None:
        return set(gaps) <= _gap_ids(new) and _gap_ids(new) == _gap_ids(old)
    return True


def _gap_ids(item: Item) -> set[str]:
    return {gap.id for gap in getattr(item.question, "gaps", ())}
