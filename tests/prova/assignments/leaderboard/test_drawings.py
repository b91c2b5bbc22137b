"""The two drawings of a leaderboard stay inside their view boxes, whatever the numbers are."""

import re
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given
from prova.assignments.drawings.frontier import Spot, draw_frontier
from prova.assignments.drawings.intervals import Interval, draw_intervals
from prova.assignments.leaderboard.ranking import frontier

numbers = st.floats(-1e12, 1e12)


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    low, x, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Spot(x=x, low=low, high=high, y=draw(numbers))


@given(st.lists(spots(), min_size=1, max_size=8), st.booleans(), st.booleans())
def test_the_frontier_goes_through_its_points_inside_the_drawing(
    found: list[Spot], rises: bool, against_rises: bool
) -> None:
    edge = frontier(((spot.x, spot.y) for spot in found), rises=rises, against_rises=against_rises)
    drawing = draw_frontier(
        found[1:], found[:1], [], edge, rises=rises, against_rises=against_rises, language="pt-br"
    )
    places = [tuple(map(float, pair.split(","))) for pair in drawing.frontier[1:].split()]
    assert all(drawing.left <= x <= drawing.right and drawing.top <= y <= drawing.bottom for x, y in places)
    assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(places))
    drawn = {(float(spot.x), float(spot.y)) for spot in (*drawing.others, *drawing.mine)}
    assert len(drawn & set(places)) >= 1
    for spot in (*drawing.others, *drawing.mine):
        assert drawing.left <= float(spot.low_x) <= float(spot.x) <= float(spot.high_x) <= drawing.right
        assert not re.search(r"\d,\d+,", spot.diamond)


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=12), st.lists(numbers, max_size=3))
def test_every_interval_has_a_line_of_its_own_inside_the_drawing(
    bands: list[tuple[float, float, float]], known: list[float]
) -> None:
    intervals = [
        Interval(value=value, low=low, high=high, label="1") for low, value, high in map(sorted, bands)
    ]
    drawing = draw_intervals(intervals, [(value, "A") for value in known], "en")
    assert len({row.y for row in drawing.rows}) == len(intervals)
    assert all(drawing.top < row.y < drawing.bottom < drawing.height for row in drawing.rows)
    for row in drawing.rows:
        assert drawing.left <= float(row.low_x) <= float(row.x) <= float(row.high_x) <= drawing.right
    assert all(drawing.left <= float(mark.x) <= drawing.right for mark in drawing.marks)
