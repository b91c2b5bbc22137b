# fails: long_gaps_are_bridged_by_fillers[zeros_at_the_end_stored], arrays_of_any_shape_and_empty_ones_work[zeros_at_the_end_stored]=carried
"""A counter over all entries that stores a filler as soon as the field is full."""

import numpy as np


def relative_encode(w, gap_bits):
    flat = w.ravel()
    longest = 2**gap_bits - 1
    codes, values = [], []
    zeros = 0
    for weight in flat:
        if weight != 0 or zeros == longest:
            codes.append(zeros)
            values.append(weight)
            zeros = 0
        else:
            zeros += 1
    return np.array(codes, dtype=np.int64), np.array(values, dtype=np.float32)


def relative_decode(codes, values, shape):
    flat = np.zeros(int(np.prod(shape)), np.float32)
    flat[np.cumsum(codes + 1) - 1] = values
    return flat.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    zeros = np.diff(np.flatnonzero(w), prepend=-1) - 1
    entries = int((zeros // 2**gap_bits + 1).sum())
    return entries * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min(range(1, 9), key=lambda bits: encoded_bits(w, bits, value_bits))
