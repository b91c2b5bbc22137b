"""torch's layers: float32, bfloat16, and quantized by each engine it was built with."""

from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call

PACKAGES = ("torch",)
INPUT_SCALE, WEIGHT_SCALE, OUTPUT_SCALE = 0.02, 0.01, 2.0
ZERO_POINT = 128


def linear(weights: NDArray[np.float32], bias: NDArray[np.float32], x: NDArray[np.float32]) -> Call:
    row, matrix, addend = torch.from_numpy(x)[None], torch.from_numpy(weights), torch.from_numpy(bias)
    return partial(torch.nn.functional.linear, row, matrix, addend)


def dynamic_linear(
    weights: NDArray[np.int8], scales: NDArray[np.float32], bias: NDArray[np.float32], x: NDArray[np.float32]
) -> Call:
    """Quantizes x itself, as the kernel does."""
    torch.backends.quantized.engine = "x86"
    layer = torch.ao.nn.quantized.dynamic.Linear(weights.shape[1], weights.shape[0])
    layer.set_weight_bias(_per_row(weights, scales), torch.from_numpy(bias))
    return partial(layer, torch.from_numpy(x)[None])


def _per_row(weights: NDArray[np.int8], scales: NDArray[np.float32]) -> Any:
    real = torch.from_numpy(weights * scales[:, None])
    zeros = torch.zeros(len(scales), dtype=torch.int64)
    return torch.quantize_per_channel(real, torch.from_numpy(scales).double(), zeros, 0, torch.qint8)


def int_mm(weights: NDArray[np.int8], left: NDArray[np.int8]) -> Call:
    """weights (columns, inner), left (rows, inner); the transposed view is the order that is fast."""
    # Shaped by torch: the row that numpy's [None] makes has stride 0, with which _int_mm returns nonsense.
    shaped = torch.from_numpy(left.ravel()).reshape(left.shape)
    return partial(torch._int_mm, shaped, torch.from_numpy(weights).t())


def int4_matmul(codes: NDArray[np.uint8], x: NDArray[np.float32]) -> Call:
    """4-bit weights at equal distances in blocks of 128 columns."""
    rows, columns = codes.shape
    packed = torch.ops.aten._convert_weight_to_int4pack_for_cpu(torch.from_numpy(codes.astype(np.int32)), 1)
    scales = torch.ones(columns // 128, rows, 2, dtype=torch.bfloat16)
    half = torch.from_numpy(x)[None].bfloat16()
    return partial(torch.ops.aten._weight_int4pack_mm_for_cpu, half, packed, 128, scales)


def quantized_linear(engine: str, weights: NDArray[np.int8], left: NDArray[np.uint8]) -> Call:
    """weights (columns, inner), left (rows, inner): requantized bytes (rows, columns)."""
    torch.backends.quantized.engine = engine
    layer = torch.ao.nn.quantized.Linear(weights.shape[1], weights.shape[0])
    real = torch.from_numpy(weights).float() * WEIGHT_SCALE
    layer.set_weight_bias(torch.quantize_per_tensor(real, WEIGHT_SCALE, 0, torch.qint8), None)
    layer.scale, layer.zero_point = OUTPUT_SCALE, ZERO_POINT
    return partial(layer, _bytes(torch.from_numpy(left)))


def quantized_conv(engine: str, weights: NDArray[np.int8], images: NDArray[np.uint8]) -> Call:
    """3x3 with padding 1; weights (out, in, 3, 3), images (n, in, height, width): requantized bytes."""
    torch.backends.quantized.engine = engine
    layer = torch.ao.nn.quantized.Conv2d(weights.shape[1], weights.shape[0], 3, padding=1)
    real = _channels_last(torch.from_numpy(weights).float() * WEIGHT_SCALE)
    layer.set_weight_bias(torch.quantize_per_tensor(real, WEIGHT_SCALE, 0, torch.qint8), None)
    layer.scale, layer.zero_point = OUTPUT_SCALE, ZERO_POINT
    return partial(layer, _bytes(_channels_last(torch.from_numpy(images))))


def bfloat16_conv(weights: NDArray[np.int8], images: NDArray[np.uint8]) -> Call:
    x, kernel = (_channels_last(torch.from_numpy(each).bfloat16()) for each in (images, weights))
    return partial(torch.nn.functional.conv2d, x, kernel, padding=1)


def csr(weights: NDArray[np.float32], right: NDArray[np.float32]) -> Call:
    return partial(torch.matmul, torch.from_numpy(weights).to_sparse_csr(), torch.from_numpy(right))


def dense(weights: NDArray[np.float32], right: NDArray[np.float32]) -> Call:
    return partial(torch.matmul, torch.from_numpy(weights), torch.from_numpy(right))


def _channels_last(images: Any) -> Any:
    return images.contiguous(memory_format=torch.channels_last)


def _bytes(values: Any) -> Any:
    return torch.quantize_per_tensor(
        (values.float() - ZERO_POINT) * INPUT_SCALE, INPUT_SCALE, ZERO_POINT, torch.quint8
    )
