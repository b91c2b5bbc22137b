import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding import bits
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.kernels import bit_packing

fields = st.builds(
    lambda width, count, seed: (
        width,
        np.random.default_rng(seed).integers(0, 2**width, count, dtype=np.uint32),
    ),
    width=st.integers(1, 32),
    count=st.integers(0, 200),
    seed=st.integers(0, 1000),
)
Fields = tuple[int, np.typing.NDArray[np.uint32]]


@given(fields=fields)
def test_the_bytes_are_those_of_the_definition(fields: Fields) -> None:
    width, values = fields
    assert np.array_equal(bit_packing.pack(values, width), bits.pack(values, width))
    if width <= 8:
        assert np.array_equal(bit_packing.pack(values.astype(np.uint8), width), bits.pack(values, width))


@given(fields=fields)
def test_the_values_come_back(fields: Fields) -> None:
    width, values = fields
    packed = bits.pack(values, width)
    assert np.array_equal(bit_packing.unpack(packed, width, values.size), values)
    if width <= 8:
        assert np.array_equal(bit_packing.unpack_bytes(packed, width, values.size), values)


@given(fields=fields.filter(lambda pair: pair[1].size > 0), at=st.integers(0, 1000))
def test_a_value_too_great_is_refused_wherever_it_stands(fields: Fields, at: int) -> None:
    width, values = fields
    greater = values.astype(np.uint64)
    greater[at % values.size] = 2**width
    with pytest.raises(OutOfRange):
        bit_packing.pack(greater, width)
    if width < 8:
        with pytest.raises(OutOfRange):
            bit_packing.pack(greater.astype(np.uint8), width)


@pytest.mark.parametrize("count", [1, 9, 21, 63])
def test_bits_after_the_last_field_are_refused(count: int) -> None:
    packed = bits.pack(np.zeros(count, int), 5)
    packed[-1] |= 0x80
    for unpack in (bit_packing.unpack, bit_packing.unpack_bytes):
        with pytest.raises(CorruptData):
            unpack(packed, 5, count)
        with pytest.raises(CorruptData):
            unpack(packed[:-1], 5, count)


def test_a_byte_holds_no_wider_field() -> None:
    with pytest.raises(OutOfRange):
        bit_packing.unpack_bytes(np.zeros(9, np.uint8), 9, 8)
    with pytest.raises(OutOfRange):
        bit_packing.pack(np.zeros(9, np.uint8), 0)
