"""4-bit codes into a free codebook; peers know levels at equal distances only."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import normal, signed_bytes
from benchmarks.kernels.peers import Expected, Peer, onnxruntime, ready, torch
from reference_impl.kernels import codebook4_gemv as kernel

SIZES = (
    (1024, 1024, goals.CODEBOOK4_IN_CACHE),
    (4096, 4096, goals.CODEBOOK4),
    (4096, 9216, goals.CODEBOOK4),
)
ROUNDING = 0.02  # peers round the vector to bytes or bfloat16


def planned() -> Iterator[Planned]:
    for rows, columns, goal in SIZES:
        yield Planned("4-bit codebook GEMV", f"{rows}x{columns}", partial(_case, rows, columns, goal))


def _case(rows: int, columns: int, goal: goals.Goals) -> Case:
    codes = np.random.default_rng(0).integers(0, 16, (rows, columns), dtype=np.uint8)
    codebook, vector, x = signed_bytes(16), signed_bytes(columns), normal(columns)
    packed = kernel.pack_codebook4(codes, codebook)
    in_pairs = codes[:, 0::2] | codes[:, 1::2] << np.uint8(4)
    linear = Expected((codes.astype(np.float32) - 8) @ x, ROUNDING)
    exact = Expected(kernel.codebook4_gemv(packed, vector))
    ort = partial(onnxruntime.matmul_nbits, in_pairs, columns, x)
    return Case(
        tier=packed.tier,
        ours=partial(kernel.codebook4_gemv, packed, vector),
        peers=ready(
            Peer(
                "ORT MatMulNBits",
                onnxruntime.PACKAGES,
                ort,
                linear,
            ),
        ),
        goals=goal,
        shown=ready(
            Peer("ORT, bound", onnxruntime.PACKAGES, lambda: onnxruntime.bound(ort())),
            Peer("torch int4pack_mm", torch.PACKAGES, partial(torch.int4_matmul, codes, x)),
            Peer(
                "torch _int_mm on bytes",
                torch.PACKAGES,
                partial(torch.int_mm, codebook[codes], vector[None]),
                exact,
            ),
        ),
        limits=limits.reading(packed.data),
    )
