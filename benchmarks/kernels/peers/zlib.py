"""Deflate without matches: Huffman codes only."""

import zlib
from functools import partial

from benchmarks.kernels.timing import Call

_RAW = -zlib.MAX_WBITS


def compress(symbols: bytes) -> Call:
    return partial(_huffman_only, symbols)


def decompress(symbols: bytes) -> Call:
    return partial(zlib.decompress, _huffman_only(symbols), _RAW, len(symbols))


def _huffman_only(symbols: bytes) -> bytes:
    coder = zlib.compressobj(6, zlib.DEFLATED, _RAW, 8, zlib.Z_HUFFMAN_ONLY)
    return coder.compress(symbols) + coder.flush()
