"""The laws of rules that score an order, and what an order is as an answer."""

from itertools import permutations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.items import bind
from questionbank.items.order_credit import ORDER_RULES, Places, pairs
from questionbank.items.ordering import Ordering
from questionbank.variant import Variant
from tests.questionbank.samples import ordering

rules = st.sampled_from(sorted(ORDER_RULES))
orders = st.integers(2, 7).flatmap(lambda steps: st.permutations(range(1, steps + 1)))
#: places may be given twice, and steps be left open
answers = st.integers(2, 7).flatmap(
    lambda steps: st.lists(st.none() | st.integers(1, steps), min_size=steps, max_size=steps)
)


@given(rule=rules, places=answers)
def test_a_score_lies_between_nothing_and_everything(rule: str, places: Places) -> None:
    assert 0 <= ORDER_RULES[rule](places) <= 1


@given(rule=rules, places=answers)
def test_only_the_right_order_earns_everything(rule: str, places: Places) -> None:
    assert (ORDER_RULES[rule](places) == 1) == (list(places) == list(range(1, len(places) + 1)))


@given(rule=rules, order=orders, place=st.integers(0, 5))
def test_two_neighbours_put_right_never_lower_the_score(rule: str, order: list[int], place: int) -> None:
    place %= len(order) - 1
    first, second = order[place : place + 2]
    if rule in ("pairs", "net_pairs") and first > second:
        better = [*order[:place], second, first, *order[place + 2 :]]
        assert ORDER_RULES[rule](better) >= ORDER_RULES[rule](order)
        assert pairs(better) > pairs(order)


@given(steps=st.integers(2, 7))
def test_the_order_turned_round_earns_nothing_by_pairs(steps: int) -> None:
    turned = list(range(steps, 0, -1))
    assert ORDER_RULES["pairs"](turned) == ORDER_RULES["net_pairs"](turned) == 0


@given(rule=st.sampled_from(["pairs", "places"]), places=answers, place=st.integers(0, 6))
def test_leaving_a_step_open_never_earns_more(rule: str, places: list[int | None], place: int) -> None:
    opened = list(places)
    opened[place % len(places)] = None
    assert ORDER_RULES[rule](opened) <= ORDER_RULES[rule](places)


@pytest.mark.parametrize("steps", [2, 3, 4, 5])
def test_guessing_earns_half_by_pairs_and_nothing_once_wrong_pairs_cost(steps: int) -> None:
    guesses = [list(order) for order in permutations(range(1, steps + 1))]
    assert mean(map(pairs, guesses)) == pytest.approx(0.5)
    assert mean(2 * pairs(guess) - 1 for guess in guesses) == pytest.approx(0)
    for guess in guesses:
        assert ORDER_RULES["net_pairs"](guess) == pytest.approx(max(0, 2 * pairs(guess) - 1))


@pytest.mark.parametrize(
    ("rule", "earned"), [("pairs", 5 / 6), ("net_pairs", 4 / 6), ("places", 0.5), ("all_or_nothing", 0)]
)
def test_four_steps_of_which_two_neighbours_are_exchanged(rule: str, earned: float) -> None:
    answer = {"rows": {"step0": "1", "step1": "3", "step2": "2", "step3": "4"}}
    assert item(scoring=rule).score(answer).fraction == pytest.approx(earned)


def item(steps: int = 4, scoring: str | None = None) -> Ordering:
    bound = bind(ordering(steps, scoring=scoring), Variant(), "salt")
    assert isinstance(bound, Ordering)
    return bound


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_the_page_never_shows_the_right_order(steps: int) -> None:
    right = [f"en does step{number}" for number in range(steps)]
    for seed in range(40):
        shown = [row.text_html for row in item(steps).present(seed=seed, language="en").rows]
        assert shown != right
        assert sorted(shown) == right


def test_the_feedback_shows_the_right_order() -> None:
    told = item().feedback(None, seed=1, language="en")
    assert [row.text_html for row in told.rows] == [f"en does step{number}" for number in range(4)]
    assert [row.right_html for row in told.rows] == ["1", "2", "3", "4"]


def test_places_given_twice_are_named() -> None:
    page = item().present(
        seed=1, language="en", response={"rows": {"step0": "2", "step1": "2", "step2": "1"}}
    )
    assert page.repeated == ("2",)
    assert page.open_rows == 1
