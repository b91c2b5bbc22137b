"""In which languages a question must be whole and up to date before it is published."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from prova.authoring.models import Draft
from prova.quizzes.models import QuizItem


@dataclass(frozen=True)
class Demand:
    language: str
    #: Titles of the quizzes that need it; empty: every question of the bank has it.
    quizzes: tuple[str, ...] = ()


def demands_on(draft: Draft) -> tuple[Demand, ...]:
    """The bank's languages, then those of quizzes that ask the question. One query, none for a new question."""
    found = {language: Demand(language) for language in settings.BANK_LANGUAGES}
    if draft.based_on_id is None:
        return tuple(found.values())
    asking = QuizItem.objects.filter(question__slug=draft.slug).exclude(quiz__languages=[])
    needed: dict[str, list[str]] = {}
    for item in asking.select_related("quiz"):
        for language in item.quiz.languages:
            needed.setdefault(str(language).lower(), []).append(item.quiz.title())
    for language, titles in sorted(needed.items()):
        found.setdefault(language, Demand(language, tuple(dict.fromkeys(titles))))
    return tuple(found.values())
