"""The laws of rules that score rows, and what an answer to a table of statements is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionbank.items import ItemVerdict, ParseProblem, bind, explain
from questionbank.items.row_credit import ROW_RULES, RowTally
from questionbank.items.true_false import TrueFalse
from questionbank.variant import Variant
from tests.questionbank.samples import true_false

rules = st.sampled_from(sorted(ROW_RULES))


@st.composite
def tallies(draw: st.DrawFn) -> RowTally:
    rows, choices = draw(st.integers(1, 8)), draw(st.integers(2, 8))
    right = draw(st.integers(0, rows))
    return RowTally(rows, right, draw(st.integers(0, rows - right)), choices)


@given(rule=rules, tally=tallies())
def test_a_score_lies_between_nothing_and_everything(rule: str, tally: RowTally) -> None:
    assert 0 <= ROW_RULES[rule](tally) <= 1


@given(rule=rules, tally=tallies())
def test_only_all_rows_right_earns_everything(rule: str, tally: RowTally) -> None:
    assert (ROW_RULES[rule](tally) == 1) == (tally.right == tally.rows)


@given(rule=rules, tally=tallies())
def test_one_more_wrong_row_never_raises_and_one_more_right_row_never_lowers_the_score(
    rule: str, tally: RowTally
) -> None:
    if tally.right + tally.wrong < tally.rows:
        wrong = RowTally(tally.rows, tally.right, tally.wrong + 1, tally.choices)
        right = RowTally(tally.rows, tally.right + 1, tally.wrong, tally.choices)
        assert ROW_RULES[rule](wrong) <= ROW_RULES[rule](tally) <= ROW_RULES[rule](right)


@given(rows=st.integers(1, 8), choices=st.integers(2, 8), rounds=st.integers(1, 3))
def test_the_guessing_penalty_takes_exactly_what_guessing_gains(rows: int, choices: int, rounds: int) -> None:
    right = rounds  # of `choices` guesses one is right
    whole = RowTally(choices * rounds, right, choices * rounds - right, choices)
    assert ROW_RULES["net_correct"](whole) == pytest.approx(0)


def item(**changes: Any) -> TrueFalse:
    bound = bind(true_false(**changes), Variant(), "salt")
    assert isinstance(bound, TrueFalse)
    return bound


@pytest.mark.parametrize(
    ("rule", "earned"), [("every_decision", 0.5), ("net_correct", 0.25), ("all_or_nothing", 0)]
)
def test_two_rows_right_one_wrong_and_one_open(rule: str, earned: float) -> None:
    answer = {"rows": {"right0": "true", "wrong0": "false", "wrong1": "true"}}
    outcome = item(scoring=rule).score(answer)
    assert outcome.fraction == earned
    assert outcome.verdict is (ItemVerdict.PARTLY if earned else ItemVerdict.WRONG)
    assert outcome.right_rows == ("right0", "wrong0")


@pytest.mark.parametrize("rule", TrueFalse.rules)
def test_all_rows_wrong_earn_nothing_and_are_not_blank(rule: str) -> None:
    bound = item(scoring=rule)
    turned = {row: "false" if right == "true" else "true" for row, right in bound.key.items()}
    assert bound.score({"rows": turned}).verdict is ItemVerdict.WRONG


def test_the_words_of_the_choices_are_of_the_language() -> None:
    pages = [item().present(seed=1, language=language) for language in ("en", "pt-br")]
    labels = [[choice.label for choice in page.rows[0].choices] for page in pages]
    assert labels == [["True", "False"], ["Verdadeiro", "Falso"]]


def test_a_foreign_value_and_a_row_answered_twice_are_refused_in_words() -> None:
    bound = item()
    both = [bound.value("right0", choice) for choice in bound.choices]
    for values, message in ((["true"], "rows.unknown_choice"), (both, "rows.answered_twice")):
        problem = bound.parse({"answer": values}, language="en")
        assert isinstance(problem, ParseProblem)
        assert problem.message == message
        assert explain(problem, "pt-br") != explain(problem, "en")


def test_the_order_of_the_statements_depends_on_the_seed() -> None:
    orders = {
        tuple(row.text_html for row in item().present(seed=seed, language="en").rows) for seed in range(20)
    }
    assert len(orders) > 5
