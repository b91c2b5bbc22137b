"""A wrong answer costs what guessing it would gain, so that guessing blindly earns nothing on average."""

from questionbank.items.base import Item, ItemOutcome, ItemVerdict
from questionbank.items.choice import SingleChoice


def penalty_of_guessing(options: int) -> float:
    """Share of the points that a wrong choice among `options` costs: (1/m) · 1 - ((m - 1)/m) · 1/(m - 1) = 0.

    Nothing where there is nothing to choose between.
    """
    return 1 / (options - 1) if options > 1 else 0.0


def with_guessing_penalty(item: Item, outcome: ItemOutcome) -> float:
    """The outcome's fraction, -1 to 1. Only single choice can be guessed for a gain: items of several decisions have
    net rules of their own, and a number or a text is not guessed."""
    if isinstance(item, SingleChoice) and outcome.verdict is ItemVerdict.WRONG:
        return -penalty_of_guessing(len(item.question.options))
    return outcome.fraction
