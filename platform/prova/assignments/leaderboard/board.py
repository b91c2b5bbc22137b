"""The leaderboard as a page shows it: rows in order, one's own place, a chart."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from prova.accounts.models import User
from prova.assignments.leaderboard.chart import Chart, chart_of
from prova.assignments.leaderboard.entries import read_standings
from prova.assignments.leaderboard.rows import (
    BoardRow,
    Columns,
    Naming,
    known_methods,
    merged,
    row_of,
    shortened,
)
from prova.assignments.leaderboard.standing_view import OwnPlace, own_place
from prova.assignments.leaderboard.words import name_of
from prova.assignments.models import Assignment, Standing
from prova.courses.pseudonyms import pseudonyms


@dataclass(frozen=True, kw_only=True)
class Board:
    rows: tuple[BoardRow, ...]
    count: int  #: ranked learners
    first_count: int  #: who share the first place
    left_out: int
    mine: OwnPlace | None
    name: str  #: of the ranked number
    against_name: str
    rises: bool
    against_rises: bool
    tells_tenths: bool
    has_bands: bool
    has_methods: bool
    chart: Chart | None


def read_board(
    assignment: Assignment,
    viewer: User,
    *,
    sees_names: bool,
    all_rows: bool = False,
    now: datetime | None = None,
) -> Board | None:
    """None: the exercise has no leaderboard."""
    standings = read_standings(assignment, now or timezone.now(), with_people=True)
    if standings is None:
        return None
    language = get_language() or "en"
    called = _names(assignment.course_id, viewer, sees_names=sees_names)
    columns = Columns.of(standings, language)
    ranked = [row_of(place, columns, called, viewer) for place in standings.ranked]
    known = known_methods(assignment.exercise.metadata["leaderboard"], columns)
    rows = merged(ranked, known, rises=standings.rises)
    shown_rows = rows if all_rows else shortened(rows)
    return Board(
        rows=tuple(shown_rows),
        count=len(ranked),
        first_count=sum(row.rank == 1 for row in ranked),
        left_out=sum(row.left_out for row in shown_rows),
        mine=own_place(standings, viewer.pk),
        name=name_of(standings.key),
        against_name=name_of(standings.against_key) if standings.against_key else "",
        rises=standings.rises,
        against_rises=standings.against_rises,
        tells_tenths=standings.tells_tenths or standings.tells_tenths_against,
        has_methods=bool(known),
        has_bands=any(row.band for row in ranked),
        chart=chart_of(standings, known, viewer.pk, language) if ranked else None,
    )


def _names(course_id: int, viewer: User, *, sees_names: bool) -> Naming:
    pseudonym_of = pseudonyms(course_id)

    def called(row: Standing) -> tuple[str, bool]:
        if sees_names or getattr(row, "shows_name", False):
            return row.learner.name(), False
        return pseudonym_of(row.learner_id), True

    return called
