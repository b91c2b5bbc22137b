# fails: unpacking_gives_the_codes_back[bytes_instead_of_codes]
"""Bytes for codes."""

import numpy as np


def packed_bytes(n, bits):
    return (n * bits + 7) // 8


def pack(codes, bits):
    codes = codes.ravel().astype(np.int64)
    ones = (codes[:, None] >> np.arange(bits) & 1).astype(np.uint8)
    return np.packbits(ones, bitorder="little")


def unpack(packed, bits, count):
    ones = np.unpackbits(packed, bitorder="little")[: count * bits].reshape(count, bits)
    return packed[:count].astype(np.uint16)
