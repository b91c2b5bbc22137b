"""No floats at inference: the multiplier is taken apart into a whole number over a power of two, as a device without
floating point would, and the rounding is done on the remainder."""

from fractions import Fraction

import numpy as np


def quantize_bias(bias, input_scale, weight_scales):
    steps = [
        Fraction(b) / (Fraction(input_scale) * Fraction(scale))
        for b, scale in zip(bias.tolist(), weight_scales.tolist())
    ]
    return np.array([round(step) for step in steps], dtype=np.int32)


def accumulate(qx, qw, qb, input_zero_point):
    acc = np.tile(qb.astype(np.int64), (len(qx), 1))
    for i in range(qx.shape[1]):  # one outer product for each input
        acc += np.multiply.outer(qx[:, i].astype(np.int64) - input_zero_point, qw[:, i].astype(np.int64))
    return acc.astype(np.int32)


def requantize(acc, multipliers, output_zero_point):
    columns = [
        [_code(value, *float(multiplier).as_integer_ratio(), output_zero_point) for value in column]
        for column, multiplier in zip(acc.T.tolist(), multipliers)
    ]
    return np.array(columns, dtype=np.int8).reshape(acc.shape[::-1]).T


def _code(value, mantissa, denominator, zero_point):
    steps, rest = divmod(value * mantissa, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and steps % 2):
        steps += 1
    return min(max(steps + zero_point, -128), 127)


def quantized_linear(
    qx, qw, qb, input_scale, input_zero_point, weight_scales, output_scale, output_zero_point
):
    acc = accumulate(qx, qw, qb, input_zero_point)
    multipliers = np.array([scale * input_scale / output_scale for scale in weight_scales])
    return requantize(acc, multipliers, output_zero_point)
