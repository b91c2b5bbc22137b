from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference_impl.entropy_coding import codec, streams
from reference_impl.entropy_coding.canonical import canonical_codes, reversed_codes
from reference_impl.entropy_coding.package_merge import limited_lengths
from reference_impl.entropy_coding.streams import CodedStreams
from reference_impl.errors import CompressionError, CorruptData, OutOfRange
from reference_impl.kernels import huffman, huffman_decoder
from reference_impl.kernels.tiers import Tier

Symbols = NDArray[np.uint8]


def drawn(seed: int, count: int, alphabet: int, decay: float) -> Symbols:
    share = decay ** np.arange(alphabet)
    draws = np.random.default_rng(seed).choice(alphabet, count, p=share / share.sum())
    return draws.astype(np.uint8)


def rare_first(count: int) -> Symbols:
    """All rare symbols side by side: eight neighbours have up to 96 bits."""
    return np.sort(drawn(1, count, 40, 0.5))[::-1].copy()


all_tiers = pytest.mark.parametrize("tier", huffman.TIERS, ids=lambda tier: tier.name)

rows = st.builds(
    drawn,
    seed=st.integers(0, 1000),
    count=st.integers(0, 1500),
    alphabet=st.sampled_from([1, 2, 5, 32, 64, 65, 256]),
    decay=st.sampled_from([0.5, 0.8, 1.0]),
)


def code_for(symbols: Symbols) -> list[int]:
    counts = streams.histogram(symbols) if symbols.size else np.array([1])
    return limited_lengths(counts[: np.flatnonzero(counts)[-1] + 1].tolist(), limit=streams.LONGEST_CODE)


@all_tiers
@given(symbols=rows)
@example(symbols=np.arange(256, dtype=np.uint8))
@example(symbols=rare_first(4000))
@example(symbols=np.zeros(0, np.uint8))
def test_the_bytes_are_those_of_the_definition(tier: Tier, symbols: Symbols) -> None:
    lengths = code_for(symbols)
    fast, slow = huffman.encode(symbols, lengths, tier=tier), streams.encode(symbols, lengths)
    assert fast.sizes == slow.sizes
    assert np.array_equal(fast.payload, slow.payload)


@all_tiers
@given(symbols=rows)
def test_the_symbols_come_back(tier: Tier, symbols: Symbols) -> None:
    coded = huffman.encode(symbols, code_for(symbols), tier=tier)
    assert np.array_equal(huffman.decode(coded, code_for(symbols), symbols.size, tier=tier), symbols)


@all_tiers
@given(symbols=rows, times=st.sampled_from([1, 9]), last=st.sampled_from([0, 63, 64, 255]))
def test_all_count_symbols_alike(tier: Tier, symbols: Symbols, times: int, last: int) -> None:
    row = np.append(np.tile(symbols, times), np.uint8(last))
    assert np.array_equal(huffman.histogram(row, tier=tier), streams.histogram(row))


@given(
    symbols=rows,
    damage=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=3),
    lie=st.integers(-3, 3),
)
def test_damaged_streams_are_judged_as_by_the_definition(
    symbols: Symbols, damage: list[tuple[int, int]], lie: int
) -> None:
    lengths = code_for(symbols)
    coded = streams.encode(symbols, lengths)
    payload = coded.payload.copy()
    for at, value in damage:
        if payload.size:
            payload[at % payload.size] = value
    sizes = (coded.sizes[0] + lie, coded.sizes[1] - lie, *coded.sizes[2:])
    damaged = CodedStreams(payload, sizes)
    outcomes: list[Symbols | None] = []
    for coder in (streams, huffman):
        try:
            outcomes.append(coder.decode(damaged, lengths, symbols.size))
        except CorruptData:
            outcomes.append(None)
    slow, fast = outcomes
    assert (slow is None) == (fast is None)
    assert slow is None or fast is None or np.array_equal(slow, fast)


@given(symbols=rows)
def test_as_the_codecs_coder_it_changes_no_byte(symbols: Symbols) -> None:
    data = codec.compress(symbols, coder=huffman)
    assert data == codec.compress(symbols)
    assert np.array_equal(codec.decompress(data, coder=huffman), symbols)


