"""A loop over the weights with a count of the zeros passed; another over the codes, back."""

import numpy as np


def relative_encode(w, gap_bits):
    codes, values, zeros = [], [], 0
    longest = 2**gap_bits - 1
    for weight in w.ravel().tolist():
        if weight == 0:
            zeros += 1
            continue
        while zeros > longest:
            codes.append(longest)
            values.append(0.0)
            zeros -= longest + 1
        codes.append(zeros)
        values.append(weight)
        zeros = 0
    return np.array(codes, dtype=np.int64), np.array(values, dtype=np.float32)


def relative_decode(codes, values, shape):
    flat = np.zeros(shape, np.float32).ravel()
    place = -1
    for code, value in zip(codes.tolist(), values.tolist()):
        place += code + 1
        flat[place] = value
    return flat.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    codes, _ = relative_encode(w, gap_bits)
    return len(codes) * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    best = 1
    for gap_bits in range(2, 9):
        if encoded_bits(w, gap_bits, value_bits) < encoded_bits(w, best, value_bits):
            best = gap_bits
    return best
