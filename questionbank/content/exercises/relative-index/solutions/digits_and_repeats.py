"""Each gap is the last digit of the zeros in base 2^b, behind as many fillers as the other digits say; unary runs by np.repeat."""

import numpy as np


def relative_encode(w, gap_bits):
    flat = np.ascontiguousarray(w).reshape(-1)
    places = np.nonzero(flat)[0]
    zeros = places - np.concatenate(([-1], places[:-1]))[: places.size] - 1
    fillers, last = np.divmod(zeros, 1 << gap_bits)
    codes = np.insert(last, np.repeat(np.arange(places.size), fillers), (1 << gap_bits) - 1)
    values = np.insert(flat[places], np.repeat(np.arange(places.size), fillers), 0)
    return codes.astype(np.uint32), values


def relative_decode(codes, values, shape):
    pieces = np.zeros(int(codes.sum()) + codes.size, dtype=np.float32)
    steps = np.add.accumulate(codes.astype(np.int64)) + np.arange(codes.size)
    pieces[steps] = values
    whole = np.zeros(shape, dtype=np.float32)
    whole.flat[: pieces.size] = pieces
    return whole


def encoded_bits(w, gap_bits, value_bits):
    return relative_encode(w, gap_bits)[0].size * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    return min((encoded_bits(w, bits, value_bits), bits) for bits in range(1, 9))[1]
