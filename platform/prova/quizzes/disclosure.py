"""How much of a result a quiz tells its learners: keys, explanations, both or neither. Pure but for the quiz's flags."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from prova.quizzes.models import Quiz
from prova.quizzes.result_cards import ResultCard
from questionbank.items import Marking
from questionbank.items.registry import ITEM_TYPES

#: What a marker writes to the learner explains the mark.
_EXPLANATIONS = frozenset({"explanation_html", "slip_html", "message_html", "comment"})


def disclosed(cards: list[ResultCard], quiz: Quiz) -> list[ResultCard]:
    """Without the key a card is plain: the learner's answer, and no list of options to compare it with."""
    if not quiz.tells_explanations:
        cards = [without_explanations(card) for card in cards]
    if not quiz.tells_key:
        cards = [replace(card, is_plain=True) for card in cards]
    if not quiz.tells_score:
        cards = [_without_score(card) for card in cards]
    return cards


def _without_score(card: ResultCard) -> ResultCard:
    """Who reads the key knows whether the answer is right, unless a person or the sandbox has to say it."""
    marking = ITEM_TYPES[card.presentation.type].needs_marking
    criteria = tuple(
        replace(each, levels=tuple(replace(level, chosen=False) for level in each.levels))
        for each in card.feedback.criteria
    )
    marked = card.marked and replace(card.marked, submission=None, history=())
    return replace(
        card,
        feedback=replace(card.feedback, criteria=criteria),
        marked=marked,
        hides_score=True,
        hides_verdict=card.is_plain or marking is not Marking.NONE,
    )


def without_explanations(value: Any) -> Any:
    """The same value; every text in it that explains is empty, however deep it lies."""
    if isinstance(value, tuple):
        return tuple(map(without_explanations, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for each in fields(value):
        part = getattr(value, each.name)
        changed = "" if each.name in _EXPLANATIONS and isinstance(part, str) else without_explanations(part)
        if changed is not part:
            changes[each.name] = changed
    return replace(value, **changes) if changes else value
