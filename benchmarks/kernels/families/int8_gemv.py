"""The integer product alone, for information: the layer has the goal."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import signed_bytes
from benchmarks.kernels.peers import Expected, Peer, onnxruntime, ready, torch
from reference_impl.kernels import int8_gemv as kernel

SIZES = ((100, 300), (300, 784), (1024, 1024), (4096, 4096), (4096, 9216))


def planned() -> Iterator[Planned]:
    for rows, columns in SIZES:
        yield Planned("int8 GEMV, integers only", f"{rows}x{columns}", partial(_case, rows, columns))


def _case(rows: int, columns: int) -> Case:
    weights, vector = signed_bytes(rows, columns), signed_bytes(columns)
    packed = kernel.pack_gemv_weights(weights)
    unsigned = vector.view(np.uint8) ^ np.uint8(128)
    expected = Expected(kernel.int8_gemv(packed, vector))
    return Case(
        tier=packed.tier,
        ours=partial(kernel.int8_gemv, packed, vector),
        peers=ready(
            Peer(
                "ORT MatMulInteger",
                onnxruntime.PACKAGES,
                partial(onnxruntime.matmul_integer, weights, unsigned[None]),
                expected,
            ),
            Peer("torch _int_mm", torch.PACKAGES, partial(torch.int_mm, weights, vector[None]), expected),
        ),
        goals=goals.ONLY_SHOWN,
        limits=limits.reading(packed.data),
    )
