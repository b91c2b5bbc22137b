"""One multiplication at a time, with Python's own numbers."""

import numpy as np


def quantize_bias(bias, input_scale, weight_scales):
    pairs = zip(bias.tolist(), weight_scales.tolist())
    return np.array([round(b / (input_scale * scale)) for b, scale in pairs], dtype=np.int32)


def accumulate(qx, qw, qb, input_zero_point):
    rows, weights, biases = qx.tolist(), qw.tolist(), qb.tolist()
    acc = np.empty((len(rows), len(weights)), dtype=np.int32)
    for i, row in enumerate(rows):
        for j, column in enumerate(weights):
            total = biases[j]
            for x, w in zip(row, column):
                total += (x - input_zero_point) * w
            acc[i, j] = total
    return acc


def requantize(acc, multipliers, output_zero_point):
    codes = np.empty(acc.shape, dtype=np.int8)
    for i, j in np.ndindex(*acc.shape):
        steps = round(int(acc[i, j]) * float(multipliers[j]))
        codes[i, j] = max(-128, min(127, steps + output_zero_point))
    return codes


def quantized_linear(
    qx, qw, qb, input_scale, input_zero_point, weight_scales, output_scale, output_zero_point
):
    acc = accumulate(qx, qw, qb, input_zero_point)
    multipliers = [input_scale * scale / output_scale for scale in weight_scales.tolist()]
    return requantize(acc, multipliers, output_zero_point)
