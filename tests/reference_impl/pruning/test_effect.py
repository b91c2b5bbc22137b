import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.pruning.effect import break_even_density, channel_pruned_macs, effect_of
from reference_impl.sparse.relative_array import to_relative


@given(kept=st.lists(st.booleans(), min_size=1, max_size=200), gap_bits=st.integers(1, 6))
def test_bits_are_those_of_the_relative_storage(kept: list[bool], gap_bits: int) -> None:
    effect = effect_of(kept, weight_bits=8, gap_bits=gap_bits, uses=9)
    stored = to_relative(np.array(kept, dtype=float), gap_bits=gap_bits)
    assert effect.stored_bits == stored.size_bits(8)
    assert effect.needed_macs == 9 * sum(kept)
    assert effect.dense_macs == 9 * effect.weights


def test_a_mask_that_keeps_nothing_costs_nothing() -> None:
    assert effect_of([False, False]).ratio == float("inf")
    assert effect_of([True] * 4, weight_bits=27).ratio == pytest.approx(27 / 32)
    with pytest.raises(EmptyInput):
        effect_of([])


def test_at_the_break_even_density_both_take_the_same_room() -> None:
    assert break_even_density(32, 32) == 0.5
    assert break_even_density(8, 5) * (8 + 5) == pytest.approx(8)


def test_half_the_inputs_and_half_the_outputs_leave_a_quarter() -> None:
    assert channel_pruned_macs(1000, kept_inputs=0.5, kept_outputs=0.5) == 250
    with pytest.raises(OutOfRange):
        channel_pruned_macs(1000, kept_inputs=1.5, kept_outputs=0.5)
