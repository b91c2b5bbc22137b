# fails: codes_stand_one_behind_the_other[every_code_in_whole_bytes]
"""A byte for each code."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return codes.astype(np.uint8 if bits <= 8 else np.uint16)


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
