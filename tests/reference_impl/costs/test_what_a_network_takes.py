from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import costs
from reference_impl.costs import Bound, Device, Step, Traffic
from reference_impl.errors import CompressionError, EmptyInput, OutOfRange

sizes = st.lists(st.integers(0, 100), min_size=2, max_size=8)
small = st.integers(1, 6)


@given(kernel=st.integers(1, 5), groups=st.integers(1, 3), inner=small, outer=small, bias=st.booleans())
def test_parameters_are_those_torch_makes(
    kernel: int, groups: int, inner: int, outer: int, bias: bool
) -> None:
    inputs, outputs = inner * groups, outer * groups
    layer = torch.nn.Conv2d(inputs, outputs, kernel, groups=groups, bias=bias)
    made = sum(parameter.numel() for parameter in layer.parameters())
    assert costs.conv_parameters(kernel, inputs, outputs, bias=bias, groups=groups) == made


@given(side=st.integers(1, 9), kernel=st.integers(1, 4), stride=st.integers(1, 3), padding=st.integers(0, 2))
def test_the_output_has_the_side_torch_gives(side: int, kernel: int, stride: int, padding: int) -> None:
    if side + 2 * padding < kernel:
        with pytest.raises(OutOfRange, match="does not fit"):
            costs.conv_output_side(side, kernel, stride=stride, padding=padding)
        return
    layer = torch.nn.Conv2d(1, 1, kernel, stride=stride, padding=padding)
    assert (
        costs.conv_output_side(side, kernel, stride=stride, padding=padding)
        == layer(torch.zeros(1, 1, side, side)).shape[-1]
    )


def test_lenet_300_100_has_the_published_number_of_parameters() -> None:
    layers = [(784, 300), (300, 100), (100, 10)]
    assert sum(costs.dense_parameters(*layer) for layer in layers) == 266_610
    assert sum(costs.dense_macs(*layer) for layer in layers) == 266_200


@given(sizes=sizes, bits=st.integers(1, 32))
def test_a_chain_needs_its_two_largest_neighbours(sizes: list[int], bits: int) -> None:
    expected = max(a + b for a, b in pairwise(sizes))
    assert costs.peak_activation_bits(sizes, bits=bits) == expected * bits


def test_a_shortcut_keeps_its_tensor_alive() -> None:
    steps = [Step(("x",), "a"), Step(("a",), "b"), Step(("b", "x"), "sum")]
    sizes = {"x": 10, "a": 20, "b": 5, "sum": 10}
    assert costs.peak_activations(steps, sizes) == 10 + 20 + 5
    assert costs.peak_activations([*steps[:2], Step(("b",), "sum")], sizes) == 30


def test_an_output_that_nobody_reads_is_kept_to_the_end() -> None:
    heads = [Step(("x",), "first"), Step(("x",), "trunk"), Step(("trunk",), "second")]
    assert costs.peak_activations(heads, {"x": 1, "first": 50, "trunk": 30, "second": 40}) == 50 + 30 + 40


def test_small_integers_of_numpy_do_not_wrap() -> None:
    side: Any = np.uint8(200)
    kernel: Any = np.int8(3)
    assert costs.dense_macs(side, side) == 40_000
    assert costs.conv_macs(kernel, side, side, side) == 9 * 200**4
    assert costs.words(side, bits=side) == 200 * 200 / 32
    assert costs.transfer_ms(side, megabits_per_s=side) == 8 / 1000
    assert costs.batch_ms(side, interval_ms=side, compute_ms=side) == 200 * 200
    assert costs.power_watts(side, side) == pytest.approx(4e-8)
    assert costs.total_ratio([(side, side), (side, side)]) == 1
    device = Device("board", peak_ops=1.0, bandwidth_bytes=1.0)
    assert costs.estimate(device, macs=side, weight_bytes=side, activation_bytes=side).seconds == 400


def test_a_step_in_place_takes_no_room_of_its_own() -> None:
    sizes = {"x": 10, "y": 10}
    assert costs.peak_activations([Step(("x",), "y")], sizes) == 20
    assert costs.peak_activations([Step(("x",), "y", in_place=True)], sizes) == 10


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([Step(("x",), "nowhere")], "unknown"),
        ([Step(("x",), "y"), Step(("x",), "y")], "twice"),
        ([Step(("y",), "x"), Step(("x",), "y")], "not there yet"),
        ([Step(("x",), "y", in_place=True), Step(("x", "y"), "z")], "take the room"),
        ([Step(("x",), "wide", in_place=True)], "take the room"),
    ],
)
def test_impossible_steps_are_refused(steps: list[Step], why: str) -> None:
    with pytest.raises(OutOfRange, match=why):
        costs.peak_activations(steps, {"x": 10, "y": 10, "z": 10, "wide": 11})


