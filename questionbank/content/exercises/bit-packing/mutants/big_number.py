# fails: codes_stand_one_behind_the_other[padding_in_front]
"""One number, first code on top, written from the highest byte."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    number = 0
    for code in codes.tolist():
        number = number << bits | code
    size = (codes.size * bits + 7) // 8
    return np.frombuffer(number.to_bytes(size, "big"), np.uint8)


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
