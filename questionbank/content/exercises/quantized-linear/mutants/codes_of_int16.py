# fails: types_empty_batches_and_gaps_in_memory
"""Right values of another dtype."""

import numpy as np


def quantize_bias(bias, input_scale, weight_scales):
    return np.rint(bias / (input_scale * weight_scales)).astype(np.int32)


def accumulate(qx, qw, qb, input_zero_point):
    x = qx.astype(np.int32) - input_zero_point
    return x @ qw.astype(np.int32).T + qb


def requantize(acc, multipliers, output_zero_point):
    codes = np.rint(acc * multipliers) + output_zero_point
    return np.clip(codes, -128, 127).astype(np.int16)


def quantized_linear(
    qx, qw, qb, input_scale, input_zero_point, weight_scales, output_scale, output_zero_point
):
    acc = accumulate(qx, qw, qb, input_zero_point)
    return requantize(acc, input_scale * weight_scales / output_scale, output_zero_point)
