# fails: each_channel_has_a_scale_of_its_own[eight_bits_always], a_channel_of_zeros_has_scale_one=carried
"""8 bits always."""

import numpy as np


def spread(scales, ndim, axis):
    shape = [1] * ndim
    shape[axis] = len(scales)
    return np.reshape(scales, shape)


def channel_scales(w, bits, axis):
    others = tuple(i for i in range(w.ndim) if i != axis % w.ndim)
    scales = np.max(np.abs(w), axis=others, initial=0) / 127
    scales[scales == 0] = 1
    return scales


def quantize_channels(w, scales, bits, axis):
    last = 2 ** (bits - 1) - 1
    return np.clip(np.rint(w / spread(scales, w.ndim, axis)), -last, last).astype(np.int8)


def dequantize_channels(q, scales, axis):
    return (q * spread(scales, q.ndim, axis)).astype(np.float32)
