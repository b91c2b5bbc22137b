"""The leaderboard as a page shows it: rows in order, the known methods among them, one's own place, a chart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from grader.messages import number
from prova.accounts.models import User
from prova.assignments.leaderboard.chart import Chart, chart_of
from prova.assignments.leaderboard.entries import Standings, read_standings
from prova.assignments.leaderboard.ranking import Place
from prova.assignments.leaderboard.standing_view import OwnPlace, own_place
from prova.assignments.leaderboard.words import name_of, shown
from prova.assignments.models import Assignment, Standing
from prova.courses.pseudonyms import pseudonyms
from prova.courses.texts import text_in

FIRST_SHOWN, AROUND_MINE = 25, 2


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    name: str
    value: str
    number: float
    rank: int = 0  #: 0: a known method
    letter: str = ""  #: of a known method, in the chart
    low: float = 0.0
    high: float = 0.0
    band: str = ""  #: empty: the number is exact
    against: str = ""
    against_number: float | None = None
    is_mine: bool = False
    is_pseudonym: bool = False
    submission: int | None = None
    submitted_at: datetime | None = None
    left_out: int = 0  #: so many rows stand here; then there is nothing else


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
    ranked = [_row(place, standings, called, viewer, language) for place in standings.ranked]
    known = _known_methods(assignment.exercise.metadata["leaderboard"], standings, language)
    rows = _merged(ranked, known, rises=standings.rises)
    shown_rows = rows if all_rows else _shortened(rows)
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
        has_bands=any(row.band for row in ranked),
        chart=chart_of(standings, known, viewer.pk, language) if ranked else None,
    )


def _names(course_id: int, viewer: User, *, sees_names: bool) -> Callable[[Standing], tuple[str, bool]]:
    """A row's name, and whether it is a pseudonym."""
    pseudonym_of = pseudonyms(course_id)

    def called(row: Standing) -> tuple[str, bool]:
        if sees_names or getattr(row, "shows_name", False):
            return row.learner.name(), False
        return pseudonym_of(row.learner_id), True

    return called


def _row(
    place: Place[Standing],
    standings: Standings,
    called: Callable[[Standing], tuple[str, bool]],
    viewer: User,
    language: str,
) -> BoardRow:
    entry, row = place.entry, place.entry.whose
    name, is_pseudonym = called(row)
    against = standings.against_of(row)
    return BoardRow(
        rank=place.rank,
        name=name,
        is_pseudonym=is_pseudonym,
        value=shown(entry.value, standings.key, language),
        number=entry.value,
        low=entry.low,
        high=entry.high,
        band=_band(entry.low, entry.high, language) if entry.low < entry.high else "",
        against="" if against is None else shown(against, standings.against_key, language),
        against_number=against,
        is_mine=row.learner_id == viewer.pk,
        submission=row.pk,
        submitted_at=row.submitted_at,
    )


def _band(low: float, high: float, language: str) -> str:
    return f"{number(low, language)} – {number(high, language)}"


def _known_methods(board: Mapping[str, Any], standings: Standings, language: str) -> list[BoardRow]:
    """What they reach was measured in full: it says nothing beside tenths, nor while nobody has measured anything."""
    if standings.tells_tenths or not standings.key:
        return []
    found = []
    for letter, baseline in zip(ascii_uppercase, board["baselines"], strict=False):
        is_comparable = standings.against_key and not standings.tells_tenths_against
        against = baseline["against"] if is_comparable else None
        found.append(
            BoardRow(
                name=text_in(baseline["titles"], language),
                letter=letter,
                value=shown(baseline["value"], standings.key, language),
                number=baseline["value"],
                against="" if against is None else shown(against, standings.against_key, language),
                against_number=against,
            )
        )
    return found


def _merged(ranked: Sequence[BoardRow], known: Sequence[BoardRow], *, rises: bool) -> list[BoardRow]:
    """Each known method above the first learner whose number is worse."""
    rows = list(ranked)
    for method in sorted(known, key=lambda row: row.number, reverse=rises):
        worse = (
            place
            for place, row in enumerate(rows)
            if row.rank and (row.number < method.number if rises else row.number > method.number)
        )
        rows.insert(next(worse, len(rows)), method)
    return rows


def _shortened(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """The first ones, those around one's own, and the known methods; how many are left out in between."""
    mine = next((place for place, row in enumerate(rows) if row.is_mine), -len(rows) - AROUND_MINE)
    kept: list[BoardRow] = []
    skipped = 0
    for place, row in enumerate(rows):
        if place < FIRST_SHOWN or abs(place - mine) <= AROUND_MINE or not row.rank:
            kept += _gap(skipped)
            kept.append(row)
            skipped = 0
        else:
            skipped += 1
    return kept + _gap(skipped)


def _gap(skipped: int) -> list[BoardRow]:
    return [BoardRow(name="", value="", number=0.0, left_out=skipped)] if skipped else []