@given(noise=st.binary(min_size=20, max_size=400), count=st.integers(0, 3000))
def test_noise_never_reads_or_writes_where_it_may_not(noise: bytes, count: int) -> None:
    data = b"HC\x02" + count.to_bytes(4, "little") + bytes(4) + b"\x03\x32\x13" + noise
    with pytest.raises(CompressionError):
        codec.decompress(data, coder=huffman)


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_changed_byte_is_noticed(at: int, flip: int) -> None:
    data = bytearray(codec.compress(drawn(1, 3000, 20, 0.7), coder=huffman))
    data[at % len(data)] ^= flip
    with pytest.raises(CompressionError):
        codec.decompress(bytes(data), coder=huffman, most_symbols=100_000)


@given(symbols=rows.filter(lambda symbols: symbols.size > 0))
def test_each_stream_is_the_words_of_its_symbols_one_after_the_other(symbols: Symbols) -> None:
    """Written out as text, with nothing of the coders: no word begins another one, so the bits can be read."""
    lengths = code_for(symbols)
    words = {
        symbol: f"{word:0{length}b}"
        for symbol, (length, word) in enumerate(zip(lengths, canonical_codes(lengths), strict=True))
        if length
    }
    in_order = sorted(words.values())
    assert not any(later.startswith(word) for word, later in pairwise(in_order))
    coded = huffman.encode(symbols, lengths)
    starts = np.cumsum([0, *coded.sizes])
    for part, start, end in zip(streams.quarters(symbols.size), starts, starts[1:], strict=False):
        written = "".join(words[symbol] for symbol in symbols[part].tolist())
        bits = np.frombuffer(written.encode(), np.uint8) - ord("0")
        assert np.packbits(bits, bitorder="little").tobytes() == coded.payload[start:end].tobytes()


def test_streams_are_read_beyond_two_to_the_31_bits() -> None:
    """The first stream is 2^28 bytes too long, which is noticed at its end; by then the others have been read."""
    symbols = drawn(4, 4000, 32, 0.9)
    lengths, far = code_for(symbols), 2**28
    coded = huffman.encode(symbols, lengths)
    payload = np.zeros(far + coded.payload.size, np.uint8)  # pages that nobody touches take no memory
    payload[far:] = coded.payload
    codes, of_symbol = np.array(reversed_codes(lengths), np.int64), np.array(lengths, np.int64)
    out = np.full(symbols.size, 255, np.uint8)
    assert not huffman_decoder.decode(payload, far + np.cumsum(coded.sizes), codes, of_symbol, out)
    for part in streams.quarters(symbols.size)[1:]:
        read = slice(part.start, part.start + 500)
        assert np.array_equal(out[read], symbols[read])


@all_tiers
@pytest.mark.parametrize("lengths", [[1, 0, 1], [1, 1], [1, 1, *[0] * 80], [0, 1]])
@pytest.mark.parametrize("row", [[1, 2, 1, 2, 1, 2], [0, 1, 1, 1, 2], [0, 65], [1] * 511 + [64], [2] * 300])
def test_symbols_without_a_codeword_are_refused(tier: Tier, lengths: list[int], row: list[int]) -> None:
    for symbols in (row, row[::-1]):
        if any(symbol >= len(lengths) or not lengths[symbol] for symbol in symbols):
            with pytest.raises(OutOfRange):
                huffman.encode(np.array(symbols, np.uint8), lengths, tier=tier)


def test_a_long_row_of_one_symbol_alone_comes_back() -> None:
    symbols = np.full(5000, 3, np.uint8)
    coded = huffman.encode(symbols, [0, 0, 0, 1])
    assert np.array_equal(huffman.decode(coded, [0, 0, 0, 1], 5000), symbols)
    with pytest.raises(CorruptData):
        huffman.decode(CodedStreams(coded.payload | np.uint8(1), coded.sizes), [0, 0, 0, 1], 5000)
