"""A whole layer for one vector: float32 in, quantized on the way, float32 out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import InTurn, normal, sets_beyond_cache
from benchmarks.kernels.peers import Expected, Peer, onnxruntime, ready, torch
from benchmarks.kernels.timing import Call
from reference_impl.kernels import int8_layer as kernel
from reference_impl.kernels.aligned import aligned_copy

# What is larger than the last cache is measured from memory: the calls go round several copies of the weights.
SIZES = (
    (100, 300, goals.INT8_LAYER),
    (300, 784, goals.INT8_LAYER),
    (1024, 1024, goals.INT8_LAYER),
    (4096, 4096, goals.ONLY_SHOWN),
)
FROM_MEMORY = (4096, 9216)
ROUNDING = 0.02  # of int8, on both sides


def planned() -> Iterator[Planned]:
    for rows, columns, goal in SIZES:
        yield Planned("int8 layer, batch 1", f"{rows}x{columns}", partial(_case, rows, columns, goal, False))
    rows, columns = FROM_MEMORY
    make = partial(_case, rows, columns, goals.INT8_LAYER_FROM_MEMORY, True)
    yield Planned("int8 layer, batch 1, from memory", f"{rows}x{columns}", make)


def _case(rows: int, columns: int, goal: goals.Goals, from_memory: bool) -> Case:
    weights, bias, x = normal(rows, columns), normal(rows), normal(columns)
    scales: NDArray[np.float32] = np.abs(weights).max(axis=1) / np.float32(127)
    codes = np.rint(weights / scales[:, None]).astype(np.int8)
    copies = sets_beyond_cache(codes.nbytes) if from_memory else 1
    copies_f32 = sets_beyond_cache(weights.nbytes) if from_memory else 1
    layer = kernel.pack_int8_layer(weights, bias)
    layers = [replace(layer, weights=aligned_copy(layer.weights)) for _ in range(copies)]
    expected = Expected(weights @ x + bias, ROUNDING)
    ort = partial(onnxruntime.dynamic_quantize_matmul, codes, scales, bias, x)
    return Case(
        tier=layers[0].tier,
        ours=InTurn([partial(kernel.int8_layer, layer, x) for layer in layers]),
        peers=ready(
            Peer(
                "ORT DynamicQuantizeMatMul",
                onnxruntime.PACKAGES,
                _repeated(copies, ort),
                expected,
            ),
            Peer(
                "torch float32",
                torch.PACKAGES,
                _repeated(copies_f32, lambda: torch.linear(weights.copy(), bias, x)),
                expected,
            ),
            Peer(
                "torch dynamic quantized Linear",
                torch.PACKAGES,
                _repeated(copies, partial(torch.dynamic_linear, codes, scales, bias, x)),
                expected,
            ),
        ),
        goals=goal,
        shown=ready(
            Peer("ORT, bound", onnxruntime.PACKAGES, _repeated(copies, lambda: onnxruntime.bound(ort())))
        ),
        limits={
            name: InTurn([limits.reading(layer.weights)[name] for layer in layers])
            for name in limits.reading(layers[0].weights)
        },
    )


def _repeated(copies: int, make: Callable[[], Call]) -> Callable[[], Call]:
    return lambda: InTurn([make() for _ in range(copies)])
