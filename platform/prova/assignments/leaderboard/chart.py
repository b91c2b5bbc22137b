"""What a leaderboard draws: a frontier where there are two numbers, else bands side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.assignments.drawings.frontier import FrontierDrawing, Spot, draw_frontier
from prova.assignments.drawings.intervals import Interval, IntervalsDrawing, draw_intervals
from prova.assignments.leaderboard.entries import Standings
from prova.assignments.leaderboard.ranking import Place, frontier
from prova.assignments.leaderboard.rows import BoardRow
from prova.assignments.leaderboard.words import name_with_unit
from prova.assignments.models import Standing

_INTERVALS_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Chart:
    frontier: FrontierDrawing | None
    intervals: IntervalsDrawing | None
    on_frontier: int  #: results
    drawn: int  #: results
    x_name: str
    y_name: str
    methods: tuple[tuple[str, str], ...]  #: letter and name of those drawn


def chart_of(
    standings: Standings, known: Sequence[BoardRow], mine: int | None, language: str
) -> Chart | None:
    """None: there is nothing to be seen beyond the table. `known`: with their letters."""
    spots = [(place, _spot(place, standings)) for place in standings.ranked]
    in_two = [(place, spot) for place, spot in spots if spot is not None]
    if in_two:
        return _frontier_chart(standings, in_two, known, mine, language)
    return _intervals_chart(standings, known, mine, language)


def _spot(place: Place[Standing], standings: Standings) -> Spot | None:
    against = standings.against_of(place.entry.whose)
    if against is None:
        return None
    entry = place.entry
    return Spot(x=entry.value, low=entry.low, high=entry.high, y=against)


def _frontier_chart(
    standings: Standings,
    in_two: Sequence[tuple[Place[Standing], Spot]],
    known: Sequence[BoardRow],
    mine: int | None,
    language: str,
) -> Chart:
    rises, against_rises = standings.rises, standings.against_rises
    edge = frontier(((spot.x, spot.y) for _place, spot in in_two), rises=rises, against_rises=against_rises)
    own = [spot for place, spot in in_two if place.entry.whose.learner_id == mine]
    methods = [each for each in known if each.against_number is not None]
    drawing = draw_frontier(
        [spot for place, spot in in_two if place.entry.whose.learner_id != mine],
        own,
        [
            Spot(
                x=each.number,
                low=each.number,
                high=each.number,
                y=each.against_number or 0.0,
                label=each.letter,
            )
            for each in methods
        ],
        edge,
        rises=rises,
        against_rises=against_rises,
        language=language,
    )
    return Chart(
        frontier=drawing,
        intervals=None,
        on_frontier=sum((spot.x, spot.y) in set(edge) for _place, spot in in_two),
        drawn=len(in_two),
        x_name=_axis_name(standings.key, rises),
        y_name=_axis_name(standings.against_key, against_rises),
        methods=tuple((each.letter, each.name) for each in methods),
    )


def _intervals_chart(
    standings: Standings, known: Sequence[BoardRow], mine: int | None, language: str
) -> Chart | None:
    if standings.tells_tenths:
        return None
    ranked = standings.ranked
    chosen = [
        place
        for number, place in enumerate(ranked)
        if number < _INTERVALS_SHOWN or place.entry.whose.learner_id == mine
    ]
    intervals = [
        Interval(
            value=place.entry.value,
            low=place.entry.low,
            high=place.entry.high,
            label=str(place.rank),
            is_mine=place.entry.whose.learner_id == mine,
        )
        for place in chosen
    ]
    return Chart(
        frontier=None,
        intervals=draw_intervals(intervals, [(each.number, each.letter) for each in known], language),
        on_frontier=0,
        drawn=len(chosen),
        x_name=_axis_name(standings.key, standings.rises),
        y_name="",
        methods=tuple((each.letter, each.name) for each in known),
    )


def _axis_name(key: str, rises: bool) -> str:
    """With an arrow towards the better end."""
    name = name_with_unit(key)
    return f"{name} \N{RIGHTWARDS ARROW}" if rises else f"\N{LEFTWARDS ARROW} {name}"
