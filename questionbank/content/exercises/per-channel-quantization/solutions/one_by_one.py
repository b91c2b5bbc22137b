"""One weight at a time, with Python's own numbers."""

import numpy as np


def channel_scales(w, bits, axis):
    largest = [0.0] * w.shape[axis]
    for index in np.ndindex(w.shape):
        channel = index[axis]
        largest[channel] = max(largest[channel], abs(float(w[index])))
    return np.array([value / (2 ** (bits - 1) - 1) or 1.0 for value in largest])


def quantize_channels(w, scales, bits, axis):
    last = 2 ** (bits - 1) - 1
    q = np.empty(w.shape, dtype=np.int8)
    for index in np.ndindex(w.shape):
        q[index] = max(-last, min(last, round(float(w[index]) / float(scales[index[axis]]))))
    return q


def dequantize_channels(q, scales, axis):
    real = np.empty(q.shape, dtype=np.float32)
    for index in np.ndindex(q.shape):
        real[index] = int(q[index]) * float(scales[index[axis]])
    return real
