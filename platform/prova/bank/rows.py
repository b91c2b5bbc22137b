"""One line of the list for each question of a page, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prova.bank.figures import NONE, Figures, figures_in
from prova.bank.finding import Finder
from prova.courses.texts import text_in
from prova.quizzes.models import QuizItem
from prova.teaching.questions import ItemType, Level, TextState, labels
from questionbank.models import IndexCard, Question, Tag
from questionbank.search import Found, excerpts


@dataclass(frozen=True, kw_only=True)
class Row:
    question: Question
    card: IndexCard
    type_label: str
    level_label: str
    texts: tuple[tuple[str, TextState], ...]
    tags: tuple[Tag, ...]
    quizzes: tuple[str, ...]  #: titles, of the person's own courses
    figures: Figures
    found: Found | None

    @property
    def title(self) -> str:
        return text_in(self.card.titles)


def rows_of(questions: Sequence[Question], finder: Finder) -> list[Row]:
    """Of questions that came with card and tags."""
    keys = [question.pk for question in questions]
    quizzes = quizzes_asking(keys, finder.courses)
    figures = finder.figures if finder.figures is not None else figures_in(finder.courses, keys)
    query = finder.filters.query
    found = excerpts(keys, query, finder.searched) if query else {}
    types, levels = labels(ItemType), labels(Level)
    return [
        Row(
            question=question,
            card=question.card,
            type_label=types.get(question.item_type, question.item_type),
            level_label=levels.get(question.card.level, question.card.level),
            texts=tuple(
                (language, TextState(state)) for language, state in sorted(question.card.texts.items())
            ),
            tags=tuple(question.tags.all()),
            quizzes=tuple(quizzes.get(question.pk, ())),
            figures=figures.get(question.pk, NONE),
            found=found.get(question.pk),
        )
        for question in questions
    ]


def quizzes_asking(questions: Sequence[int], courses: Sequence[int]) -> dict[int, list[str]]:
    """Titles by question."""
    asked: dict[int, list[str]] = {}
    items = QuizItem.objects.filter(question__in=questions, quiz__course__in=courses)
    found = items.order_by("quiz__slug", "position").values_list("question_id", "quiz__titles")
    for question, titles in found:
        asked.setdefault(question, []).append(text_in(titles))
    return asked
