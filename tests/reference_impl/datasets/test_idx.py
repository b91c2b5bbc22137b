"""What an IDX file says is what is read; what is no IDX file is refused."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from reference_impl.datasets import read_idx
from reference_impl.errors import CorruptData
from tests.reference_impl.datasets.tiny import CODES, idx_bytes


def arrays() -> st.SearchStrategy[NDArray]:
    shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
    return st.sampled_from(sorted(CODES)).flatmap(lambda name: hnp.arrays(name, shapes))


@given(arrays(), st.booleans())
def test_what_was_written_is_read(array: NDArray, folded: bool) -> None:
    data = idx_bytes(array)
    found = read_idx(gzip.compress(data) if folded else data)
    np.testing.assert_array_equal(found, array, strict=True)
    assert found.dtype.isnative
    assert found.flags.writeable


def test_a_file_of_the_published_format_is_read() -> None:
    data = bytes.fromhex("00000803 00000002 00000001 00000003 010203 fdfeff")
    np.testing.assert_array_equal(read_idx(data), [[[1, 2, 3]], [[253, 254, 255]]])


@given(st.data(), st.booleans())
def test_no_byte_can_be_missing(data: st.DataObject, folded: bool) -> None:
    whole = idx_bytes(np.arange(6, dtype=np.uint8).reshape(2, 3))
    whole = gzip.compress(whole) if folded else whole
    kept = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(CorruptData):
        read_idx(whole[:kept])


@pytest.mark.parametrize("fold", [bytes, gzip.compress])
def test_nothing_may_follow(fold) -> None:
    with pytest.raises(CorruptData, match="goes on behind its end"):
        read_idx(fold(idx_bytes(np.zeros(3, dtype=np.uint8)) + b"\0"))


def test_nothing_may_follow_a_gzip() -> None:
    with pytest.raises(CorruptData, match="something follows"):
        read_idx(gzip.compress(idx_bytes(np.zeros(3, dtype=np.uint8))) + b"\0")


@pytest.mark.parametrize("start", ["01000801", "00010801", "00000a01", "00000001", "89504e47"])
def test_another_magic_number_is_refused(start: str) -> None:
    with pytest.raises(CorruptData, match="no IDX file: it begins with"):
        read_idx(bytes.fromhex(start) + b"\0\0\0\0")


def test_a_gzip_unfolds_no_further_than_the_limit() -> None:
    bomb = gzip.compress(idx_bytes(np.zeros(10_000, dtype=np.uint8)))
    assert len(bomb) < 200
    with pytest.raises(CorruptData, match="beyond 1000 bytes"):
        read_idx(bomb, limit_bytes=1000)


def test_a_damaged_gzip_is_refused() -> None:
    data = bytearray(gzip.compress(idx_bytes(np.arange(200, dtype=np.uint8))))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(CorruptData):
        read_idx(bytes(data))


@given(st.binary(max_size=60), st.sampled_from([b"", b"\0\0", b"\0\0\x08\x03", b"\0\0\x0e\xff", b"\x1f\x8b"]))
def test_any_bytes_give_an_array_or_the_one_error(tail: bytes, head: bytes) -> None:
    try:
        found = read_idx(head + tail)
    except CorruptData:
        return
    assert idx_bytes(found) == head + tail


def test_an_array_without_values_may_have_sides_that_no_memory_holds() -> None:
    sides = [0] + [2**32 - 1] * 3
    data = b"\0\0\x08\x04" + b"".join(side.to_bytes(4, "big") for side in sides)
    with pytest.raises(CorruptData, match="too large"):
        read_idx(data)
