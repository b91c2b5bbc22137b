import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.pruning.masks import magnitude_mask, n_m_mask, sparsity, threshold_mask
from reference_impl.pruning.schedule import cubic_sparsity, density_after_rounds, retraining_dropout

weight_lists = st.lists(st.floats(-5, 5), min_size=1, max_size=40)
shares = st.floats(0, 1)


@given(weights=weight_lists, share=shares)
def test_the_asked_number_goes_and_none_that_goes_is_larger(weights: list[float], share: float) -> None:
    mask = magnitude_mask(weights, share)
    magnitudes = np.abs(weights)
    assert np.count_nonzero(~mask) == round(len(weights) * share)
    assert magnitudes[~mask].max(initial=0) <= magnitudes[mask].min(initial=np.inf)


@given(weights=weight_lists, threshold=st.floats(0, 5))
def test_pruning_below_a_threshold_looks_at_magnitude_only(weights: list[float], threshold: float) -> None:
    mask = threshold_mask(weights, threshold)
    np.testing.assert_array_equal(mask, threshold_mask([-w for w in weights], threshold))
    assert sparsity(mask) == pytest.approx(sum(abs(w) < threshold for w in weights) / len(weights))


@given(
    groups=st.lists(st.lists(st.floats(-5, 5), min_size=4, max_size=4), min_size=1, max_size=8),
    n=st.integers(0, 4),
)
def test_each_group_keeps_its_n_largest(groups: list[list[float]], n: int) -> None:
    mask = n_m_mask(np.array(groups).ravel(), n, 4).reshape(-1, 4)
    for group, kept in zip(np.abs(groups), mask, strict=True):
        assert np.count_nonzero(kept) == n
        assert group[~kept].max(initial=0) <= group[kept].min(initial=np.inf)


@given(initial=shares, final=shares, step=st.floats(-50, 250))
def test_the_schedule_runs_from_initial_to_final_and_stays_between(
    initial: float, final: float, step: float
) -> None:
    def at(step: float) -> float:
        return cubic_sparsity(step, initial=initial, final=final, start=20, end=120)

    assert at(20) == pytest.approx(initial)
    assert at(120) == pytest.approx(final)
    assert min(initial, final) - 1e-9 <= at(step) <= max(initial, final) + 1e-9


def test_half_way_the_cubic_schedule_is_seven_eighths_done() -> None:
    assert cubic_sparsity(50, initial=0, final=0.8, start=0, end=100) == pytest.approx(0.7)


def test_what_is_left_after_rounds_of_twenty_percent() -> None:
    assert density_after_rounds(0.2, 3) == pytest.approx(0.512)


@given(dropout=st.floats(0, 0.9), density=shares)
def test_a_sparser_layer_is_retrained_with_no_more_dropout(dropout: float, density: float) -> None:
    assert 0 <= retraining_dropout(dropout, density) <= dropout
