from zlib import crc32

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reference_impl.entropy_coding.codec import HEADER_BYTES, compress, decompress, size_of
from reference_impl.entropy_coding.entropy import entropy
from reference_impl.errors import CompressionError, CorruptData, OutOfRange, WrongDtype

rows = st.one_of(
    st.binary(max_size=200),
    st.lists(st.integers(0, 3), max_size=300).map(bytes),
    st.tuples(st.integers(0, 255), st.integers(0, 300)).map(lambda pair: bytes([pair[0]]) * pair[1]),
)


def skewed(count: int, symbols: int = 16) -> np.typing.NDArray[np.uint8]:
    share = 0.6 ** np.arange(symbols)
    draws = np.random.default_rng(3).choice(symbols, count, p=share / share.sum())
    return draws.astype(np.uint8)


@given(row=rows)
def test_what_was_compressed_comes_out(row: bytes) -> None:
    symbols = np.frombuffer(row, np.uint8)
    assert decompress(compress(symbols)).tobytes() == row


@given(row=rows)
def test_every_byte_is_accounted_for_and_none_is_added_to_the_header(row: bytes) -> None:
    data = compress(np.frombuffer(row, np.uint8))
    assert size_of(data).total == len(data) <= HEADER_BYTES + len(row)


def test_skewed_symbols_take_little_more_than_their_entropy() -> None:
    symbols = skewed(20_000)
    size = size_of(compress(symbols))
    information = entropy(np.bincount(symbols)) * symbols.size / 8
    assert information <= size.payload < 1.05 * information
    assert (size.header, size.code_table, size.stream_sizes) == (11, 1 + 8, 12)


def test_equal_symbols_take_one_byte() -> None:
    assert size_of(compress(np.full(1000, 7, np.uint8))).total == HEADER_BYTES + 1


@given(at=st.integers(0, 300), flip=st.integers(1, 255))
@example(at=HEADER_BYTES, flip=1)  # one codeword length more or fewer
def test_a_changed_byte_is_noticed(at: int, flip: int) -> None:
    data = bytearray(compress(skewed(600)))
    data[at % len(data)] ^= flip
    with pytest.raises(CompressionError):
        decompress(bytes(data), most_symbols=10_000)


@given(keep=st.integers(0, 1000))
def test_data_cut_off_are_noticed(keep: int) -> None:
    data = compress(skewed(600))
    with pytest.raises(CorruptData):
        decompress(data[: keep % len(data)])


@given(noise=st.binary(max_size=120), kind=st.integers(0, 3), count=st.integers(0, 500))
def test_noise_is_refused_and_nothing_else_happens(noise: bytes, kind: int, count: int) -> None:
    data = b"HC" + bytes([kind]) + count.to_bytes(4, "little") + noise
    try:
        symbols = decompress(data)
    except CorruptData:
        return
    assert crc32(symbols.data) == int.from_bytes(data[7:11], "little")


def test_symbols_stay_as_they_are_where_whole_bytes_a_stream_eat_the_gain() -> None:
    symbols = np.repeat(np.array([0, 1], np.uint8), [10, 8])
    size = size_of(compress(symbols))
    assert (size.stream_sizes, size.payload) == (0, 18)


def test_one_repeated_symbol_is_one_byte_also_when_only_sizes_are_asked_for() -> None:
    with pytest.raises(CorruptData, match="one byte"):
        size_of(compress(np.full(1000, 7, np.uint8)) + b"\x07")


def test_a_few_bytes_do_not_fill_the_memory() -> None:
    bomb = b"HC\x01" + b"\xff" * 4 + bytes(4) + b"\x07"
    with pytest.raises(OutOfRange):
        decompress(bomb)


def test_only_rows_of_bytes_are_taken() -> None:
    with pytest.raises(WrongDtype):
        compress(np.array([1, 2]))
    with pytest.raises(WrongDtype):
        compress(np.zeros((2, 2), np.uint8))


def test_a_length_for_a_symbol_that_does_not_occur_is_noticed() -> None:
    """An odd number of lengths leaves half a byte unused, where one more length would change nothing else."""
    data = bytearray(compress(skewed(600, symbols=13)))
    assert data[HEADER_BYTES] == 12
    data[HEADER_BYTES] = 13
    with pytest.raises(CorruptData, match="last symbol"):
        decompress(bytes(data))


@given(
    symbols=st.integers(2, 40),
    edits=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.integers(0, 3),
)
def test_data_changed_in_many_places_give_an_error_of_ours_or_the_symbols(
    symbols: int, edits: list[tuple[int, int]], cut: int
) -> None:
    right = skewed(400, symbols)
    data = bytearray(compress(right))
    for at, value in edits:
        data[at % len(data)] = value
    try:
        decoded = decompress(bytes(data[: len(data) - cut]), most_symbols=10_000)
    except CompressionError:
        return
    assert decoded.tolist() == right.tolist()
