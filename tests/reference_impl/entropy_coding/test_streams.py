import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.package_merge import limited_lengths
from reference_impl.entropy_coding.streams import CodedStreams, decode, encode, histogram, quarters
from reference_impl.errors import CorruptData, OutOfRange, WrongDtype


@given(row=st.binary(max_size=120))
def test_what_was_coded_comes_out(row: bytes) -> None:
    symbols = np.frombuffer(row, np.uint8)
    lengths = limited_lengths([1, *histogram(symbols)[1:]], limit=12)
    streams = encode(symbols[symbols > 0], lengths)
    assert decode(streams, lengths, int((symbols > 0).sum())).tobytes() == row.replace(b"\0", b"")


@given(count=st.integers(0, 50))
def test_quarters_cover_all_symbols_in_order(count: int) -> None:
    parts = [list(range(count))[part] for part in quarters(count)]
    assert [i for part in parts for i in part] == list(range(count))
    assert max(map(len, parts)) == (count + 3) // 4


def test_the_bytes_by_hand() -> None:
    # Codewords 0, 10, 11 for the symbols 0, 1, 2, the first bit in the lowest place.
    streams = encode(np.array([0, 1, 2, 0, 1, 1, 2, 2], np.uint8), [1, 2, 2])
    assert streams.sizes == (1, 1, 1, 1)
    assert streams.payload.tolist() == [0b010, 0b011, 0b0101, 0b1111]


def test_symbols_without_a_codeword_are_refused() -> None:
    with pytest.raises(OutOfRange):
        encode(np.array([2], np.uint8), [1, 1])
    with pytest.raises(OutOfRange):
        encode(np.array([0], np.uint8), [0, 1, 1])
    with pytest.raises(OutOfRange):
        encode(np.array([0], np.uint8), [13])
    with pytest.raises(OutOfRange):
        encode(np.array([0], np.uint8), [1] + [9] * 256)
    with pytest.raises(WrongDtype):
        encode(np.array([0.5]), [1])


@pytest.mark.parametrize(
    ("payload", "sizes", "lengths", "count"),
    [
        ([0], (1, 0, 0, 0), [1, 2], 1),  # no full code
        ([0], (1, 0, 0, 0), [2], 1),
        ([1], (1, 0, 0, 0), [1], 1),  # a bit that is no codeword
        ([1, 1, 1], (3, 0, 0, 0), [1], 1),
        ([0b10], (1, 0, 0, 0), [1, 1], 1),  # a bit after the last symbol
        ([0, 0], (2, 0, 0, 0), [1, 1], 1),  # a byte after it
        ([0], (1, 0, 0, 0), [1, 1], 2),  # the second stream is missing
        ([0], (2, 0, 0, -1), [1, 1], 1),
        ([0], (1, 1, 0, 0), [1, 1], 1),
        ([0], (1, 0, 0, 0), [1, 1], 9),
    ],
)
def test_streams_that_encode_never_wrote_are_refused(
    payload: list[int], sizes: tuple[int, int, int, int], lengths: list[int], count: int
) -> None:
    with pytest.raises(CorruptData):
        decode(CodedStreams(np.array(payload, np.uint8), sizes), lengths, count)
