"""What a learner may see of a question once the policy allows it."""

from __future__ import annotations

from dataclasses import dataclass

from questionbank.items.hotspot_pages import HotspotFeedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict
from questionbank.items.output_lines import DiffLine


@dataclass(frozen=True)
class OptionFeedback:
    token: str
    text_html: str
    explanation_html: str
    correct: bool
    chosen: bool


@dataclass(frozen=True)
class RowFeedback:
    text_html: str
    explanation_html: str
    #: Empty when the row was left open.
    answer_html: str
    right_html: str
    #: right | wrong | blank
    verdict: ItemVerdict


@dataclass(frozen=True)
class LevelFeedback:
    id: str
    text_html: str
    points: float
    chosen: bool


@dataclass(frozen=True)
class CriterionFeedback:
    """A line of the rubric, with the level that was given; none before it is marked."""

    id: str
    text_html: str
    levels: tuple[LevelFeedback, ...]


@dataclass(frozen=True)
class Feedback:
    """What a learner may see once the policy allows it."""

    language: str
    outcome: ItemOutcome
    #: The answer given, as a reader sees it; empty when blank.
    answer_html: str
    #: The right answer; several options are joined by a semicolon.
    right_answer_html: str
    explanation_html: str
    #: In the presented order.
    options: tuple[OptionFeedback, ...] = ()
    #: The call-out for the known mistake behind a wrong number.
    slip_html: str = ""
    #: Row items and gaps, in the presented order.
    rows: tuple[RowFeedback, ...] = ()
    #: Free-text items: the rubric.
    criteria: tuple[CriterionFeedback, ...] = ()
    #: Code reading: the expected output beside the given one.
    diff: tuple[DiffLine, ...] = ()
    hotspot: HotspotFeedback | None = None
