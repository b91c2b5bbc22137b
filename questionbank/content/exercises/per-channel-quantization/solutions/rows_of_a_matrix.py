"""The axis comes first and the rest is flattened; then every channel is a row of its own."""

import numpy as np


def rows(array, axis):
    moved = np.moveaxis(array, axis, 0)
    return [moved[channel] for channel in range(moved.shape[0])]


def from_rows(parts, like, axis, dtype):
    result = np.empty(like.shape, dtype=dtype)
    target = np.moveaxis(result, axis, 0)  # a view: writing into it fills the result
    for channel, part in enumerate(parts):
        target[channel] = part
    return result


def channel_scales(w, bits, axis):
    last = float(2 ** (bits - 1) - 1)
    ends = [(row.max(), -row.min()) if row.size else (0.0, 0.0) for row in rows(w, axis)]
    return np.array([max(pair) / last if max(pair) > 0 else 1.0 for pair in ends], dtype=np.float64)


def quantize_channels(w, scales, bits, axis):
    last = 2 ** (bits - 1) - 1
    parts = [np.round(row * (1.0 / scale)) for row, scale in zip(rows(w, axis), scales)]
    return from_rows([np.minimum(np.maximum(part, -last), last) for part in parts], w, axis, np.int8)


def dequantize_channels(q, scales, axis):
    return from_rows([row * scale for row, scale in zip(rows(q, axis), scales)], q, axis, np.float32)
