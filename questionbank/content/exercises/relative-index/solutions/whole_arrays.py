"""Gaps by np.diff, fillers by whole division, and places for both by running sums."""

import numpy as np


def skipped_zeros(w):
    return np.diff(np.flatnonzero(w), prepend=-1) - 1


def relative_encode(w, gap_bits):
    zeros, field = skipped_zeros(w), 2**gap_bits
    ends = np.cumsum(zeros // field + 1) - 1
    size = ends[-1] + 1 if ends.size else 0
    codes, values = np.full(size, field - 1), np.zeros(size, np.float32)
    codes[ends] = zeros % field
    values[ends] = w[w != 0]
    return codes, values


def relative_decode(codes, values, shape):
    flat = np.zeros(np.prod(shape, dtype=int), np.float32)
    flat[np.cumsum(codes + 1) - 1] = values
    return flat.reshape(shape)


def encoded_bits(w, gap_bits, value_bits):
    zeros = skipped_zeros(w)
    return int(zeros.size + (zeros >> gap_bits).sum()) * (gap_bits + value_bits)


def best_gap_bits(w, value_bits):
    widths = np.arange(1, 9)
    zeros = skipped_zeros(w)
    entries = zeros.size + (zeros[:, None] >> widths).sum(axis=0)
    return int(widths[np.argmin(entries * (widths + value_bits))])
