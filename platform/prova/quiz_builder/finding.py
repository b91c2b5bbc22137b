"""Looking questions up in the bank while a quiz is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from prova.courses.texts import text_in
from prova.quizzes.models import Quiz
from questionbank.definition import LEVELS
from questionbank.models import Collection, Question
from questionbank.search import matching_texts
from questionbank.selection import Selection, questions_in

MOST_SHOWN = 30


@dataclass(frozen=True)
class Hit:
    slug: str
    title: str
    topic: str
    level: str
    is_asked: bool  #: in this quiz already, and not only in a pool


@dataclass(frozen=True)
class BankSearch:
    query: str
    selection: Selection
    quiz: Quiz

    @classmethod
    def read(cls, asked: Mapping[str, str], quiz: Quiz) -> BankSearch:
        level = asked.get("level", "")
        selection = Selection(
            topic=asked.get("topic", ""),
            level=level if level in LEVELS else "",
            collection=asked.get("collection", ""),
        )
        return cls(asked.get("q", "").strip()[:200], selection, quiz)

    @property
    def is_asked(self) -> bool:
        return bool(self.query) or self.selection != Selection()

    @property
    def found(self) -> QuerySet[Question]:
        found = questions_in(self.selection)
        if self.query:
            found = found.filter(pk__in=matching_texts(self.query, ("en", "pt-br")).values("question"))
        return found

    @property
    def hits(self) -> list[Hit]:
        asked = set(self.quiz.items.filter(pool__isnull=True).values_list("question_id", flat=True))
        rows = self.found.select_related("card").order_by("topic", "slug")[:MOST_SHOWN]
        return [
            Hit(row.slug, text_in(row.card.titles), row.topic, row.card.level, row.pk in asked)
            for row in rows
        ]

    @property
    def count(self) -> int:
        return self.found.count()

    @property
    def topics(self) -> list[str]:
        return list(Question.objects.order_by("topic").values_list("topic", flat=True).distinct())

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(LEVELS)

    @property
    def collections(self) -> list[str]:
        return list(Collection.objects.order_by("slug").values_list("slug", flat=True))
