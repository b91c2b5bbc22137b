# fails: a_channel_of_zeros_has_scale_one[scale_of_zero], any_shape_gives_int8_and_float32=carried, layers_keep_the_detail_of_small_channels=carried
"""A channel of zeros gives NaN when it is divided by its scale."""

import numpy as np


def spread(scales, ndim, axis):
    shape = [1] * ndim
    shape[axis] = len(scales)
    return np.reshape(scales, shape)


def channel_scales(w, bits, axis):
    others = tuple(i for i in range(w.ndim) if i != axis % w.ndim)
    scales = np.max(np.abs(w), axis=others, initial=0) / (2 ** (bits - 1) - 1)
    return scales


def quantize_channels(w, scales, bits, axis):
    last = 2 ** (bits - 1) - 1
    return np.clip(np.rint(w / spread(scales, w.ndim, axis)), -last, last).astype(np.int8)


def dequantize_channels(q, scales, axis):
    return (q * spread(scales, q.ndim, axis)).astype(np.float32)
