"""What became of an answer: read or not, and what it earns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ItemVerdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    #: Nothing was answered; earns 0 under every scoring rule.
    BLANK = "blank"
    #: Answered, and still to be marked by a person or in the sandbox; 0 meanwhile.
    PENDING = "pending"


class Marking(StrEnum):
    """Who says what an answer is worth, where the item itself cannot."""

    NONE = ""
    PERSON = "person"
    SANDBOX = "sandbox"


#: What was said of one answer, as JSON. Free text: criterion id -> level id. Code: check -> [points, most].
Marks = Mapping[str, Any]


@dataclass(frozen=True)
class ParseProblem:
    """An answer that cannot be stored; the learner's turn. Text: questionbank.items.messages.explain."""

    message: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemOutcome:
    #: 0 to 1.
    fraction: float
    verdict: ItemVerdict
    #: Ids of the chosen options; choice items.
    chosen: tuple[str, ...] = ()
    #: The known mistake that gives exactly this answer; numeric items.
    slip: str | None = None
    #: Ids of the rows answered right; row items.
    right_rows: tuple[str, ...] = ()
    #: What a person or the sandbox said; items that need marking, once it is said.
    marks: Marks = field(default_factory=dict)
    #: Hotspot items: the region each point lies in, in the order of the points; empty where it lies in none.
    regions: tuple[str, ...] = ()
