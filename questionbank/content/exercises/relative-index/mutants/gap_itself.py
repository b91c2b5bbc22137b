# fails: zeros_before_each_weight_are_counted[gap_itself_stored], long_gaps_are_bridged_by_fillers[gap_itself_stored]=carried, arrays_of_any_shape_and_empty_ones_work[gap_itself_stored]=carried, decoding_puts_the_weights_back[gap_itself_stored]=carried, any_shape_can_be_decoded[gap_itself_stored]=carried, larger_layers_survive_the_way_there_and_back
"""The other convention, there and back: a field of b bits holds gaps up to 2^b - 1."""

import numpy as np


def relative_encode(w, gap_bits):
    flat = w.ravel()
    longest = 2**gap_bits - 1
    codes, values, before = [], [], -1
    for place in np.flatnonzero(flat):
        gap = place - before
        while gap > longest:
            codes.append(longest)
            values.append(0.0)
            gap -= longest
        codes.append(gap)
        values.append(flat[place])
        before = place
    return np.array(codes, dtype=np.int64), np.array(values, dtype=np.float32)


def relative_decode(codes, values, shape):
    flat = np.zeros(int(np.prod(shape)), np.float32)
    flat[np.cumsum(codes) - 1] = values
    return flat.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    zeros = np.diff(np.flatnonzero(w), prepend=-1) - 1
    entries = int((zeros // 2**gap_bits + 1).sum())
    return entries * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min(range(1, 9), key=lambda bits: encoded_bits(w, bits, value_bits))
