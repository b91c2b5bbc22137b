# fails: long_gaps_are_bridged_by_fillers[filler_takes_no_place], decoding_puts_the_weights_back[filler_takes_no_place]=carried, fillers_are_counted[filler_takes_no_place]=carried, the_cheapest_width_is_found[filler_takes_no_place]=carried
"""A filler covers only the zeros that its code says, here, in decoding and in the sizes."""

import numpy as np


def relative_encode(w, gap_bits):
    most, flat = 2**gap_bits - 1, w.ravel()
    codes, values, before = [], [], -1
    for place in np.flatnonzero(flat).tolist():
        zeros = place - before - 1
        while zeros > most:
            codes.append(most)
            values.append(0.0)
            zeros -= most
        codes.append(zeros)
        values.append(flat[place])
        before = place
    return np.array(codes, np.int64), np.array(values, np.float32)


def relative_decode(codes, values, shape):
    out, place = np.zeros(int(np.prod(shape)), np.float32), 0
    for code, value in zip(codes.tolist(), values.tolist(), strict=True):
        place += code
        if value != 0:
            out[place] = value
            place += 1
    return out.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    return len(relative_encode(w, gap_bits)[0]) * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min(range(1, 9), key=lambda bits: encoded_bits(w, bits, value_bits))
