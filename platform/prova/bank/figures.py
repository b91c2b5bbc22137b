"""How questions did, over every quiz of the courses a person teaches.

First submitted attempts of every learner in every quiz: whoever has read the explanations answers another question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import Corr
from django.db.models import Avg, Count, F, Q
from django.db.models.functions import NullIf

from prova.accounts.models import User
from prova.courses.models import Course, Role
from prova.quizzes.models import AttemptItem

#: Below this a discrimination is chance.
LEAST_FOR_DISCRIMINATION = 10


@dataclass(frozen=True, kw_only=True)
class Figures:
    answers: int  #: blank ones not counted
    blanks: int
    #: mean share of the points, up to 1; a blank earns none, and below 0 guessing cost more than was earned
    facility: float | None
    #: correlation of the share with that of the rest of the attempt, -1 to 1; None: too few, or all alike
    discrimination: float | None


NONE = Figures(answers=0, blanks=0, facility=None, discrimination=None)


def courses_taught_by(user: User) -> list[int]:
    """Primary keys."""
    taught = Course.objects.filter(enrolments__user=user, enrolments__role=Role.INSTRUCTOR)
    return list(taught.order_by("pk").values_list("pk", flat=True))


def figures_in(courses: Iterable[int], questions: Iterable[int] | None = None) -> dict[int, Figures]:
    """By question, of those that were answered; `questions` None: of all. One query."""
    items = AttemptItem.objects.filter(
        attempt__quiz__course__in=list(courses),
        attempt__number=1,
        attempt__is_preview=False,
        attempt__submitted_at__isnull=False,
        score__isnull=False,
        points__gt=0,
    ).exclude(outcome__verdict="pending")
    if questions is not None:
        items = items.filter(version__question__in=list(questions))
    share = F("score") / F("points")
    rest = (F("attempt__score") - F("score")) / NullIf(F("attempt__max_score") - F("points"), 0.0)
    rows = (
        items.order_by()
        .values("version__question")
        .annotate(
            shown=Count("pk"),
            blanks=Count("pk", filter=Q(outcome__verdict="blank")),
            facility=Avg(share),
            discrimination=Corr(share, rest),
        )
    )
    return {row["version__question"]: _figures(row) for row in rows}


def _figures(row: Mapping[str, Any]) -> Figures:
    answers = row["shown"] - row["blanks"]
    is_told = answers >= LEAST_FOR_DISCRIMINATION
    return Figures(
        answers=answers,
        blanks=row["blanks"],
        facility=row["facility"],
        discrimination=row["discrimination"] if is_told else None,
    )
