"""Which question comes, and whether it may: pure."""

import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from prova.practice.choosing import Practised, next_question, next_variant
from prova.practice.progress import SHOWN, progress_of
from prova.practice.rule import Use, may_practise

USES = st.builds(
    Use,
    in_course=st.booleans(),
    has_begun=st.booleans(),
    has_submitted=st.booleans(),
    has_open_attempt=st.booleans(),
    shows_keys=st.booleans(),
)
FINISHED = Use(in_course=True, has_begun=True, has_submitted=True, has_open_attempt=False, shows_keys=True)


@settings(max_examples=60)
@given(uses=st.lists(USES, max_size=4), one_more=USES)
def test_one_quiz_that_has_not_shown_its_key_holds_a_question_back(uses: list[Use], one_more: Use) -> None:
    if may_practise([*uses, one_more]):
        assert one_more.has_submitted
        assert one_more.shows_keys
        assert not one_more.has_open_attempt
        assert may_practise([*uses, one_more, FINISHED])
    assert not may_practise([])


@settings(max_examples=60)
@given(
    candidates=st.lists(st.integers(1, 9), min_size=1, unique=True),
    turns=st.lists(st.builds(Practised, st.integers(1, 9), st.just(1), st.sampled_from([0.0, 0.5, 1.0]))),
    lot=st.integers(0, 2**30),
)
def test_new_questions_come_first_then_wrong_ones_and_none_twice_in_a_row(
    candidates: list[int], turns: list[Practised], lot: int
) -> None:
    chosen = next_question(candidates, turns, lot)
    last = {turn.question_id: turn.fraction for turn in turns}
    others = [each for each in candidates if not turns or each != turns[-1].question_id] or candidates
    assert chosen in others
    if any(each not in last for each in others):
        assert chosen not in last
    elif any(last[each] < 1 for each in others):
        assert last[chosen] < 1


@settings(max_examples=30)
@given(
    variants=st.lists(st.integers(1, 9), min_size=2, unique=True),
    lots=st.lists(st.integers(0, 99), max_size=30),
)
def test_variants_go_round_and_none_comes_twice_in_a_row(variants: list[int], lots: list[int]) -> None:
    turns: list[Practised] = []
    for lot in lots:
        turns.append(Practised(1, next_variant(variants, turns, lot), 1.0))
    met = Counter(turn.variant_id for turn in turns)
    assert not any(a.variant_id == b.variant_id for a, b in itertools.pairwise(turns))
    assert max(met.values(), default=0) - min((met[each] for each in variants), default=0) <= 1 or not turns


@given(fractions=st.lists(st.sampled_from([0.0, 0.25, 1.0]), max_size=50))
def test_the_chart_shows_the_last_turns_inside_its_frame(fractions: list[float]) -> None:
    progress = progress_of("pruning", 3, fractions)
    assert progress.turns == min(len(fractions), SHOWN)
    assert progress.right == fractions[-SHOWN:].count(1.0)
    assert all(bar.y >= 0 and bar.y + bar.height == progress.height for bar in progress.bars)
    assert all(bar.x + 12 <= progress.width for bar in progress.bars)
