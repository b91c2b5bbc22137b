# fails: any_shape_can_be_decoded
"""The decoded array is float64."""

import numpy as np


def relative_encode(w, gap_bits):
    flat = w.ravel()
    longest = 2**gap_bits - 1
    codes, values, before = [], [], -1
    for place in np.flatnonzero(flat):
        zeros = place - before - 1
        while zeros > longest:
            codes.append(longest)
            values.append(0.0)
            zeros -= longest + 1
        codes.append(zeros)
        values.append(flat[place])
        before = place
    return np.array(codes, dtype=np.int64), np.array(values, dtype=np.float32)


def relative_decode(codes, values, shape):
    flat = np.zeros(int(np.prod(shape)))
    flat[np.cumsum(codes + 1) - 1] = values
    return flat.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    zeros = np.diff(np.flatnonzero(w), prepend=-1) - 1
    entries = int((zeros // 2**gap_bits + 1).sum())
    return entries * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min(range(1, 9), key=lambda bits: encoded_bits(w, bits, value_bits))
