"""zstd at level 1, whose entropy stage is huff0; lower levels may store such data as they are."""

from functools import partial

from benchmarks.kernels.timing import Call

PACKAGES = ("zstandard",)
LEVEL = 1


def compress(symbols: bytes) -> Call:
    import zstandard

    return partial(zstandard.ZstdCompressor(level=LEVEL).compress, symbols)


def decompress(symbols: bytes) -> Call:
    import zstandard

    coded = zstandard.ZstdCompressor(level=LEVEL).compress(symbols)
    if len(coded) > 0.95 * len(symbols):
        raise RuntimeError("zstd stored the symbols as they are: nothing to compare with")
    return partial(zstandard.ZstdDecompressor().decompress, coded, max_output_size=len(symbols))
