"""The Huffman package written in C: a code as a dictionary, a tree to decode."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks.kernels.timing import Call

PACKAGES = ("bitarray",)


def encode(symbols: bytes, lengths: Sequence[int]) -> Call:
    return partial(_encoded, symbols, _code(lengths))


def decode(symbols: bytes, lengths: Sequence[int]) -> Call:
    from bitarray import decodetree

    code = _code(lengths)
    return partial(_decoded, _encoded(symbols, code), decodetree(code))


def _code(lengths: Sequence[int]) -> dict[int, Any]:
    """Canonical: by length, then by symbol."""
    from bitarray.util import int2ba

    code, word, before = {}, 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        word <<= length - before
        code[symbol] = int2ba(word, length=length)
        word, before = word + 1, length
    return code


def _encoded(symbols: bytes, code: dict[int, Any]) -> Any:
    from bitarray import bitarray

    bits = bitarray()
    bits.encode(code, symbols)
    return bits


def _decoded(bits: Any, tree: Any) -> bytes:
    return bytes(bits.decode(tree))
