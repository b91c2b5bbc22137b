"""What is measured, a file per kernel, in the order of the table."""

from collections.abc import Iterator

from benchmarks.kernels.case import Planned
from benchmarks.kernels.families import (
    bit_packing,
    codebook4_gemv,
    huffman,
    int8_conv2d,
    int8_gemm,
    int8_gemv,
    int8_layer,
    kmeans_1d,
    sparse_codebook,
)


def all_planned() -> Iterator[Planned]:
    for family in (
        int8_layer,
        int8_gemv,
        codebook4_gemv,
        int8_gemm,
        int8_conv2d,
        sparse_codebook,
        huffman,
        kmeans_1d,
        bit_packing,
    ):
        yield from family.planned()
