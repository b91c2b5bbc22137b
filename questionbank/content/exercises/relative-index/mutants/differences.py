# fails: zeros_before_each_weight_are_counted[differences_of_positions], long_gaps_are_bridged_by_fillers[differences_of_positions]=carried
"""Stores differences of positions, the first of them as it is."""

import numpy as np


def relative_encode(w, gap_bits):
    most, flat = 2**gap_bits - 1, w.ravel()
    codes, values, before = [], [], 0
    for place in np.flatnonzero(flat).tolist():
        gap = place - before
        while gap > most:
            codes.append(most)
            values.append(0.0)
            gap -= most
        codes.append(gap)
        values.append(flat[place])
        before = place
    return np.array(codes, np.int64), np.array(values, np.float32)


def relative_decode(codes, values, shape):
    out = np.zeros(int(np.prod(shape)), np.float32)
    out[np.cumsum(np.asarray(codes, np.int64) + 1) - 1] = values
    return out.reshape(shape)


def entries(w, gap_bits):
    gaps = np.diff(np.flatnonzero(w.ravel()), prepend=-1) - 1
    return len(gaps) + int((gaps // 2**gap_bits).sum())


def encoded_bits(w, gap_bits, value_bits):
    return entries(w, gap_bits) * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min(range(1, 9), key=lambda bits: encoded_bits(w, bits, value_bits))
