import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.bits import pack, packed_bytes, unpack, write_fields
from reference_impl.errors import CorruptData, OutOfRange, WrongDtype

fields = st.integers(1, 32).flatmap(
    lambda width: st.tuples(st.just(width), st.lists(st.integers(0, 2**width - 1), max_size=70))
)


@given(fields=fields)
def test_what_was_packed_comes_out(fields: tuple[int, list[int]]) -> None:
    width, values = fields
    packed = pack(np.array(values, np.uint32), width)
    assert packed.size == packed_bytes(len(values), width)
    assert unpack(packed, width, len(values)).tolist() == values


@given(
    fields=st.lists(
        st.integers(1, 12).flatmap(lambda w: st.tuples(st.integers(0, 2**w - 1), st.just(w))), max_size=30
    )
)
def test_fields_of_many_widths_are_one_long_number_read_from_its_low_end(
    fields: list[tuple[int, int]],
) -> None:
    number = place = 0
    for value, width in fields:
        number |= value << place
        place += width
    values, widths = np.array([v for v, _ in fields], int), np.array([w for _, w in fields], int)
    assert write_fields(values, widths).tobytes() == number.to_bytes((place + 7) // 8, "little")


def test_by_hand() -> None:
    assert pack(np.array([1, 2, 3]), 4).tolist() == [0x21, 0x03]
    assert pack(np.array([31, 0, 1]), 5).tolist() == [0b00011111, 0b00000100]


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(OutOfRange):
        pack(np.array([16]), 4)
    with pytest.raises(OutOfRange):
        pack(np.array([-1]), 4)
    with pytest.raises(OutOfRange):
        pack(np.array([1]), 33)
    with pytest.raises(OutOfRange):
        write_fields(np.array([1, 2]), np.array([3]))
    with pytest.raises(OutOfRange):
        write_fields(np.array([1]), np.array([33]))
    with pytest.raises(WrongDtype):
        pack(np.array([1.0]), 4)


def test_bytes_that_pack_never_wrote_are_refused() -> None:
    with pytest.raises(CorruptData):
        unpack(np.zeros(2, np.uint8), 5, 1)
    with pytest.raises(CorruptData):
        unpack(np.array([0xFF], np.uint8), 5, 1)
    with pytest.raises(CorruptData):
        unpack(np.zeros(0, np.uint8), 5, -1)
    with pytest.raises(WrongDtype):
        unpack(np.zeros(1, np.int8), 5, 1)
