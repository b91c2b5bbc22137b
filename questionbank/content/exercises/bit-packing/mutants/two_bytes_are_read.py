# fails: unpacking_gives_the_codes_back[third_byte_forgotten]
"""Takes each code from the byte where it begins and the next."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    wide = np.append(packed, 0).astype(np.int64)
    starts = np.arange(count) * bits
    two = wide[starts // 8] | wide[starts // 8 + 1] << 8
    return (two >> starts % 8 & 2**bits - 1).astype(np.uint16)
