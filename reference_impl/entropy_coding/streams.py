"""Symbols in four Huffman streams: the definition that the compiled kernel agrees with bit for bit.

The symbols are cut into four quarters of ceil(n / 4), the last ones shorter, and each is coded on its own into whole
bytes, so that a decoder can follow four chains of look-ups at once (as huff0 does: RFC 8878, section 3.1.1.3.1.6). Within
a stream the codewords, canonical and first bit first, fill the bytes from the lowest bit on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding.bits import Bytes, write_fields
from reference_impl.entropy_coding.canonical import canonical_codes, is_complete, reversed_codes
from reference_impl.errors import CorruptData, OutOfRange, WrongDtype
from reference_impl.reals import any_array, whole_number, whole_numbers

STREAMS = 4
LONGEST_CODE = 12  #: bits; a table of 2^12 entries stays in the first-level cache
Symbols = NDArray[np.uint8]


@dataclass(frozen=True)
class CodedStreams:
    payload: Bytes  #: the four streams one after the other
    sizes: tuple[int, int, int, int]  #: bytes of each


def histogram(symbols: Symbols) -> NDArray[np.int64]:
    """How often each of the 256 byte values occurs. Raises WrongDtype unless a row of uint8."""
    return np.bincount(checked_symbols(symbols), minlength=256)


def quarters(count: int) -> list[slice]:
    """Where each of the four streams has its symbols. Raises OutOfRange for a negative count, WrongDtype."""
    count = whole_number(count, 0, inf, "the number of symbols")
    each = (count + STREAMS - 1) // STREAMS
    return [slice(min(count, i * each), min(count, (i + 1) * each)) for i in range(STREAMS)]


def encode(symbols: ArrayLike, lengths: Sequence[int]) -> CodedStreams:
    """symbols: uint8, each with a codeword; lengths: bits of the codewords, at most 12 (0: none), at most 256 of them.

    Raises WrongDtype, or OutOfRange for a symbol without a codeword and for lengths that no prefix code has.
    """
    array = checked_symbols(symbols)
    check_lengths(lengths)
    bits = np.array([*lengths, *[0] * (256 - len(lengths))])
    codes = np.array([*reversed_codes(lengths), *[0] * (256 - len(lengths))])
    if array.size and bits[array].min() == 0:
        raise OutOfRange(missing_codeword())
    coded = [write_fields(codes[array[part]], bits[array[part]]) for part in quarters(array.size)]
    first, second, third, fourth = (stream.size for stream in coded)
    return CodedStreams(np.concatenate(coded), (first, second, third, fourth))


def decode(streams: CodedStreams, lengths: Sequence[int], count: int) -> Symbols:
    """`count` symbols. Raises CorruptData unless the streams are exactly what `encode` gives for some symbols."""
    check_lengths(lengths)
    check_code_can_decode(lengths)
    check_sizes(streams, count)
    word_of = {
        (length, code): symbol
        for symbol, (length, code) in enumerate(zip(lengths, canonical_codes(lengths), strict=True))
        if length
    }
    out = np.zeros(int(count), np.uint8)
    start = 0
    for size, part in zip(streams.sizes, quarters(count), strict=True):
        bits = np.unpackbits(streams.payload[start : start + size], bitorder="little").tolist()
        out[part] = _decode_bits(bits, word_of, part.stop - part.start)
        start += size
    return out


def _decode_bits(bits: list[int], word_of: dict[tuple[int, int], int], count: int) -> list[int]:
    symbols: list[int] = []
    length = code = at = 0
    while len(symbols) < count:
        if at == len(bits):
            raise CorruptData("a stream ends before its last symbol")
        code, length, at = 2 * code + bits[at], length + 1, at + 1
        if (length, code) in word_of:
            symbols.append(word_of[length, code])
            length = code = 0
        elif length == LONGEST_CODE:
            raise CorruptData("a stream holds a bit string that is no codeword")
    if len(bits) - at >= 8 or any(bits[at:]):
        raise CorruptData("a stream goes on after its last symbol")
    return symbols


def checked_symbols(symbols: ArrayLike) -> Symbols:
    """The symbols in one run of memory. Raises WrongDtype unless a row of uint8."""
    array = any_array(symbols, "symbols")
    if array.dtype != np.uint8 or array.ndim != 1:
        raise WrongDtype(f"symbols are a row of uint8, not {array.dtype} of shape {array.shape}")
    return np.ascontiguousarray(array)


def check_lengths(lengths: Sequence[int]) -> None:
    """Raises OutOfRange, WrongDtype."""
    if len(whole_numbers(lengths, 0, LONGEST_CODE, "the length of a codeword in a stream")) > 256:
        raise OutOfRange(f"bytes have 256 symbols, not {len(lengths)}")


def check_code_can_decode(lengths: Sequence[int]) -> None:
    """A full code, or one symbol alone with the codeword 0: then each bit string means something or is refused.

    Raises CorruptData for any other lengths.
    """
    if not is_complete(lengths) and [length for length in lengths if length] != [1]:
        raise CorruptData("these lengths belong to no Huffman code")


def check_sizes(streams: CodedStreams, count: int) -> None:
    """Raises CorruptData where the sizes do not add up to the payload, or it is too short for so many symbols."""
    if (
        whole_number(count, -inf, inf, "the number of symbols") < 0
        or min(streams.sizes) < 0
        or sum(streams.sizes) != streams.payload.size
    ):
        raise CorruptData("the sizes of the streams do not add up to their bytes")
    if count > 8 * streams.payload.size:
        raise CorruptData(f"{streams.payload.size} bytes cannot hold {count} symbols of at least one bit")


def missing_codeword() -> str:
    return "a symbol occurs that has no codeword; make the code from the frequencies of these symbols"
