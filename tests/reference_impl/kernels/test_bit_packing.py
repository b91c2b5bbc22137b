from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding import bits
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.kernels import bit_packing
from reference_impl.kernels.tiers import Tier

fields = st.builds(
    lambda width, count, seed: (
        width,
        np.random.default_rng(seed).integers(0, 2**width, count, dtype=np.uint32),
    ),
    width=st.integers(1, 32),
    count=st.one_of(st.integers(0, 200), st.integers(500, 700)),
    seed=st.integers(0, 1000),
)
Fields = tuple[int, np.typing.NDArray[np.uint32]]
all_tiers = pytest.mark.parametrize("tier", bit_packing.TIERS, ids=lambda tier: tier.name)


@all_tiers
@given(fields=fields)
def test_the_bytes_are_those_of_the_definition(tier: Tier, fields: Fields) -> None:
    width, values = fields
    assert np.array_equal(bit_packing.pack(values, width, tier=tier), bits.pack(values, width))
    if width <= 8:
        narrow = values.astype(np.uint8)
        assert np.array_equal(bit_packing.pack(narrow, width, tier=tier), bits.pack(values, width))


@all_tiers
@given(fields=fields)
def test_the_values_come_back(tier: Tier, fields: Fields) -> None:
    width, values = fields
    packed = bits.pack(values, width)
    assert np.array_equal(bit_packing.unpack(packed, width, values.size), values)
    if width <= 8:
        assert np.array_equal(bit_packing.unpack_bytes(packed, width, values.size, tier=tier), values)


@all_tiers
@given(fields=fields.filter(lambda pair: pair[1].size > 0), at=st.integers(0, 1000))
def test_a_value_too_great_is_refused_wherever_it_stands(tier: Tier, fields: Fields, at: int) -> None:
    width, values = fields
    greater = values.astype(np.uint64)
    greater[at % values.size] = 2**width
    with pytest.raises(OutOfRange):
        bit_packing.pack(greater, width, tier=tier)
    if width < 8:
        with pytest.raises(OutOfRange):
            bit_packing.pack(greater.astype(np.uint8), width, tier=tier)


@all_tiers
@pytest.mark.parametrize("count", [1, 9, 21, 63, 129, 701])
def test_bits_after_the_last_field_are_refused(tier: Tier, count: int) -> None:
    packed = bits.pack(np.zeros(count, int), 5)
    packed[-1] |= 0x80
    for unpack in (bit_packing.unpack, partial(bit_packing.unpack_bytes, tier=tier)):
        with pytest.raises(CorruptData):
            unpack(packed, 5, count)
        with pytest.raises(CorruptData):
            unpack(packed[:-1], 5, count)


def test_a_byte_holds_no_wider_field() -> None:
    with pytest.raises(OutOfRange):
        bit_packing.unpack_bytes(np.zeros(9, np.uint8), 9, 8)
    with pytest.raises(OutOfRange):
        bit_packing.pack(np.zeros(9, np.uint8), 0)
