"""What is compared: each kernel at the sizes of known layers, with its peers and its goals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.kernels import limits
from reference_impl.kernels import codebook4_gemv as codebook4
from reference_impl.kernels import int8_conv2d as conv
from reference_impl.kernels import int8_gemm as gemm
from reference_impl.kernels import int8_gemv as gemv
from reference_impl.kernels import sparse_spmm, sparse_spmv
from reference_impl.kernels.requantization import Requantization
from reference_impl.kernels.sparse_codebook import pack_sparse_codebook
from reference_impl.kernels.tiers import Tier

Call = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """`limit` takes the least time physics allows the same work; goals are ratios to the best peer, None for no goal."""

    name: str
    size: str
    tier: Tier
    ours: Call
    peers: dict[str, Call]
    limit: Call | None
    gate: float | None
    moonshot: float | None


def all_cases() -> Iterator[Case]:
    random = np.random.default_rng(0)
    for rows, columns in ((100, 300), (300, 784), (1024, 1024), (4096, 4096), (4096, 9216)):
        yield _gemv(random, rows, columns)
    for rows, columns in ((1024, 1024), (4096, 4096), (4096, 9216)):
        yield _codebook4(random, rows, columns)
    for inner, columns in ((768, 320), (1024, 1024), (4096, 4096), (9216, 4096)):
        yield _gemm(random, inner, columns)
    yield _conv(random)
    for rows, columns in ((100, 300), (300, 784), (1024, 1024), (4096, 4096), (4096, 9216)):
        yield from _sparse(random, rows, columns)


def _bytes(random: np.random.Generator, *shape: int) -> NDArray[np.int8]:
    return random.integers(-127, 128, shape, dtype=np.int8)


def _reading(data: NDArray[Any]) -> Call:
    words = data.reshape(-1).view(np.uint8)[: data.nbytes // 8 * 8].view(np.int64)
    return lambda: limits.read_once(words)


def _dots(tier: Tier, products: int) -> Call | None:
    # The tile instructions have another limit, which is not measured here.
    if tier is not Tier.VNNI:
        return None
    data = np.zeros(128, np.uint8)
    return lambda: limits.dot_products(data, products // 512)


def _by_tier(tier: Tier, goals: dict[Tier, tuple[float, float]]) -> tuple[float | None, float | None]:
    return goals.get(tier, (None, None))


def _quantized_layers(make: Callable[[], Any], quantized_input: Any) -> dict[str, Call]:
    peers: dict[str, Call] = {}
    for engine in ("x86", "fbgemm", "onednn"):
        if engine in torch.backends.quantized.supported_engines:
            torch.backends.quantized.engine = engine
            peers[f"torch quantized layer, {engine}"] = partial(make(), quantized_input)
    return peers


def _gemv(random: np.random.Generator, rows: int, columns: int) -> Case:
    weights, vector = _bytes(random, rows, columns), _bytes(random, columns)
    packed = gemv.pack_gemv_weights(weights)
    wide, x = torch.from_numpy(weights), torch.from_numpy(vector)[None]
    wide_f32, x_f32 = wide.float(), x.float()
    peers: dict[str, Call] = {
        "torch float32": lambda: torch.nn.functional.linear(x_f32, wide_f32),
        "torch _int_mm": lambda: torch._int_mm(x, wide.t()),
    }
    goal = (2.5, 4.0) if rows <= 1024 else (1.2, 1.6)
    gate, moonshot = _by_tier(packed.tier, {Tier.VNNI: goal})
    size = f"{rows}x{columns}"
    return Case(
        "int8 GEMV",
        size,
        packed.tier,
        lambda: gemv.int8_gemv(packed, vector),
        peers,
        _reading(packed.data),
        gate,
        moonshot,
    )


def _codebook4(random: np.random.Generator, rows: int, columns: int) -> Case:
    codes = random.integers(0, 16, (rows, columns), dtype=np.uint8)
    packed = codebook4.pack_codebook4(codes, _bytes(random, 16))
    vector = _bytes(random, columns)
    # Peers know levels at equal distances only.
    int4 = torch.ops.aten._convert_weight_to_int4pack_for_cpu(torch.from_numpy(codes.astype(np.int32)), 1)
    scales = torch.ones(columns // 128, rows, 2, dtype=torch.bfloat16)
    x = torch.from_numpy(vector)[None].bfloat16()
    bytes_of_it, x_i8 = torch.from_numpy(codes.astype(np.int8)), torch.from_numpy(vector)[None]
    peers: dict[str, Call] = {
        "torch _weight_int4pack_mm": lambda: torch.ops.aten._weight_int4pack_mm_for_cpu(x, int4, 128, scales),
        "torch _int_mm on bytes": lambda: torch._int_mm(x_i8, bytes_of_it.t()),
    }
    gate, moonshot = _by_tier(
        packed.tier, {Tier.VNNI: (1.8 if rows == 1024 else 1.1, 1.5 if rows > 1024 else 2.5)}
    )
    ours: Call = lambda: codebook4.codebook4_gemv(packed, vector)  # noqa: E731
    return Case(
        "4-bit codebook GEMV",
        f"{rows}x{columns}",
        packed.tier,
        ours,
        peers,
        _reading(packed.data),
        gate,
        moonshot,
    )


def _gemm(random: np.random.Generator, inner: int, columns: int) -> Case:
    left, weights = _bytes(random, 64, inner), _bytes(random, inner, columns)
    packed = gemm.pack_gemm_weights(weights)
    how = Requantization(np.full(columns, 1e-4, np.float32), 128, np.uint8)
    across = torch.from_numpy(np.ascontiguousarray(weights.T)).float()
    x = torch.quantize_per_tensor(torch.from_numpy(left).float() * 0.02, 0.02, 128, torch.quint8)

    def layer() -> Any:
        made = torch.ao.nn.quantized.Linear(inner, columns)
        made.set_weight_bias(torch.quantize_per_tensor(across * 0.01, 0.01, 0, torch.qint8), None)
        made.scale, made.zero_point = 2.0, 128
        return made

    gate, moonshot = _by_tier(packed.tier, {Tier.VNNI: (0.8, 1.2), Tier.AMX: (1.15, 2.0)})
    ours: Call = lambda: gemm.int8_gemm(left, packed, requantization=how)  # noqa: E731
    limit = _dots(packed.tier, 64 * inner * columns)
    peers = _quantized_layers(layer, x)
    return Case(
        "int8 GEMM, requantized", f"64x{inner}x{columns}", packed.tier, ours, peers, limit, gate, moonshot
    )


def _conv(random: np.random.Generator) -> Case:
    image, weights = _bytes(random, 1, 56, 56, 64), _bytes(random, 64, 3, 3, 64)
    packed = conv.pack_conv_weights(weights)
    how = Requantization(np.full(64, 1e-4, np.float32), 128, np.uint8)
    last = torch.channels_last
    real = (torch.from_numpy(image).float() * 0.02).permute(0, 3, 1, 2).contiguous(memory_format=last)
    kernel = (torch.from_numpy(weights).float() * 0.01).permute(0, 3, 1, 2).contiguous(memory_format=last)
    x = torch.quantize_per_tensor(real, 0.02, 128, torch.quint8)

    def layer() -> Any:
        made = torch.ao.nn.quantized.Conv2d(64, 64, 3, padding=1)
        made.set_weight_bias(torch.quantize_per_tensor(kernel, 0.01, 0, torch.qint8), None)
        made.scale, made.zero_point = 2.0, 128
        return made

    # Without tiles both sides have the same peak, so the goals are those of the product.
    gate, moonshot = _by_tier(packed.tier, {Tier.VNNI: (0.8, 1.2), Tier.AMX: (1.2, 2.5)})
    ours: Call = lambda: conv.int8_conv2d(image, packed, padding=1, requantization=how)  # noqa: E731
    limit = _dots(packed.tier, 56 * 56 * 64 * 64 * 9)
    peers = _quantized_layers(layer, x)
    return Case(
        "int8 conv2d 3x3, requantized", "56x56x64->64", packed.tier, ours, peers, limit, gate, moonshot
    )


def _sparse(random: np.random.Generator, rows: int, columns: int) -> Iterator[Case]:
    kept = random.random((rows, columns)) < 0.09
    codes = np.where(kept, random.integers(1, 32, (rows, columns)), 0).astype(np.uint8)
    codebook = np.concatenate([[0], random.standard_normal(31)]).astype(np.float32)
    packed, weights = pack_sparse_codebook(codes, codebook), codebook[codes]
    vector = random.standard_normal(columns).astype(np.float32)
    batch = random.standard_normal((columns, 64)).astype(np.float32)
    csr, dense = torch.from_numpy(weights).to_sparse_csr(), torch.from_numpy(weights)
    x, xs = torch.from_numpy(vector), torch.from_numpy(batch)
    one: dict[str, Call] = {"torch CSR": lambda: csr @ x, "torch float32 dense": lambda: dense @ x}
    many: dict[str, Call] = {"torch CSR": lambda: csr @ xs, "torch float32 dense": lambda: dense @ xs}
    if find_spec("scipy"):
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        matrix = csr_matrix(weights)
        one["scipy CSR"], many["scipy CSR"] = (lambda: matrix @ vector), (lambda: matrix @ batch)
    tier, size = sparse_spmv.TIERS[0], f"{rows}x{columns}, 9 %"
    limit: Call | None = None
    if tier is Tier.VNNI:
        indices, out = random.integers(0, columns, 4096).astype(np.int32), np.zeros(32, np.float32)
        limit = lambda: limits.gathers(vector, indices, out, packed.entries // 16)  # noqa: E731
    gate, moonshot = _by_tier(tier, {Tier.VNNI: (1.7, 3.5) if rows >= 4096 else (1.4, 3.0)})
    yield Case(
        "sparse codebook SpMV",
        size,
        tier,
        lambda: sparse_spmv.sparse_spmv(packed, vector),
        one,
        limit,
        gate,
        moonshot,
    )
    if rows >= 300:
        gate, moonshot = _by_tier(tier, {Tier.VNNI: (1.0, 3.0)})
        ours: Call = lambda: sparse_spmm.sparse_spmm(packed, batch)  # noqa: E731
        yield Case("sparse codebook SpMM, batch 64", size, tier, ours, many, None, gate, moonshot)