def test_a_billion_connections_twenty_times_a_second_from_dram_take_12_8_watts() -> None:
    """The paper's example, arXiv:1510.00149, section 1."""
    assert costs.power_watts(costs.access_energy_pj(1e9, "dram_read"), 20) == pytest.approx(12.8)


def test_a_battery_lasts_its_energy_over_the_mean_power() -> None:
    assert costs.battery_hours(1000, volts=3.7, watts=0.37) == pytest.approx(10)


@given(macs=st.integers(0, 10**9), reads=st.integers(0, 10**9))
def test_energy_adds_up_and_reading_outweighs_arithmetic(macs: int, reads: int) -> None:
    assert costs.inference_energy_pj(Traffic(float_macs=macs)) == pytest.approx(4.6 * macs)
    assert costs.inference_energy_pj(Traffic(int_macs=macs)) == pytest.approx(3.2 * macs)
    both = costs.inference_energy_pj(Traffic(float_macs=macs, sram_reads=reads, dram_reads=reads))
    assert both == pytest.approx(4.6 * macs + 645 * reads)


def test_the_table_cannot_be_changed_from_outside() -> None:
    with pytest.raises(TypeError):
        costs.ENERGY_PJ["dram_read"] = 0.0  # type: ignore[index]


@given(
    macs=st.floats(1, 1e12),
    weight_bytes=st.floats(1, 1e9),
    activation_bytes=st.floats(0, 1e9),
    fast=st.floats(0, 1e9),
)
def test_the_estimate_lies_on_the_roofline(
    macs: float, weight_bytes: float, activation_bytes: float, fast: float
) -> None:
    device = Device("board", peak_ops=4e12, bandwidth_bytes=32e9, fast_memory_bytes=fast)
    found = costs.estimate(device, macs=macs, weight_bytes=weight_bytes, activation_bytes=activation_bytes)
    attainable = costs.attainable_ops(4e12, 32e9, found.intensity)
    assert found.seconds == pytest.approx(2 * macs / attainable)
    assert (found.bound is Bound.MEMORY) == (found.intensity < device.ridge * (1 - 1e-12)) or (
        found.intensity == pytest.approx(device.ridge)
    )


def test_weights_that_stay_on_the_chip_are_not_read_again() -> None:
    device = Device("board", peak_ops=1e12, bandwidth_bytes=1e9, fast_memory_bytes=1e6)
    large = costs.estimate(device, macs=1e6, weight_bytes=4e6)
    assert (large.seconds, large.bound) == (pytest.approx(4e-3), Bound.MEMORY)
    compressed = costs.estimate(device, macs=1e6, weight_bytes=1e6)
    assert (compressed.seconds, compressed.bound) == (pytest.approx(2e-6), Bound.COMPUTE)
    assert compressed.intensity == float("inf")


def test_the_ratio_of_a_network_is_that_of_the_sums() -> None:
    assert costs.total_ratio([(100, 1), (100, 100)]) == pytest.approx(200 / 101)
    assert costs.index_bits(1) == 0
    assert costs.index_bits(2**60 + 1) == 61


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: costs.dense_parameters(0, 3), OutOfRange),
        (lambda: costs.conv_parameters(3, 4, 4, groups=3), OutOfRange),
        (lambda: costs.index_bits(0), OutOfRange),
        (lambda: costs.shared_bits(-1, 2), OutOfRange),
        (lambda: costs.total_ratio([]), EmptyInput),
        (lambda: costs.total_ratio([(1, 0)]), OutOfRange),
        (lambda: costs.peak_activations([], {}), EmptyInput),
        (lambda: costs.access_energy_pj(1, "tape"), OutOfRange),
        (lambda: costs.access_energy_pj(-1, "sram_read"), OutOfRange),
        (lambda: costs.power_watts(1, -1), OutOfRange),
        (lambda: costs.battery_hours(100, volts=3.7, watts=0), OutOfRange),
        (lambda: Device("none", peak_ops=0, bandwidth_bytes=1), OutOfRange),
        (lambda: costs.overall_speedup(1.5, 2), OutOfRange),
    ],
)
def test_what_has_no_cost_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()
