"""Schedules are checked where they are written down."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.training import Schedule, cosine_learning_rate


def test_the_rate_starts_at_the_first_halves_in_the_middle_and_ends_at_zero() -> None:
    rates = [cosine_learning_rate(step, steps=4, first=0.8) for step in range(5)]
    assert rates == pytest.approx([0.8, 0.4 * (1 + math.sqrt(0.5)), 0.4, 0.4 * (1 - math.sqrt(0.5)), 0.0])


@given(st.integers(1, 1000), st.floats(1e-6, 10))
def test_the_rate_never_rises(steps: int, first: float) -> None:
    rates = [cosine_learning_rate(step, steps=steps, first=first) for step in range(steps + 1)]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize(
    "wrong",
    [{"epochs": 0}, {"batch_size": 0}, {"learning_rate": 0.0}, {"l2": -1e-9}, {"learning_rate": math.nan}],
)
def test_an_impossible_schedule_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OutOfRange):
        replace(Schedule(epochs=1, batch_size=1, learning_rate=1e-3), **wrong)  # type: ignore[arg-type]


def test_half_an_epoch_is_refused() -> None:
    with pytest.raises(WrongDtype):
        Schedule(epochs=1.5, batch_size=1, learning_rate=1e-3)  # type: ignore[arg-type]


def test_a_step_beyond_the_last_is_refused() -> None:
    with pytest.raises(OutOfRange, match="step"):
        cosine_learning_rate(5, steps=4, first=1.0)
