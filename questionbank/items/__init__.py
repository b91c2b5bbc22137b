"""What can be asked, and what an answer earns; no Django."""

from questionbank.items.base import FIELD, Item, Response
from questionbank.items.feedback import (
    CriterionFeedback,
    Feedback,
    LevelFeedback,
    OptionFeedback,
    RowFeedback,
)
from questionbank.items.messages import explain
from questionbank.items.outcome import ItemOutcome, ItemVerdict, Marking, Marks, ParseProblem
from questionbank.items.presentation import Presentation, PresentedOption, PresentedRow, RowChoice
from questionbank.items.registry import ITEM_TYPES, bind

__all__ = [
    "FIELD",
    "ITEM_TYPES",
    "CriterionFeedback",
    "Feedback",
    "Item",
    "ItemOutcome",
    "ItemVerdict",
    "LevelFeedback",
    "Marking",
    "Marks",
    "OptionFeedback",
    "ParseProblem",
    "Presentation",
    "PresentedOption",
    "PresentedRow",
    "Response",
    "RowChoice",
    "RowFeedback",
    "bind",
    "explain",
]
