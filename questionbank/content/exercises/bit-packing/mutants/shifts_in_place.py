# fails: the_given_arrays_are_not_changed
"""Uses up the bytes that it was given."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    out = (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
    packed >>= 1
    return out
