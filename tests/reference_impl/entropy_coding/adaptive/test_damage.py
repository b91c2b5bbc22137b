"""Damaged bytes give our error, or a network that is coded exactly so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.entropy_coding.adaptive import Geometry, LayerCodes, decode_network, encode_network
from reference_impl.errors import CorruptData, WrongDtype
from tests.reference_impl.entropy_coding.adaptive.networks import drawn_layer, geometries

LAYERS = [
    drawn_layer(Geometry(6, 1, 4, 4), (-3, -1, 2), 0.3, 7),
    drawn_layer(Geometry(4, 6), (-1, 1), 0.5, 8),
]
DATA = encode_network(LAYERS)


def decoded_or_refused(data: bytes) -> list[LayerCodes] | None:
    try:
        return decode_network(data, geometries(LAYERS))
    except CorruptData:
        return None


@given(data=st.binary(max_size=80))
@settings(deadline=None)
def test_any_bytes_are_refused_or_are_what_a_network_is_coded_as(data: bytes) -> None:
    layers = decoded_or_refused(data)
    assert layers is None or encode_network(layers) == data


@given(place=st.integers(0, len(DATA) - 1), flip=st.integers(1, 255))
@settings(deadline=None)
def test_a_changed_byte_is_refused_or_gives_another_network(place: int, flip: int) -> None:
    damaged = DATA[:place] + bytes([DATA[place] ^ flip]) + DATA[place + 1 :]
    layers = decoded_or_refused(damaged)
    assert layers is None or encode_network(layers) == damaged != DATA


def test_missing_bytes_are_refused_or_give_another_network() -> None:
    for end in range(len(DATA)):
        layers = decoded_or_refused(DATA[:end])
        assert layers is None or encode_network(layers) == DATA[:end]


def test_additional_bytes_are_refused() -> None:
    assert decoded_or_refused(DATA + b"\0") is None
    assert decoded_or_refused(DATA + DATA) is None


def test_bytes_of_ones_are_refused() -> None:
    assert decoded_or_refused(b"\xff" * 1000) is None


def test_other_geometries_are_refused() -> None:
    with pytest.raises(CorruptData):
        decode_network(DATA, [Geometry(6, 1, 4, 4), Geometry(40, 6)])


def test_text_is_refused() -> None:
    with pytest.raises(WrongDtype):
        decode_network("00", [])  # type: ignore[arg-type]


def test_codes_given_are_not_changed() -> None:
    before = LAYERS[0].codes.copy()
    encode_network(LAYERS)
    assert np.array_equal(LAYERS[0].codes, before)
