"""From filters to questions, and to how many there would be under every other choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Exists, FloatField, OuterRef, QuerySet, Value, When

from prova.bank.figures import Figures
from prova.bank.filters import FACILITY, NEWEST, NOWHERE, RELEVANCE, SLUG, Filters
from prova.courses.texts import text_in
from prova.quizzes.models import QuizItem
from questionbank.models import Question, QuestionVersion
from questionbank.search import found_by, matching_texts
from questionbank.selection import questions_in


@dataclass(frozen=True)
class Option:
    """One choice of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Finder:
    """The filters with what they are looked up in."""

    filters: Filters
    languages: tuple[str, ...]  #: of all texts
    courses: tuple[int, ...]  #: the person teaches
    figures: dict[int, Figures] | None  #: of all questions; None: not needed

    @property
    def searched(self) -> tuple[str, ...]:
        asked = self.filters.language
        return (asked,) if asked in self.languages else self.languages

    def questions(self) -> QuerySet[Question]:
        """All that fit, in the order asked for."""
        return self._sorted(self._fitting(self.filters))

    def without(self, part: str) -> QuerySet[Question]:
        """All that fit but for one filter: a part of the selection, `used`, `origin` or `author`."""
        filters = self.filters
        if part in ("used", "origin", "author"):
            nothing: dict[str, Any] = {part: ""}
            return self._fitting(replace(filters, **nothing))
        return self._fitting(replace(filters, selection=filters.selection.without(part)))

    def _fitting(self, filters: Filters) -> QuerySet[Question]:
        found = questions_in(filters.selection)
        if filters.query:
            found = found.filter(pk__in=matching_texts(filters.query, self.searched).values("question"))
        if filters.used == NOWHERE:
            found = found.filter(~Exists(QuizItem.objects.filter(question=OuterRef("pk"))))
        elif filters.used:
            asked = QuizItem.objects.filter(quiz=int(filters.used), quiz__course__in=self.courses)
            found = found.filter(pk__in=asked.values("question"))
        if filters.origin:
            found = found.filter(card__version__origin=filters.origin)
        if filters.author:
            written = QuestionVersion.objects.filter(published_by__username=filters.author)
            found = found.filter(pk__in=written.values("question"))
        if filters.bounds:
            found = found.filter(pk__in=self._within_bounds())
        return found

    def _within_bounds(self) -> list[int]:
        return [pk for pk, figures in (self.figures or {}).items() if self.filters.bounds.admit(figures)]

    def _sorted(self, found: QuerySet[Question]) -> QuerySet[Question]:
        sort = self.filters.sort
        if sort == RELEVANCE:
            ranked = found_by(Question.objects.all(), self.filters.query, self.searched)
            return ranked.filter(pk__in=found.values("pk")).order_by("-relevance", "slug")
        if sort == NEWEST:
            return found.order_by("-card__version__published_at", "slug")
        if sort == FACILITY:
            return found.annotate(facility=self._facility()).order_by("facility", "slug")
        return found.order_by("slug") if sort == SLUG else found.order_by("topic", "slug")

    def _facility(self) -> Case:
        """Hardest first; never answered last."""
        known = [
            When(pk=pk, then=Value(figures.facility))
            for pk, figures in (self.figures or {}).items()
            if figures.facility is not None
        ]
        return Case(*known, default=Value(2.0), output_field=FloatField())


def counted(found: QuerySet[Question], path: str) -> Counter[str]:
    rows = found.order_by().values(path).annotate(count=Count("pk", distinct=True))
    return Counter({row[path]: row["count"] for row in rows if row[path] is not None})


def quiz_counts(found: QuerySet[Question], courses: Iterable[int]) -> dict[int, tuple[str, int]]:
    """(title, questions) by quiz of these courses."""
    rows = (
        QuizItem.objects.filter(quiz__course__in=list(courses), question__in=found.order_by().values("pk"))
        .order_by("quiz__slug")
        .values("quiz", "quiz__titles")
        .annotate(count=Count("question", distinct=True))
    )
    return {row["quiz"]: (text_in(row["quiz__titles"]), row["count"]) for row in rows}


def options(
    counts: Iterable[tuple[Any, str, int]], chosen: str, always: Sequence[tuple[str, str]] = ()
) -> list[Option]:
    """Every (value, label, count), and the chosen one even where nothing is left of it."""
    listed = {
        str(value): Option(str(value), label, count, str(value) == chosen) for value, label, count in counts
    }
    for value, label in always:
        listed.setdefault(value, Option(value, label, 0, value == chosen))
    if chosen and chosen not in listed:
        listed[chosen] = Option(chosen, chosen, 0, True)
    return list(listed.values())
