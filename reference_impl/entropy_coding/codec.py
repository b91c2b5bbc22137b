"""Bytes that hold Huffman-coded symbols together with all that is needed to read them.

    offset  bytes  content (numbers with the lowest byte first)
         0      2  b"HC"
         2      1  kind: 0 as they are, 1 one symbol repeated, 2 Huffman streams
         3      4  number of symbols
         7      4  CRC-32 of the symbols
    kind 0: the symbols            kind 1: the symbol, 1 byte
    kind 2: 1 byte                 number of codeword lengths - 1
            ceil(lengths / 2)      codeword lengths, 4 bits each, the lower half of a byte first
            12                     bytes of the first three streams, 4 each (the fourth takes the rest)
            rest                   the four streams of streams.py

Huffman streams are taken where they are shorter than the symbols as they are. `coder` is the definition in streams.py
or its compiled twin kernels/huffman.py: the bytes are the same.
"""

from dataclasses import dataclass
from math import inf
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.entropy_coding import streams as definition
from reference_impl.entropy_coding.bits import byte_string, pack, unpack
from reference_impl.entropy_coding.package_merge import limited_lengths
from reference_impl.entropy_coding.streams import CodedStreams, Symbols
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.reals import whole_number

MAGIC = b"HC"
HEADER_BYTES = 11
AS_THEY_ARE, REPEATED, HUFFMAN = range(3)
MOST_SYMBOLS = 2**32 - 1


class Coder(Protocol):
    def histogram(self, symbols: Symbols, /) -> np.typing.NDArray[np.int64]: ...
    def encode(self, symbols: Symbols, lengths: list[int], /) -> CodedStreams: ...
    def decode(self, streams: CodedStreams, lengths: list[int], count: int, /) -> Symbols: ...


@dataclass(frozen=True)
class CodedSize:
    """Where the bytes go; `total` is the length of what `compress` returns."""

    header: int
    code_table: int  #: codeword lengths, or the one symbol that is repeated
    stream_sizes: int
    payload: int

    @property
    def total(self) -> int:
        return self.header + self.code_table + self.stream_sizes + self.payload


def compress(symbols: ArrayLike, *, coder: Coder = definition) -> bytes:
    """symbols: a row of uint8, at most 2^32 - 1 (OutOfRange). Raises WrongDtype for another dtype or shape."""
    array = definition.checked_symbols(symbols)
    if array.size > MOST_SYMBOLS:
        raise OutOfRange(f"{array.size} symbols are too many for one block; code them in parts")
    if not array.size:
        return _header(AS_THEY_ARE, array)
    counts = coder.histogram(array)
    if counts[array[0]] == array.size:
        return _header(REPEATED, array) + array[:1].tobytes()
    lengths = _lengths(counts)
    if (
        1 + (len(lengths) + 1) // 2 + 12 + (int(np.dot(counts[: len(lengths)], lengths)) + 7) // 8
        < array.size
    ):
        streams = coder.encode(array, lengths)
        coded = _code_table(lengths) + _stream_sizes(streams) + streams.payload.tobytes()
        if len(coded) < array.size:
            return _header(HUFFMAN, array) + coded
    return _header(AS_THEY_ARE, array) + array.tobytes()


def decompress(data: bytes, *, coder: Coder = definition, most_symbols: int = 2**28) -> Symbols:
    """The symbols that `compress` was given.

    Raises CorruptData for bytes that are cut off, go on, or stand for no symbols of this length and checksum, OutOfRange
    where they promise more than `most_symbols`: a few bytes can stand for a great number of equal symbols. WrongDtype:
    no bytes.
    """
    data = byte_string(data)
    kind, count, check = _read_header(data)
    if count > whole_number(most_symbols, 0, inf, "the most symbols"):
        raise OutOfRange(f"the data promise {count} symbols, more than the {most_symbols} allowed here")
    body = np.frombuffer(data, np.uint8, offset=HEADER_BYTES)
    if kind == HUFFMAN:
        streams, lengths = _read_streams(body)
        symbols = coder.decode(streams, lengths, count)
    elif kind == REPEATED and body.size == 1 and count:
        symbols = np.full(count, body[0])
    elif kind == AS_THEY_ARE and body.size == count:
        symbols = body.copy()
    else:
        raise CorruptData("the data are cut off, or no data of this codec")
    if crc32(symbols.data) != check:
        raise CorruptData("the symbols do not match their checksum")
    return symbols


def size_of(data: bytes) -> CodedSize:
    """Accounts for every byte of what `compress` returned. Raises CorruptData where header or tables are damaged."""
    data = byte_string(data)
    kind, _, _ = _read_header(data)
    body = len(data) - HEADER_BYTES
    if kind == AS_THEY_ARE:
        return CodedSize(HEADER_BYTES, 0, 0, body)
    if kind == REPEATED and body == 1:
        return CodedSize(HEADER_BYTES, body, 0, 0)
    if kind != HUFFMAN:
        raise CorruptData("one repeated symbol takes one byte")
    streams, lengths = _read_streams(np.frombuffer(data, np.uint8, offset=HEADER_BYTES))
    return CodedSize(HEADER_BYTES, 1 + (len(lengths) + 1) // 2, 12, streams.payload.size)


def _lengths(counts: np.typing.NDArray[np.int64]) -> list[int]:
    """Up to the last symbol that occurs."""
    last = int(np.flatnonzero(counts)[-1])
    return limited_lengths(counts[: last + 1].tolist(), limit=definition.LONGEST_CODE)


def _header(kind: int, symbols: Symbols) -> bytes:
    return (
        MAGIC + bytes([kind]) + symbols.size.to_bytes(4, "little") + crc32(symbols.data).to_bytes(4, "little")
    )


def _code_table(lengths: list[int]) -> bytes:
    return bytes([len(lengths) - 1]) + pack(np.array(lengths), 4).tobytes()


def _stream_sizes(streams: CodedStreams) -> bytes:
    return b"".join(size.to_bytes(4, "little") for size in streams.sizes[:3])


def _read_header(data: bytes) -> tuple[int, int, int]:
    if len(data) < HEADER_BYTES or data[:2] != MAGIC or data[2] not in (AS_THEY_ARE, REPEATED, HUFFMAN):
        raise CorruptData("the data are cut off, or no data of this codec")
    return data[2], int.from_bytes(data[3:7], "little"), int.from_bytes(data[7:11], "little")


def _read_streams(body: Symbols) -> tuple[CodedStreams, list[int]]:
    alphabet = int(body[0]) + 1 if body.size else 0
    table = 1 + (alphabet + 1) // 2
    if body.size < table + 12:
        raise CorruptData("the data end before the streams begin")
    lengths = unpack(body[1:table], 4, alphabet).tolist()
    if max(lengths) > definition.LONGEST_CODE:
        raise CorruptData(f"a codeword is said to be longer than {definition.LONGEST_CODE} bits")
    if not lengths[-1]:
        raise CorruptData("the codeword lengths do not end with the last symbol that occurs")
    first, second, third = (int(size) for size in body[table : table + 12].view("<u4"))
    payload = body[table + 12 :]
    sizes = first, second, third, payload.size - first - second - third
    return CodedStreams(payload, sizes), lengths
