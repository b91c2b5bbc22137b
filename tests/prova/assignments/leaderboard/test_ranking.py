"""Places, distances and frontiers: what holds for any numbers."""

import hypothesis.strategies as st
from hypothesis import given
from prova.assignments.leaderboard.ranking import Entry, frontier, next_step, places

#: quarters: sums of them are exact, and ties come up
numbers = st.integers(-40, 40).map(lambda n: n / 4)


@st.composite
def entry_lists(draw: st.DrawFn, *, exact: bool = False) -> list[Entry[int]]:
    entries = []
    for number in range(draw(st.integers(1, 8))):
        low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
        entries.append(
            Entry(whose=number, value=value, low=value if exact else low, high=value if exact else high)
        )
    return entries


def certainly_better(one: Entry[int], other: Entry[int], rises: bool) -> bool:
    return one.low > other.high if rises else one.high < other.low


@given(entry_lists(), st.booleans())
def test_a_place_is_one_more_than_how_many_are_certainly_better(
    entries: list[Entry[int]], rises: bool
) -> None:
    for place in places(entries, rises=rises):
        assert place.rank == 1 + sum(certainly_better(each, place.entry, rises) for each in entries)


@given(entry_lists(), st.booleans())
def test_who_is_certainly_better_stands_above(entries: list[Entry[int]], rises: bool) -> None:
    ranks = {place.entry.whose: place.rank for place in places(entries, rises=rises)}
    for one in entries:
        for other in entries:
            if certainly_better(one, other, rises):
                assert ranks[one.whose] < ranks[other.whose]


@given(entry_lists(), st.booleans())
def test_who_overlaps_with_the_first_shares_the_first_place(entries: list[Entry[int]], rises: bool) -> None:
    ranked = places(entries, rises=rises)
    best = max(entries, key=lambda each: each.low if rises else -each.high)
    for place in ranked:
        assert (place.rank == 1) is not certainly_better(best, place.entry, rises)


@given(entry_lists(exact=True), st.booleans())
def test_exact_numbers_rank_as_usual(entries: list[Entry[int]], rises: bool) -> None:
    ordered = sorted((entry.value for entry in entries), reverse=rises)
    assert [(place.entry.value, place.rank) for place in places(entries, rises=rises)] == [
        (value, 1 + ordered.index(value)) for value in ordered
    ]


@given(entry_lists(), st.booleans())
def test_places_stand_in_order_and_lose_nobody(entries: list[Entry[int]], rises: bool) -> None:
    ranked = places(entries, rises=rises)
    assert [place.rank for place in ranked] == sorted(place.rank for place in ranked)
    assert {place.entry.whose for place in ranked} == {entry.whose for entry in entries}


def moved(entry: Entry[int], by: float) -> Entry[int]:
    return Entry(whose=entry.whose, value=entry.value + by, low=entry.low + by, high=entry.high + by)


@given(entry_lists(), st.booleans(), st.data())
def test_the_step_is_the_least_that_gives_the_next_place(
    entries: list[Entry[int]], rises: bool, data: st.DataObject
) -> None:
    ranked = places(entries, rises=rises)
    mine = data.draw(st.sampled_from(ranked))
    step = next_step(ranked, mine, rises=rises)
    if step is None:
        assert mine.rank == 1
        return

    def rank_after(improvement: float) -> int:
        by = improvement if rises else -improvement
        changed = [moved(each, by) if each is mine.entry else each for each in entries]
        return next(
            place.rank for place in places(changed, rises=rises) if place.entry.whose == mine.entry.whose
        )

    assert rank_after(step.amount) == step.to_rank < mine.rank
    assert rank_after(step.amount - 1 / 8) == mine.rank


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12), st.booleans(), st.booleans())
def test_nothing_beats_the_frontier_and_everything_else_is_beaten_by_it(
    points: list[tuple[float, float]], rises: bool, against_rises: bool
) -> None:
    def beats(one: tuple[float, float], other: tuple[float, float]) -> bool:
        signs = (1 if rises else -1, 1 if against_rises else -1)
        gains = [sign * (a - b) for sign, a, b in zip(signs, one, other, strict=True)]
        return min(gains) >= 0 and max(gains) > 0

    found = frontier(points, rises=rises, against_rises=against_rises)

    assert not any(beats(one, other) for one in points for other in found)
    assert all(point in found or any(beats(one, point) for one in found) for point in points)
    assert len(set(found)) == len(found)
