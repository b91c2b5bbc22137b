from typing import Any

from django import template

from prova.marking.trial import trial_of
from prova.quizzes.cards import Card

register = template.Library()


@register.inclusion_tag("marking/_trial.html")
def trial(card: Card) -> dict[str, Any]:
    """Of a card with code: the newest try of its visible checks. One query."""
    return {"item": card.item, "trial": trial_of(card.item, card.source_text)}
