import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import OutOfRange
from reference_impl.pruning.regrowth import regrow, rewire, rewired_share

seeds = st.integers(0, 2**16)


@given(seed=seeds, count=st.integers(0, 6))
def test_what_grows_has_the_steepest_gradients_of_what_was_missing(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    mask = draw.permutation([True] * 6 + [False] * 6).reshape(3, 4)
    slopes = np.abs(draw.normal(size=(3, 4)))
    grown = regrow(mask, -slopes, count)
    new = grown & ~mask
    assert (grown[mask]).all()
    assert new.sum() == count
    assert slopes[~grown].max(initial=0) <= slopes[new].min(initial=np.inf)


def test_of_equal_gradients_the_lowest_index_grows() -> None:
    assert regrow([False, True, False, False], [1.0, 9.0, 1.0, 1.0], 2).tolist() == [True, True, True, False]


@given(seed=seeds, share=st.floats(0, 1))
def test_rewiring_keeps_the_number_and_new_connections_start_at_zero(seed: int, share: float) -> None:
    draw = np.random.default_rng(seed)
    weights, gradient = draw.normal(size=(4, 5)), draw.normal(size=(4, 5))
    mask = draw.random((4, 5)) < 0.4
    result = rewire(weights, gradient, mask, share)
    assert result.mask.sum() == mask.sum()
    both = result.mask & mask
    np.testing.assert_array_equal(result.weights[both], weights[both])
    assert not result.weights[~both].any()


def test_the_weakest_goes_and_the_steepest_comes() -> None:
    result = rewire([0.1, -5.0, 0.0, 0.0], [0.0, 0.0, 1.0, -3.0], np.array([True, True, False, False]), 0.5)
    assert result.mask.tolist() == [False, True, False, True]
    assert result.weights.tolist() == [0.0, -5.0, 0.0, 0.0]


def test_one_that_was_just_dropped_may_come_back_with_its_weight() -> None:
    result = rewire([0.1, -5.0, 0.0], [9.0, 0.0, 1.0], np.array([True, True, False]), 0.5)
    assert result.mask.tolist() == [True, True, False]
    assert result.weights.tolist() == [0.1, -5.0, 0.0]


def test_the_share_falls_along_a_half_wave() -> None:
    shares = [rewired_share(step, initial=0.3, end=100) for step in (-5, 0, 50, 100, 200)]
    assert shares == pytest.approx([0.3, 0.3, 0.15, 0.0, 0.0])


def test_more_than_is_missing_cannot_grow() -> None:
    with pytest.raises(OutOfRange, match="grows"):
        regrow([True, False], [1.0, 1.0], 2)
    with pytest.raises(OutOfRange, match="shape"):
        regrow([True, False], [1.0], 1)
