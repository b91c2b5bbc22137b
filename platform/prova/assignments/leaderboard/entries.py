"""The best result of each learner of the course, as the reader may know it. One query, and one more where a ranked check
is hidden."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from prova.assignments.hidden_details import learners_may_read
from prova.assignments.leaderboard.ranking import Entry, Place, places
from prova.assignments.leaderboard.result import POINTS_SHARE
from prova.assignments.leaderboard.terms import Terms
from prova.assignments.models import Assignment, Standing
from prova.courses.models import Role


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Of the submissions handed in before the assignment closed."""

    terms: Terms
    is_full: bool  #: what hidden checks measured may be told; else the tenths of their points stand in
    ranked: list[Place[Standing]]  #: best first

    @property
    def rises(self) -> bool:
        return self.terms.rises or self.tells_tenths

    @property
    def against_rises(self) -> bool:
        return self.terms.against_rises or self.tells_tenths_against

    @property
    def tells_tenths(self) -> bool:
        return self.terms.is_hidden and not self.is_full

    @property
    def tells_tenths_against(self) -> bool:
        return self.terms.against_is_hidden and not self.is_full

    @property
    def key(self) -> str:
        """Of the ranked number; empty while nobody is ranked."""
        if self.tells_tenths:
            return POINTS_SHARE
        return self.ranked[0].entry.whose.key if self.ranked else ""

    @property
    def against_key(self) -> str:
        if not self.terms.against:
            return ""
        if self.tells_tenths_against:
            return POINTS_SHARE
        return next(
            (place.entry.whose.against_key for place in self.ranked if place.entry.whose.against_key), ""
        )

    def against_of(self, row: Standing) -> float | None:
        return row.full_against if self.is_full else row.against

    def place_of(self, learner_id: int | None) -> Place[Standing] | None:
        return next((place for place in self.ranked if place.entry.whose.learner_id == learner_id), None)


def read_standings(assignment: Assignment, now: datetime, *, with_people: bool = False) -> Standings | None:
    """None: the exercise has no leaderboard. `with_people`: each row has `learner` and `shows_name` at hand."""
    terms = Terms.of(assignment.exercise.metadata)
    if terms is None:
        return None
    is_full = not terms.has_hidden or learners_may_read(assignment, now)
    rises = terms.rises or (terms.is_hidden and not is_full)
    rows = _best_rows(assignment, terms, is_full=is_full, rises=rises)
    if with_people:
        rows = rows.select_related("learner")
    entries = [_entry(row, is_full) for row in rows]
    # Who was there first stands first among equals.
    entries.sort(key=lambda entry: entry.whose.pk)
    return Standings(terms=terms, is_full=is_full, ranked=places(entries, rises=rises))


def _best_rows(assignment: Assignment, terms: Terms, *, is_full: bool, rises: bool) -> QuerySet[Standing]:
    value = F("full_value" if is_full else "value")
    rows = Standing.objects.filter(
        assignment=assignment,
        terms=terms.name,
        learner__enrolments__course=assignment.course_id,
        learner__enrolments__role=Role.LEARNER,
    )
    if not is_full:  # what may not be told does not leave the database
        rows = rows.defer("full_value", "full_low", "full_high", "full_against")
    if assignment.closes_at is not None:
        rows = rows.filter(submitted_at__lt=assignment.closes_at)
    return (
        rows.annotate(shows_name=F("learner__enrolments__shows_name"))
        .order_by("learner_id", value.desc() if rises else value.asc(), "pk")
        .distinct("learner_id")
    )


def _entry(row: Standing, is_full: bool) -> Entry[Standing]:
    if is_full:
        return Entry(whose=row, value=row.full_value, low=row.full_low, high=row.full_high)
    return Entry(whose=row, value=row.value, low=row.low, high=row.high)
