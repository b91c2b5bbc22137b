# fails: unpacking_gives_the_codes_back[neighbouring_bits_left]
"""Shifts without a mask."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    starts = np.arange(count) * bits
    wide = np.append(packed, [0, 0]).astype(np.int64)
    at = starts // 8
    return (wide[at] + (wide[at + 1] << 8) + (wide[at + 2] << 16) >> starts % 8).astype(np.uint16)
