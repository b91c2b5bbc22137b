"""Looking questions up in the bank while a quiz is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prova.accounts.models import User
from prova.courses.texts import text_in
from prova.quizzes.models import Quiz
from prova.teaching.questions import kind_label
from questionbank.definition import LEVELS
from questionbank.models import Collection, Question
from questionbank.search import found_by
from questionbank.selection import Selection, questions_in

MOST_SHOWN = 100


@dataclass(frozen=True)
class Hit:
    slug: str
    title: str
    topic: str
    level: str
    kind: str  #: its type, in the page's language
    is_asked: bool  #: in this quiz already, and not only in a pool


@dataclass(frozen=True)
class BankSearch:
    query: str
    selection: Selection
    quiz: Quiz
    person: User

    @classmethod
    def read(cls, asked: Mapping[str, str], quiz: Quiz, person: User) -> BankSearch:
        level = asked.get("level", "")
        selection = Selection(
            topic=asked.get("topic", ""),
            level=level if level in LEVELS else "",
            collection=asked.get("collection", ""),
        )
        return cls(asked.get("q", "").strip()[:200], selection, quiz, person)

    @property
    def is_asked(self) -> bool:
        return bool(self.query) or self.selection != Selection()

    @property
    def found(self) -> QuerySet[Question]:
        """By topic; of words that are looked for, what is most about them first, as in the bank."""
        found = questions_in(self.selection)
        if not self.query:
            return found.order_by("topic", "slug")
        ranked = found_by(Question.objects.all(), self.query, ("en", "pt-br"))
        return ranked.filter(pk__in=found.values("pk")).order_by("-relevance", "slug")

    @property
    def hits(self) -> list[Hit]:
        asked = set(self.quiz.items.filter(pool__isnull=True).values_list("question_id", flat=True))
        rows = self.found.select_related("card")[:MOST_SHOWN]
        return [
            Hit(
                row.slug,
                text_in(row.card.titles),
                row.topic,
                row.card.level,
                kind_label(row.item_type),
                row.pk in asked,
            )
            for row in rows
        ]

    @property
    def count(self) -> int:
        return self.found.count()

    @property
    def most_shown(self) -> int:
        return MOST_SHOWN

    @property
    def topics(self) -> list[str]:
        return list(Question.objects.order_by("topic").values_list("topic", flat=True).distinct())

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(LEVELS)

    @property
    def collections(self) -> list[Collection]:
        """Shared ones and one's own."""
        shown = Collection.objects.filter(Q(is_shared=True) | Q(owner=self.person))
        return list(shown.order_by("slug"))
