"""5-bit gaps and 5-bit codes, multiplied as they are stored, against float32 in CSR."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import normal, signed_bytes
from benchmarks.kernels.peers import Expected, Peer, ready, scipy, torch
from benchmarks.kernels.timing import Candidate
from reference_impl.kernels import int8_gemv, sparse_spmm, sparse_spmv
from reference_impl.kernels.sparse_codebook import SparseCodebook, pack_sparse_codebook

DENSITY = 0.09
BATCH = 64
SIZES = ((100, 300), (300, 784), (1024, 1024), (4096, 4096), (4096, 9216))
ROUNDING = 1e-4
_LARGE = 4096
_SMALLEST_BATCHED = 300


def planned() -> Iterator[Planned]:
    for rows, columns in SIZES:
        size = f"{rows}x{columns}, 9 %"
        yield Planned("sparse codebook SpMV", size, partial(_vector, rows, columns))
    for rows, columns in SIZES:
        if rows >= _SMALLEST_BATCHED:
            size = f"{rows}x{columns}x{BATCH}, 9 %"
            yield Planned("sparse codebook SpMM", size, partial(_batch, rows, columns))


@dataclass(frozen=True)
class _Layer:
    packed: SparseCodebook
    weights: NDArray[np.float32]


def _layer(rows: int, columns: int) -> _Layer:
    random = np.random.default_rng(0)
    kept = random.random((rows, columns)) < DENSITY
    codes = np.where(kept, random.integers(1, 32, (rows, columns)), 0).astype(np.uint8)
    codebook = np.concatenate([[0], random.standard_normal(31)]).astype(np.float32)
    return _Layer(pack_sparse_codebook(codes, codebook), codebook[codes])


def _sparse_peers(weights: NDArray[np.float32], right: NDArray[np.float32]) -> dict[str, Candidate]:
    expected = Expected(weights @ right, ROUNDING)
    return ready(
        Peer("torch CSR", torch.PACKAGES, partial(torch.csr, weights, right), expected),
        Peer("scipy CSR", scipy.PACKAGES, partial(scipy.csr, weights, right), expected),
    )


def _dense_peer(weights: NDArray[np.float32], right: NDArray[np.float32]) -> dict[str, Candidate]:
    return ready(Peer("torch float32 dense", torch.PACKAGES, partial(torch.dense, weights, right)))


def _vector(rows: int, columns: int) -> Case:
    layer, vector, tier = _layer(rows, columns), normal(columns), sparse_spmv.TIERS[0]
    dense = int8_gemv.pack_gemv_weights(signed_bytes(rows, columns))
    own_dense = Candidate(partial(int8_gemv.int8_gemv, dense, signed_bytes(columns)))
    return Case(
        tier=tier,
        ours=partial(sparse_spmv.sparse_spmv, layer.packed, vector),
        peers=_sparse_peers(layer.weights, vector),
        goals=goals.SPMV_LARGE if rows >= _LARGE else goals.SPMV_SMALL,
        shown={**_dense_peer(layer.weights, vector), "own dense int8": own_dense},
        limits=limits.look_ups(tier, vector, layer.packed.entries),
    )


def _batch(rows: int, columns: int) -> Case:
    layer, batch, tier = _layer(rows, columns), normal(columns, BATCH), sparse_spmm.TIERS[0]
    return Case(
        tier=tier,
        ours=partial(sparse_spmm.sparse_spmm, layer.packed, batch),
        peers=_sparse_peers(layer.weights, batch),
        goals=goals.SPMM,
        shown=_dense_peer(layer.weights, batch),
        limits=limits.multiply_adds(tier, layer.packed.entries * BATCH),
    )
