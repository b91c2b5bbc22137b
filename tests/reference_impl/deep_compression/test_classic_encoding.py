"""Coding loses nothing but what half precision and 8-bit biases lose."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.deep_compression.classic import SharedLayer, decode, decode_layer, encode, encode_layer
from reference_impl.deep_compression.classic.encoding import half_precision
from reference_impl.deep_compression.classic.figures import figures
from reference_impl.deep_compression.classic.payload import layer_bytes
from reference_impl.errors import CorruptData, NotFinite, OutOfRange
from tests.reference_impl.deep_compression.layers import SHAPES, WEIGHTS, shared_layer, shared_layers


def a_layer(values: int = 7) -> SharedLayer:
    return shared_layer(np.random.default_rng(0), (6, 40), values, 0.2)


@given(shared_layers(), st.integers(1, 8))
def test_weights_come_back_as_their_shared_values(layer: SharedLayer, gap_bits: int) -> None:
    weights, _ = decode_layer(encode_layer(layer, gap_bits=gap_bits), layer.codes.shape)
    values = np.concatenate([[0], layer.codebook.astype(np.float16)]).astype(np.float32)
    np.testing.assert_array_equal(weights, values[layer.codes])
    assert weights.dtype == np.float32


@given(shared_layers())
def test_a_bias_moves_by_at_most_half_a_step(layer: SharedLayer) -> None:
    coded = encode_layer(layer, gap_bits=5)
    _, biases = decode_layer(coded, layer.codes.shape)
    assert np.abs(biases - layer.bias).max() <= float(coded.bias_scale) * 0.5001
    assert biases.dtype == np.float32


@settings(max_examples=8)
@given(st.integers(0, 99))
def test_a_payload_holds_every_layer_by_name(seed: int) -> None:
    random = np.random.default_rng(seed)
    layers = {name: shared_layer(random, shape, 9, 0.3) for name, shape in WEIGHTS.items()}
    coded = {name: encode_layer(layer, gap_bits=4) for name, layer in layers.items()}
    arrays = decode(encode(coded.values()), SHAPES)
    assert {name: values.shape for name, values in arrays.items()} == SHAPES
    for name, layer in coded.items():
        np.testing.assert_array_equal(arrays[f"{name}.weight"], decode_layer(layer, WEIGHTS[name])[0])


@given(shared_layers(), st.integers(1, 8))
def test_the_figures_of_a_layer_account_for_its_bytes(layer: SharedLayer, gap_bits: int) -> None:
    coded = encode_layer(layer, gap_bits=gap_bits)
    row = figures("ip1", coded, weights=layer.codes.size)
    assert row.kept == np.count_nonzero(layer.codes)
    assert row.entries >= row.kept
    assert row.coded_size_bits == 8 * len(layer_bytes(coded))
    streams = row.entries * (row.code_bits_huffman + row.gap_bits_huffman)
    assert 8 * coded.side_bytes + streams <= row.coded_size_bits
    fields = row.entries * (row.code_bits + row.gap_bits)
    assert row.shared_size_bits == pytest.approx(8 * coded.side_bytes + fields)
    assert row.parameters == layer.codes.size + len(layer.bias)


def test_31_values_and_the_filler_share_5_bits() -> None:
    assert encode_layer(a_layer(31), gap_bits=5).code_bits == 5
    assert encode_layer(a_layer(32), gap_bits=5).code_bits == 6


@pytest.mark.parametrize("gap_bits", [0, 9])
def test_gaps_of_no_byte_are_refused(gap_bits: int) -> None:
    with pytest.raises(OutOfRange, match="gap"):
        encode_layer(a_layer(), gap_bits=gap_bits)


def test_no_value_and_256_values_are_refused() -> None:
    for values in (np.zeros(0), np.zeros(256)):
        with pytest.raises(OutOfRange, match="values"):
            encode_layer(replace(a_layer(), codebook=values), gap_bits=5)


def test_a_value_beyond_half_precision_is_refused() -> None:
    with pytest.raises(OutOfRange, match="half precision"):
        half_precision(np.array([1.0, -1e5]))


def test_what_is_not_finite_is_not_written() -> None:
    for odd in (replace(a_layer(), codebook=np.array([np.nan])), replace(a_layer(), bias=np.full(6, np.inf))):
        with pytest.raises(NotFinite):
            encode_layer(odd, gap_bits=5)


def test_a_code_beyond_the_codebook_is_refused() -> None:
    coded = encode_layer(a_layer(7), gap_bits=5)
    with pytest.raises(CorruptData, match="code 7 of 3 values"):
        decode_layer(replace(coded, codebook=coded.codebook[:3]), (6, 40))


def test_a_payload_that_goes_on_is_refused() -> None:
    coded = [
        encode_layer(shared_layer(np.random.default_rng(0), s, 3, 0.1), gap_bits=5) for s in WEIGHTS.values()
    ]
    with pytest.raises(CorruptData, match="goes on"):
        decode(encode(coded) + b"\0", SHAPES)
