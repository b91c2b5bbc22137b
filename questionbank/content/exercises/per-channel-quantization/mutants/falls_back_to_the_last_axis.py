# fails: square_tensors_take_the_scales_of_the_axis[scales_along_the_last_axis]
"""Lines the scales up with whichever axis has their number."""

import numpy as np


def spread(scales, array, axis):
    if array.shape[-1] == len(scales):
        return scales
    shape = [1] * array.ndim
    shape[axis] = len(scales)
    return np.reshape(scales, shape)


def channel_scales(w, bits, axis):
    others = tuple(i for i in range(w.ndim) if i != axis % w.ndim)
    scales = np.max(np.abs(w), axis=others, initial=0) / (2 ** (bits - 1) - 1)
    scales[scales == 0] = 1
    return scales


def quantize_channels(w, scales, bits, axis):
    last = 2 ** (bits - 1) - 1
    return np.clip(np.rint(w / spread(scales, w, axis)), -last, last).astype(np.int8)


def dequantize_channels(q, scales, axis):
    return (q * spread(scales, q, axis)).astype(np.float32)
