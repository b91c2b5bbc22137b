# fails: codes_stand_one_behind_the_other[one_byte_too_many]
"""The last byte is written even if no bit is in it."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    out = np.zeros(codes.size * bits // 8 + 1, np.uint8)
    packed = np.packbits(ones, bitorder="little")
    out[: packed.size] = packed
    return out


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return (ones.astype(np.int64) << np.arange(bits)).sum(axis=1).astype(np.uint16)
