# fails: unpacking_gives_the_codes_back[upper_part_lost]
"""Takes each code from the byte where it begins."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    starts = np.arange(count) * bits
    return (packed[starts // 8].astype(np.int64) >> starts % 8 & 2**bits - 1).astype(np.uint16)
