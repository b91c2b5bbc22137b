from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from questionbank.definition import OptionDefinition
from questionbank.items import ItemOutcome, ItemVerdict, bind
from questionbank.items.guessing import penalty_of_guessing, with_guessing_penalty
from questionbank.items.hints import after_hints
from questionbank.variant import Variant
from tests.questionbank import samples

fractions = st.floats(-1, 1, allow_nan=False)
costs = st.lists(st.floats(0, 1, allow_nan=False), max_size=5)


@given(fractions, costs)
def test_hints_take_away_what_is_earned_and_no_more(fraction, taken):
    left = after_hints(fraction, taken)
    assert min(fraction, 0) <= left <= max(fraction, 0)
    assert fraction > 0 or left == fraction


@given(fractions, costs, st.floats(0, 1))
def test_one_more_hint_never_earns_more(fraction, taken, cost):
    assert after_hints(fraction, [*taken, cost]) <= after_hints(fraction, taken) + 1e-12


def test_thirds_leave_exactly_nothing():
    assert after_hints(1.0, [1 / 3] * 3) == 0.0
    assert after_hints(1.0, [0.25]) == 0.75
    assert after_hints(1.0, []) == 1.0


def choice_of(options: int):
    names = [f"option{place}" for place in range(options)]
    question = samples.multiple_choice(keys=1, wrong=options - 1)
    texts = {
        language: replace(text, options=dict(zip(names, text.options.values(), strict=True)))
        for language, text in question.texts.items()
    }
    definitions = tuple(OptionDefinition(name, correct=name == "option0") for name in names)
    return replace(question, type="single_choice", scoring=None, options=definitions, texts=texts)


@given(st.integers(2, 8), st.floats(0.1, 100))
def test_guessing_blindly_earns_nothing_on_average(options, points):
    item = bind(choice_of(options), Variant())
    outcomes = [item.score({"chosen": [option.id]}) for option in item.question.options]
    earned = [points * with_guessing_penalty(item.question, outcome) for outcome in outcomes]
    assert abs(sum(earned)) < 1e-9 * points
    assert max(earned) == points


def test_what_is_blank_or_not_guessed_costs_nothing():
    item = bind(choice_of(4), Variant())
    assert with_guessing_penalty(item.question, item.score(None)) == 0.0
    assert penalty_of_guessing(1) == 0.0
    wrong_number = ItemOutcome(0.0, ItemVerdict.WRONG)
    assert with_guessing_penalty(samples.numeric(), wrong_number) == 0.0
