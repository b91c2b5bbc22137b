from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import costs
from reference_impl.errors import OutOfRange

sides = st.integers(1, 40)
channels = st.integers(1, 64)


@given(inputs=channels, outputs=channels)
def test_a_dense_layer_is_a_convolution_over_one_position(inputs: int, outputs: int) -> None:
    assert costs.dense_parameters(inputs, outputs) == costs.conv_parameters(1, inputs, outputs)


@given(kernel=st.integers(1, 7), inputs=channels, outputs=channels, side=sides)
def test_separable_convolution_costs_the_published_share(
    kernel: int, inputs: int, outputs: int, side: int
) -> None:
    whole = costs.conv_macs(kernel, inputs, outputs, side)
    separable = costs.depthwise_separable_macs(kernel, inputs, outputs, side)
    assert separable / whole == pytest.approx(1 / outputs + 1 / kernel**2)


@given(side=sides, kernel=st.sampled_from([1, 3, 5, 7]))
def test_padding_by_half_the_kernel_keeps_the_size(side: int, kernel: int) -> None:
    assert costs.conv_output_side(side, kernel, padding=kernel // 2) == side


@given(side=st.integers(8, 60), kernel=st.integers(1, 7), stride=st.integers(1, 4), padding=st.integers(0, 3))
def test_output_side_counts_the_places_a_kernel_can_stand(
    side: int, kernel: int, stride: int, padding: int
) -> None:
    places = [at for at in range(-padding, side + padding - kernel + 1) if (at + padding) % stride == 0]
    assert costs.conv_output_side(side, kernel, stride=stride, padding=padding) == len(places)


def test_sharing_ratio_of_the_paper_and_of_eight_weights() -> None:
    assert costs.sharing_ratio(16, 4) == pytest.approx(3.2)
    assert costs.sharing_ratio(8, 2) == pytest.approx(256 / 72)


@given(weights=st.integers(1, 10**6), bits=st.integers(1, 8))
def test_sharing_stays_under_its_limit(weights: int, bits: int) -> None:
    assert costs.sharing_ratio(weights, 2**bits) < 32 / bits


def test_a_codebook_that_is_no_power_of_two_takes_whole_bits() -> None:
    assert [costs.index_bits(k) for k in (2, 3, 4, 5, 16, 17)] == [1, 2, 2, 3, 4, 5]


@given(entries=st.integers(1, 10**6), gap_bits=st.integers(1, 8))
def test_gaps_are_charged_once_an_entry(entries: int, gap_bits: int) -> None:
    with_gaps = costs.pruned_shared_bits(entries, 16, gap_bits=gap_bits)
    assert with_gaps - costs.shared_bits(entries, 16) == entries * gap_bits


def test_dram_costs_128_times_sram() -> None:
    assert costs.access_energy_pj(1, "dram_read") == 128 * costs.access_energy_pj(1, "sram_read")


@given(intensity=st.floats(0.01, 1e4))
def test_the_roofline_never_exceeds_either_roof(intensity: float) -> None:
    rate = costs.attainable_ops(4e12, 32e9, intensity)
    assert rate <= 4e12
    assert rate <= 32e9 * intensity
    assert rate in (4e12, 32e9 * intensity)


@given(fraction=st.floats(0, 0.99), factor=st.floats(1, 1e6))
def test_the_slow_part_bounds_the_speedup(fraction: float, factor: float) -> None:
    limit = costs.overall_speedup(fraction, inf)
    assert limit == 1 / (1 - fraction)
    assert 1 - 1e-9 <= costs.overall_speedup(fraction, factor) <= limit + 1e-9


def test_all_of_the_time_cannot_run_infinitely_fast() -> None:
    with pytest.raises(OutOfRange, match="infinite factor"):
        costs.overall_speedup(1.0, inf)
    assert costs.overall_speedup(1.0, 8) == 8
