"""Which submissions an instructor asked to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower, NullIf
from django.utils.translation import gettext_lazy as _

from prova.assignments.models import Assignment, State, Submission
from prova.courses.models import Course
from prova.teaching.listing import Column, Sorting

COLUMNS = (
    Column(name="number", title=_("No."), is_number=True),
    Column(name="learner", title=_("Student")),
    Column(name="assignment", title=_("Assignment")),
    Column(name="state", title=_("State")),
    Column(name="score", title=_("Score"), is_number=True),
    Column(name="tries", title=_("Tries"), is_number=True),
    Column(name="submitted", title=_("Submitted")),
)
_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "number": (F("pk"),),
    "learner": (Lower("learner__first_name"), Lower("learner__last_name"), Lower("learner__username")),
    "assignment": (F("assignment__slug"),),
    "state": (F("state"),),
    "score": (F("score") / NullIf(F("max_score"), 0.0),),
    "tries": (F("tries"),),
    "submitted": (F("created_at"),),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """As read from the address; what makes no sense filters nothing."""

    query: str = ""
    assignment: str = ""
    state: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "Filters":
        state = parameters.get("state", "")
        return cls(
            query=parameters.get("q", "").strip(),
            assignment=parameters.get("assignment", ""),
            state=state if state in State.values else "",
        )


def submissions_of(course: Course, filters: Filters, sorting: Sorting) -> QuerySet[Submission]:
    found = (
        Submission.objects.filter(assignment__course=course)
        .select_related("learner", "assignment__exercise")
        .defer("source", "upload", "report", "progress", "hidden_details")
    )
    if filters.assignment:
        found = found.filter(assignment__slug=filters.assignment)
    if filters.state:
        found = found.filter(state=filters.state)
    for word in filters.query.split():
        found = found.filter(_names(word))
    return found.order_by(*_order(sorting))


def assignments_of(course: Course) -> list[Assignment]:
    return list(course.assignments.select_related("exercise").order_by("pk"))


def previous_of(submission: Submission) -> Submission | None:
    """The same learner's one before it, for the same assignment."""
    return (
        Submission.objects.filter(
            assignment=submission.assignment_id, learner=submission.learner_id, pk__lt=submission.pk
        )
        .order_by("-pk")
        .first()
    )


def _names(word: str) -> Q:
    named = (
        Q(learner__first_name__icontains=word)
        | Q(learner__last_name__icontains=word)
        | Q(learner__username__icontains=word)
    )
    # PostgreSQL's bigint ends there; a longer number would be an error, not an empty list.
    is_number = word.isascii() and word.isdigit() and len(word) < 19
    return named | Q(pk=int(word)) if is_number else named


def _order(sorting: Sorting) -> list[Any]:
    terms = _ORDERS[sorting.column]
    ordered = [
        term.desc(nulls_last=True) if sorting.descending else term.asc(nulls_last=True) for term in terms
    ]
    # A second key that never ties: without it a row may be on two pages, or on none.
    return [*ordered, F("pk").desc()]
