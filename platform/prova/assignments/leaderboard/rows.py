"""Rows of a leaderboard: numbers as they are written, known methods among the learners, long lists shortened. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from prova.accounts.models import User
from prova.assignments.leaderboard.entries import Standings
from prova.assignments.leaderboard.ranking import Place
from prova.assignments.leaderboard.words import decimals_of, digits, shown
from prova.assignments.models import Standing
from prova.courses.texts import text_in

FIRST_SHOWN, AROUND_MINE = 25, 2

Naming = Callable[[Standing], tuple[str, bool]]  #: a row's name, and whether it is a pseudonym


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """Texts in one language, and the numbers behind them."""

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
    submitted_at: datetime | None = (
        None  #: not behind a pseudonym: whoever sat beside them would know them by it
    )
    left_out: int = 0  #: so many rows stand here; then there is nothing else


@dataclass(frozen=True, kw_only=True)
class Columns:
    """How the numbers of a list are written, so that they line up."""

    standings: Standings
    language: str
    decimals: int | None
    against_decimals: int | None

    @classmethod
    def of(cls, standings: Standings, language: str) -> "Columns":
        against = [standings.against_of(place.entry.whose) for place in standings.ranked]
        return cls(
            standings=standings,
            language=language,
            decimals=decimals_of(number for place in standings.ranked for number in _numbers(place)),
            against_decimals=decimals_of(value for value in against if value is not None),
        )

    def value(self, value: float) -> str:
        return shown(value, self.standings.key, self.language, self.decimals)

    def against(self, value: float | None) -> str:
        if value is None:
            return ""
        return shown(value, self.standings.against_key, self.language, self.against_decimals)

    def band(self, low: float, high: float) -> str:
        """Empty: the number is exact."""
        ends = (digits(end, self.language, self.decimals) for end in (low, high))
        return " – ".join(ends) if low < high else ""


def _numbers(place: Place[Standing]) -> tuple[float, ...]:
    entry = place.entry
    return (entry.value, entry.low, entry.high)


def row_of(
    place: Place[Standing],
    columns: Columns,
    called: Naming,
    viewer: User,
) -> BoardRow:
    entry, row = place.entry, place.entry.whose
    name, is_pseudonym = called(row)
    against = columns.standings.against_of(row)
    is_mine = row.learner_id == viewer.pk
    return BoardRow(
        rank=place.rank,
        name=name,
        is_pseudonym=is_pseudonym,
        value=columns.value(entry.value),
        number=entry.value,
        low=entry.low,
        high=entry.high,
        band=columns.band(entry.low, entry.high),
        against=columns.against(against),
        against_number=against,
        is_mine=is_mine,
        submission=row.pk,
        submitted_at=row.submitted_at if is_mine or not is_pseudonym else None,
    )


def known_methods(board: Mapping[str, Any], columns: Columns) -> list[BoardRow]:
    """What they reach was measured in full: it says nothing beside tenths, nor while nobody has measured anything."""
    standings = columns.standings
    if standings.tells_tenths or not standings.key:
        return []
    found = []
    for letter, baseline in zip(ascii_uppercase, board["baselines"], strict=False):
        is_comparable = standings.against_key and not standings.tells_tenths_against
        against = baseline["against"] if is_comparable else None
        found.append(
            BoardRow(
                name=text_in(baseline["titles"], columns.language),
                letter=letter,
                value=columns.value(baseline["value"]),
                number=baseline["value"],
                against=columns.against(against),
                against_number=against,
            )
        )
    return found


def merged(ranked: Sequence[BoardRow], known: Sequence[BoardRow], *, rises: bool) -> list[BoardRow]:
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


def shortened(rows: Sequence[BoardRow]) -> list[BoardRow]:
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
