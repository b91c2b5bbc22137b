"""What is decoded is what was encoded, and the compiled rows give the bytes of the definition."""

import numpy as np
import pytest
from hypothesis import given, settings

from reference_impl.entropy_coding.adaptive import Geometry, LayerCodes, decode_network, encode_network
from reference_impl.entropy_coding.adaptive.network import FIRST_ROOM
from reference_impl.errors import CompressionError
from reference_impl.kernels import adaptive_layer
from tests.reference_impl.entropy_coding.adaptive.networks import drawn_layer, geometries, networks, same
from tests.reference_impl.jit import COMPILED, compiled_only


@given(layers=networks())
@settings(deadline=None, max_examples=40 if COMPILED else 20)
def test_a_network_comes_back_as_it_was(layers: list[LayerCodes]) -> None:
    assert same(decode_network(encode_network(layers), geometries(layers)), layers)


@given(layers=networks())
@settings(deadline=None, max_examples=40 if COMPILED else 20)
def test_the_kernel_gives_the_bytes_of_the_definition(layers: list[LayerCodes]) -> None:
    data = encode_network(layers, rows=adaptive_layer)
    assert data == encode_network(layers)
    assert same(decode_network(data, geometries(layers), rows=adaptive_layer), layers)


@pytest.mark.parametrize(
    ("geometry", "density"),
    [
        (Geometry(1, 1), 1.0),
        (Geometry(1, 40), 0.5),
        (Geometry(40, 1), 0.5),
        (Geometry(7, 1, 12, 11), 0.1),
        (Geometry(6, 4, 3, 3), 1.0),
        (Geometry(9, 9, 1, 5), 0.2),
    ],
)
def test_odd_shapes_come_back_as_they_were(geometry: Geometry, density: float) -> None:
    layers = [drawn_layer(geometry, (-5, -2, 1, 8), density, 3)]
    data = encode_network(layers)
    assert data == encode_network(layers, rows=adaptive_layer)
    assert same(decode_network(data, geometries(layers)), layers)


@compiled_only
def test_a_stream_longer_than_the_first_buffer_comes_back() -> None:
    layers = [drawn_layer(Geometry(100, 300), tuple(range(1, 65)), 0.9, 4)]
    data = encode_network(layers, rows=adaptive_layer)
    assert len(data) > FIRST_ROOM
    assert same(decode_network(data, geometries(layers), rows=adaptive_layer), layers)


def test_extreme_biases_and_codebooks_come_back() -> None:
    biases = np.array([2**23 - 1, 1 - 2**23, 0])
    book = (-(2**23) + 1, -1, 2**23 - 1)
    layers = [LayerCodes(Geometry(3, 2), np.array([[0, 1], [2, 3], [0, 0]]), book, biases, 255, 0)]
    assert same(decode_network(encode_network(layers), geometries(layers)), layers)


def test_the_stream_of_a_network_never_changes() -> None:
    layers = [
        drawn_layer(Geometry(4, 1, 5, 5), (-2, -1, 1, 3), 0.3, 0),
        drawn_layer(Geometry(3, 4), (-4, 2), 0.5, 1),
    ]
    assert (
        encode_network(layers).hex()
        == "5d55ab3feb92d8ea218d667619817aecbf06e7c6d2ad4f2091373c7351d21122f009cf3f"
    )


def test_no_layers_take_no_bytes() -> None:
    assert encode_network([]) == b""
    assert decode_network(b"", []) == []


@pytest.mark.parametrize(
    ("codes", "codebook", "biases"),
    [
        ([[3]], (1, 2), [0]),
        ([[-1]], (1, 2), [0]),
        ([[1]], (2, 1), [0]),
        ([[1]], (0, 1), [0]),
        ([[1, 1]], (1,), [0]),
        ([[1]], (1,), [0, 0]),
        ([[1]], (1,), [2**23]),
        ([[1]], (-(2**23),), [0]),
        ([[1]], tuple(range(1, 258)), [0]),
        ([[1.0]], (1,), [0]),
    ],
)
def test_what_is_no_layer_is_refused(
    codes: list[list[int]], codebook: tuple[int, ...], biases: list[int]
) -> None:
    with pytest.raises(CompressionError):
        LayerCodes(Geometry(1, 1), np.array(codes), codebook, np.array(biases))
