"""What can be asked, and what an answer earns; no Django."""

from questionbank.items.base import (
    FIELD,
    CriterionFeedback,
    Feedback,
    Item,
    ItemOutcome,
    ItemVerdict,
    LevelFeedback,
    Marking,
    Marks,
    OptionFeedback,
    ParseProblem,
    Presentation,
    PresentedOption,
    PresentedRow,
    Response,
    RowChoice,
    RowFeedback,
)
from questionbank.items.messages import explain
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
