"""The laws every scoring rule keeps, and the figures of a worked example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.definition import OptionDefinition
from questionbank.items import ItemVerdict, bind
from questionbank.items.partial_credit import RULES, Tally, sum_of_fractions
from questionbank.variant import Variant
from tests.questionbank.samples import multiple_choice

rules = st.sampled_from(sorted(RULES))


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    keys, wrong = draw(st.integers(1, 5)), draw(st.integers(0, 5))
    return Tally(keys + wrong, keys, draw(st.integers(0, keys)), draw(st.integers(0, wrong)))


@pytest.mark.parametrize(
    ("rule", "earned"),
    [("all_or_nothing", 0), ("net_correct", 0.5), ("coverage", 2 / 3), ("every_decision", 0.8)],
)
def test_two_of_two_keys_and_one_wrong_option_of_five(rule: str, earned: float) -> None:
    assert RULES[rule](Tally(options=5, keys=2, right_chosen=2, wrong_chosen=1)) == pytest.approx(earned)


@given(rule=rules, tally=tallies())
def test_a_score_lies_between_nothing_and_everything(rule: str, tally: Tally) -> None:
    assert 0 <= RULES[rule](tally) <= 1


@given(rule=rules, tally=tallies())
def test_exactly_the_keys_earn_everything_and_nothing_else_does(rule: str, tally: Tally) -> None:
    complete = tally.right_chosen == tally.keys and tally.wrong_chosen == 0
    assert (RULES[rule](tally) == 1) == complete


@given(rule=rules, tally=tallies())
def test_one_more_wrong_option_never_raises_the_score(rule: str, tally: Tally) -> None:
    if tally.wrong_chosen < tally.options - tally.keys:
        worse = Tally(tally.options, tally.keys, tally.right_chosen, tally.wrong_chosen + 1)
        assert RULES[rule](worse) <= RULES[rule](tally)


@given(rule=rules, tally=tallies())
def test_one_more_key_never_lowers_the_score(rule: str, tally: Tally) -> None:
    if tally.right_chosen < tally.keys:
        better = Tally(tally.options, tally.keys, tally.right_chosen + 1, tally.wrong_chosen)
        assert RULES[rule](better) >= RULES[rule](tally)


@given(tally=tallies())
def test_ticking_everything_pays_only_where_keys_are_the_majority(tally: Tally) -> None:
    everything = Tally(tally.options, tally.keys, tally.keys, tally.options - tally.keys)
    expected = max(0, (2 * tally.keys - tally.options) / tally.keys)
    assert RULES["net_correct"](everything) == pytest.approx(expected)


@given(rule=rules, keys=st.integers(1, 4), wrong=st.integers(1, 4))
def test_a_blank_answer_earns_nothing_under_every_rule(rule: str, keys: int, wrong: int) -> None:
    item = bind(multiple_choice(keys, wrong, scoring=rule), Variant())
    outcome = item.score({"chosen": []})
    assert (outcome.fraction, outcome.verdict) == (0, ItemVerdict.BLANK)


@pytest.mark.parametrize(
    ("fractions", "earned"),
    [([0.5, 0.5], 1), ([0.5], 0.5), ([0.33333] * 3, 1), ([0.5, -1], 0), ([0.5, 0.5, -0.5], 0.5), ([], 0)],
)
def test_fractions_add_up_between_nothing_and_everything(fractions: list[float], earned: float) -> None:
    assert sum_of_fractions(fractions) == pytest.approx(earned)


@st.composite
def authored_fractions(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Of keys, which add up to 1, and of wrong options, which cost or add nothing."""
    parts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5))
    costs = draw(st.lists(st.floats(-1, 0), max_size=5))
    return [part / sum(parts) for part in parts], costs


def earned_by(fractions: tuple[list[float], list[float]], keys: int, wrong: int) -> float:
    """With the first `keys` keys and the first `wrong` wrong options chosen, through the item as authored."""
    right, costs = fractions
    options = [OptionDefinition(f"key{i}", correct=True, fraction=value) for i, value in enumerate(right)]
    options += [OptionDefinition(f"wrong{i}", fraction=value) for i, value in enumerate(costs)]
    question = multiple_choice(len(right), len(costs), scoring="fractions", options=tuple(options))
    chosen = [f"key{i}" for i in range(keys)] + [f"wrong{i}" for i in range(wrong)]
    outcome = bind(question, Variant()).score({"chosen": chosen})
    assert (outcome.verdict is ItemVerdict.BLANK) == (not chosen)
    return outcome.fraction


@given(fractions=authored_fractions(), data=st.data())
def test_fractions_keep_the_laws_of_the_other_rules(
    fractions: tuple[list[float], list[float]], data: st.DataObject
) -> None:
    right, costs = (len(each) for each in fractions)
    keys, wrong = data.draw(st.integers(0, right)), data.draw(st.integers(0, costs))
    earned = earned_by(fractions, keys, wrong)
    assert 0 <= earned <= 1
    assert earned_by(fractions, right, 0) == 1
    assert earned_by(fractions, 0, 0) == 0
    if wrong < costs:
        assert earned_by(fractions, keys, wrong + 1) <= earned
    if keys < right:
        assert earned_by(fractions, keys + 1, wrong) >= earned
