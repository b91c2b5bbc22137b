"""Numbers of a leaderboard as they are written."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from prova.assignments.leaderboard.words import NAMES, UNITS, decimals_of, name_of, rounded_up, shown


@given(st.floats(1e-6, 1e6))
def test_what_is_rounded_up_promises_enough_and_little_more(amount: float) -> None:
    assert amount * (1 - 1e-6) <= rounded_up(amount) <= amount * 1.1 + 1e-9


@pytest.mark.parametrize(
    ("amount", "said"), [(0.25, 0.25), (0.3937, 0.4), (1.0, 1.0), (12.3, 13.0), (0.1 + 0.2, 0.3)]
)
def test_two_digits_say_how_much_is_missing(amount: float, said: float) -> None:
    assert rounded_up(amount) == said


def test_a_column_lines_up_and_loses_no_digit() -> None:
    values = [8.2994, 8.16, 12.0]
    assert [shown(value, "compression_ratio", "pt-br", decimals_of(values)) for value in values] == [
        "8,299×",
        "8,160×",
        "12,000×",
    ]
    assert decimals_of([1e-9, 1.0]) is None


def test_what_has_a_unit_has_a_name() -> None:
    assert set(UNITS) <= set(NAMES)
    assert name_of("bytes_per_weight") == "Bytes per weight"
