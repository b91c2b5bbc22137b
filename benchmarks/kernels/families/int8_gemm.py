"""Batch 64, requantized to bytes. The gate names its peers: with tiles ORT and oneDNN, without them FBGEMM."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import signed_bytes
from benchmarks.kernels.peers import Expected, Peer, onnxruntime, ready, torch
from reference_impl.kernels import int8_gemm as kernel
from reference_impl.kernels.requantization import Requantization
from reference_impl.kernels.tiers import Tier

BATCH = 64
SIZES = ((768, 320), (1024, 1024), (4096, 4096), (9216, 4096))
MULTIPLIER = torch.INPUT_SCALE * torch.WEIGHT_SCALE / torch.OUTPUT_SCALE
COUNTING = {Tier.VNNI: ("torch fbgemm",), Tier.AMX: ("torch onednn", "ORT QLinearMatMul")}


def planned() -> Iterator[Planned]:
    for inner, columns in SIZES:
        size = f"{BATCH}x{inner}x{columns}"
        yield Planned("int8 GEMM, requantized", size, partial(_case, inner, columns))


def _case(inner: int, columns: int) -> Case:
    left, weights = signed_bytes(BATCH, inner), signed_bytes(inner, columns)
    packed = kernel.pack_gemm_weights(weights)
    how = Requantization(np.full(columns, MULTIPLIER, np.float32), torch.ZERO_POINT, np.uint8)
    unsigned, across = left.view(np.uint8) ^ np.uint8(128), np.ascontiguousarray(weights.T)
    tie = 1 / 255  # may be rounded to either side
    layer = Expected(kernel.int8_gemm(left, packed, requantization=how), tie)
    sums = Expected(kernel.int8_gemm(left, packed))
    candidates = ready(
        *(
            Peer(
                f"torch {engine}",
                torch.PACKAGES,
                partial(torch.quantized_linear, engine, across, unsigned),
                layer,
            )
            for engine in ("fbgemm", "onednn")
        ),
        Peer(
            "ORT QLinearMatMul",
            onnxruntime.PACKAGES,
            partial(onnxruntime.qlinear_matmul, across, unsigned, MULTIPLIER),
            layer,
        ),
        Peer(
            "ORT MatMulInteger",
            onnxruntime.PACKAGES,
            partial(onnxruntime.matmul_integer, across, unsigned),
            sums,
        ),
        Peer("torch _int_mm", torch.PACKAGES, partial(torch.int_mm, across, left), sums),
    )
    counting = COUNTING.get(packed.tier, tuple(candidates))
    return Case(
        tier=packed.tier,
        ours=partial(kernel.int8_gemm, left, packed, requantization=how),
        peers={name: peer for name, peer in candidates.items() if name in counting},
        goals=goals.GEMM,
        shown={name: peer for name, peer in candidates.items() if name not in counting},
        limits=limits.dot_products(packed.tier, left.size * columns),
    )
