"""A wrong answer costs what guessing it would gain, so that guessing blindly earns nothing on average."""

from questionbank.definition import QuestionDefinition
from questionbank.items.choice import SingleChoice
from questionbank.items.outcome import ItemOutcome, ItemVerdict


def penalty_of_guessing(options: int) -> float:
    """Share of the points that a wrong choice among `options` costs: (1/m) · 1 - ((m - 1)/m) · 1/(m - 1) = 0.

    Nothing where there is nothing to choose between.
    """
    return 1 / (options - 1) if options > 1 else 0.0


def is_guessable(question: QuestionDefinition) -> bool:
    """Only single choice can be guessed for a gain: items of several decisions have net rules of their own, and a
    number or a text is not guessed."""
    return question.type == SingleChoice.type


def with_guessing_penalty(question: QuestionDefinition, outcome: ItemOutcome) -> float:
    """The outcome's fraction, -1 to 1."""
    if is_guessable(question) and outcome.verdict is ItemVerdict.WRONG:
        return -penalty_of_guessing(len(question.options))
    return outcome.fraction
